import SIPSyntax
import Testing

struct SIPURITests {
    struct Pair: Decodable, CustomTestStringConvertible {
        let name: String
        let first: String
        let second: String
        let equivalent: Bool

        var testDescription: String { name }
    }

    static let pairs = (try? Fixtures.decoded("sip/vectors/equivalence.json", as: [Pair].self)) ?? []

    @Test func `The pairs of RFC 3261 §19.1.4 are there`() {
        #expect(Self.pairs.count == 16)
    }

    @Test(arguments: pairs) func `URIs are equivalent as the pair says, in both directions`(_ pair: Pair) throws {
        let first = try SIPURI(parsing: pair.first)
        let second = try SIPURI(parsing: pair.second)
        #expect(first.isEquivalent(to: second) == pair.equivalent)
        #expect(second.isEquivalent(to: first) == pair.equivalent)
        #expect(first.isEquivalent(to: first))
    }

    @Test(arguments: [
        ("sip:alice:secret@Domain.Example;transport=tcp?subject=x", "sip:alice@domain.example"),
        ("sip:%61lice@domain.example", "sip:alice@domain.example"),
        ("sips:domain.example:5061", "sips:domain.example:5061"),
    ]) func `An address of record has no password, parameters or headers`(uri: String, record: String) throws {
        #expect(try SIPURI(parsing: uri).addressOfRecord == record)
    }

    @Test func `A parameter without a value is not an absent one`() throws {
        let uri = try SIPURI(parsing: "sip:room@domain.example;isfocus;transport=tcp")
        #expect(uri.parameter("ISFOCUS") == .some(nil))
        #expect(uri.parameter("transport") == "tcp")
        #expect(uri.parameter("lr") == nil)
    }
}
