import SDP
import Testing

struct SelectorVector: Decodable, CustomStringConvertible {
    struct Expectation: Decodable {
        var name: String?
        var type: String?
        var size: Int?
        var hash: String?
    }

    let text: String
    let expected: Expectation?
    let canonical: String?

    var description: String { text }

    static let all = Vectors.read("selectors", as: [SelectorVector].self)
}

struct FileSelectorTests {
    @Test(arguments: SelectorVector.all)
    func `a selector selects what its vector says`(_ vector: SelectorVector) throws {
        guard let expected = vector.expected else {
            #expect(FileSelector(vector.text) == nil)
            return
        }
        let selector = try #require(FileSelector(vector.text))
        #expect(selector.name == expected.name)
        #expect(selector.type == expected.type)
        #expect(selector.size == expected.size)
        let digits = selector.hashes.first?.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        #expect(digits?.joined() == expected.hash)
        #expect(selector.description == vector.canonical)
        #expect(FileSelector(selector.description) == selector)
    }

    @Test func `a selector may have several hashes`() throws {
        let selector = try #require(FileSelector("hash:sha-1:01 hash:sha-256:FF:00"))
        #expect(
            selector.hashes == [.init(algorithm: "sha-1", bytes: [1]), .init(algorithm: "sha-256", bytes: [255, 0])])
    }

    @Test func `the dates of a file are quoted, in any order`() {
        func dates(_ value: String) -> MediaDescription.FileDates? {
            MediaDescription(
                kind: "message", port: 1, transport: "TCP/MSRP", formats: ["*"],
                attributes: [Attribute("file-date", value)]
            ).fileDates
        }
        #expect(dates(#"read:"today" creation:"yesterday: noon""#)?.creation == "yesterday: noon")
        #expect(dates(#"read:"today" creation:"yesterday""#)?.read == "today")
        #expect(dates(#"creation:yesterday"#) == nil)
        #expect(dates(#"creation:"yesterday"#) == nil)
        #expect(dates(#"birth:"yesterday""#) == nil)
        #expect(dates(#"creation:"yesterday" x"#) == nil)
    }
}
