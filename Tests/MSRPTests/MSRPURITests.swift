import MSRP
import Testing

struct URIVector: Decodable, CustomStringConvertible {
    struct Expectation: Decodable {
        var isSecure: Bool?
        var user: String?
        var host: String?
        var port: UInt16?
        var sessionID: String?
        var transport: String?
        var parameters: [String]?
    }

    let text: String
    let expected: Expectation?
    let rule: String?
    let offset: Int?

    var description: String { text }

    static let all = Vectors.read("uris", as: [URIVector].self)
}

struct RangeVector: Decodable, CustomStringConvertible {
    let text: String
    let expected: [Int?]?

    var description: String { text }

    static let all = Vectors.read("ranges", as: [RangeVector].self)
}

struct MSRPURITests {
    @Test(arguments: URIVector.all.filter { $0.expected != nil })
    func `an address has the parts its vector says`(_ vector: URIVector) throws {
        let uri = try MSRPURI(parsing: vector.text)
        let expected = try #require(vector.expected)
        if let isSecure = expected.isSecure { #expect(uri.isSecure == isSecure) }
        if let user = expected.user { #expect(uri.user == user) }
        if let host = expected.host { #expect(uri.host == host) }
        if let port = expected.port { #expect(uri.port == port) }
        if let sessionID = expected.sessionID { #expect(uri.sessionID == sessionID) }
        if let transport = expected.transport { #expect(uri.transport == transport) }
        if let parameters = expected.parameters {
            #expect(uri.parameters.map { $0.name + ($0.value.map { "=\($0)" } ?? "") } == parameters)
        }
        #expect(try MSRPURI(parsing: uri.description) == uri)
    }

    @Test(arguments: URIVector.all.filter { $0.expected == nil })
    func `what is no address breaks the rule its vector names`(_ vector: URIVector) {
        let error = #expect(throws: MSRPSyntaxError.self) { try MSRPURI(parsing: vector.text) }
        #expect(error?.rule.rawValue == vector.rule)
        #expect(error?.offset == vector.offset)
    }

    @Test(
        arguments: [
            ("msrp://h:1/s;tcp", "MSRP://H:1/s;TCP", true), ("msrp://h:1/s;tcp", "msrps://h:1/s;tcp", false),
            ("msrp://h:1/s;tcp", "msrp://h:1/S;tcp", false), ("msrp://h:1/s;tcp", "msrp://h:2/s;tcp", false),
            ("msrp://h:2855/s;tcp", "msrp://h/s;tcp", false), ("msrp://u@h:1/s;tcp", "msrp://h:1/s;tcp", true),
            ("msrp://h:1/s;tcp;x=1", "msrp://h:1/s;tcp", true), ("msrp://h:1/s;tcp", "msrp://h:1/s;ws", false),
            ("msrp://h:1/s;tcp", "msrp://h:1;tcp", false),
        ])
    func `scheme, host, port, session-id and transport count when addresses are compared`(
        _ left: String, _ right: String, _ isEquivalent: Bool
    ) throws {
        #expect(try MSRPURI(parsing: left).isEquivalent(to: MSRPURI(parsing: right)) == isEquivalent)
        #expect(try MSRPURI(parsing: right).isEquivalent(to: MSRPURI(parsing: left)) == isEquivalent)
    }

    @Test(arguments: RangeVector.all)
    func `a Byte-Range has the numbers its vector says`(_ vector: RangeVector) {
        let range = ByteRange(vector.text)
        #expect(range.map { [$0.start, $0.end, $0.total] } == vector.expected)
        if let range { #expect(ByteRange(range.description) == range) }
    }

    @Test func `a Status is a namespace, a status and perhaps a comment`() {
        #expect(StatusHeader("000 200 OK") == StatusHeader(200, comment: "OK"))
        #expect(StatusHeader("000 403")?.comment == nil)
        #expect(StatusHeader("000 413 Message too big")?.comment == "Message too big")
        #expect(StatusHeader("001 200")?.namespace == "001")
        #expect(StatusHeader(408).description == "000 408")
        for text in ["", "200", "200 OK", "000 20", "00 200", "000  200", "000 2x0"] {
            #expect(StatusHeader(text) == nil)
        }
    }
}
