import SIPSyntax
import Testing

/// The vectors of fixtures/sip/vectors: a text, and what its production must make of it.
struct VectorTests {
    struct Vector: Decodable, CustomTestStringConvertible {
        struct Failure: Decodable {
            let rule: String
            let offset: Int
        }

        let name: String
        let production: String
        let raw: String
        let parts: [String: String]?

        /// How the production writes it, where that is not as it came.
        let canonical: String?
        let must_fail: Failure?

        var testDescription: String { "\(production): \(name)" }
    }

    static let vectors: [Vector] = ["uri", "address", "via", "fields"].flatMap {
        (try? Fixtures.decoded("sip/vectors/\($0).json", as: [Vector].self)) ?? []
    }

    @Test func `The vectors are there, each production with one that is right`() {
        let right = Set(Self.vectors.filter { $0.must_fail == nil }.map(\.production))
        #expect(right == Set(Productions.all.keys))
        #expect(Set(Self.vectors.map { $0.production + $0.name }).count == Self.vectors.count)
    }

    @Test(arguments: vectors) func `A text is read as its vector says`(_ vector: Vector) throws {
        let read = try #require(Productions.all[vector.production])
        do {
            let reading = try read(vector.raw)
            #expect(vector.must_fail == nil, "It was read as \(reading).")
            for (name, part) in vector.parts ?? [:] {
                #expect(reading.parts[name] == part, "part \(name)")
            }
            guard let canonical = reading.canonical else { return }
            #expect(canonical == vector.canonical ?? vector.raw)
            #expect(try read(canonical).canonical == canonical, "What was written must be read the same.")
        } catch {
            #expect(error.rule.rawValue == vector.must_fail?.rule)
            #expect(error.offset == vector.must_fail?.offset)
        }
    }
}
