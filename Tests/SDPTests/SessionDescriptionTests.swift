import Bytes
import SDP
import Testing

struct FailureVector: Decodable, CustomStringConvertible {
    let name: String
    let raw: String
    let rule: String
    let line: Int

    var description: String { name }

    static let all = Vectors.read("failures", as: [FailureVector].self)
}

struct SessionDescriptionTests {
    @Test(arguments: DescriptionVector.all)
    func `a description holds what its vector says`(_ vector: DescriptionVector) throws {
        let description = try SessionDescription(parsing: vector.bytes)
        let expected = vector.expected
        let media = try #require(description.media.last)
        func check<Value: Equatable>(_ value: Value?, _ expected: Value?) {
            if let expected { #expect(value == expected) }
        }
        check(description.origin.username, expected.username)
        check(description.origin.sessionID, expected.sessionID)
        check(description.origin.sessionVersion, expected.sessionVersion)
        check(description.connection(of: media)?.host, expected.host)
        check(description.media.count, expected.media)
        check(media.port, expected.port)
        check(media.transport, expected.transport)
        check(media.path, expected.path)
        check(media.acceptTypes, expected.acceptTypes)
        check(media.acceptWrappedTypes, expected.acceptWrappedTypes)
        check(media.maxSize, expected.maxSize)
        check(media.setup?.rawValue, expected.setup)
        check(description.direction(of: media).rawValue, expected.direction)
        check(media.fileSelector?.name, expected.fileName)
        check(media.fileSelector?.size, expected.fileSize)
        check(media.fileTransferID, expected.fileTransferID)
        check(media.fileDisposition, expected.fileDisposition)
        check(media.fileDates?.creation, expected.fileCreation)
        #expect(media.isMSRP)
    }

    @Test(arguments: DescriptionVector.all)
    func `a description breaks exactly the rules its vector names`(_ vector: DescriptionVector) {
        #expect(SessionDescription.flaws(in: vector.bytes).map { Place($0.rule.rawValue, $0.line) } == vector.flaws)
    }

    @Test(arguments: DescriptionVector.all)
    func `a description is written in the order of the grammar`(_ vector: DescriptionVector) throws {
        let description = try SessionDescription(parsing: vector.bytes)
        let written = description.serialized()
        if vector.canonical { #expect(written.text == vector.bytes.text) }
        #expect(try SessionDescription(parsing: written) == description)
    }

    @Test(arguments: FailureVector.all)
    func `what is no description breaks the rule its vector names`(_ vector: FailureVector) {
        let bytes = Array(vector.raw.utf8)
        let error = #expect(throws: SDPSyntaxError.self) { try SessionDescription(parsing: bytes) }
        #expect(error?.rule.rawValue == vector.rule)
        #expect(error?.line == vector.line)
        #expect(SessionDescription.flaws(in: bytes).contains { $0.rule == .syntax && $0.line == vector.line })
    }

    @Test(arguments: SDPFlaw.Rule.allCases.filter { $0 != .syntax })
    func `every rule has a description that breaks it`(_ rule: SDPFlaw.Rule) {
        #expect(DescriptionVector.all.contains { $0.flaws.contains { $0.rule == rule.rawValue } })
    }

    @Test(arguments: DescriptionVector.all)
    func `a flaw names its clause and a sentence`(_ vector: DescriptionVector) {
        for flaw in SessionDescription.flaws(in: vector.bytes) {
            #expect(flaw.clause.hasPrefix("RFC "))
            #expect(flaw.explanation.hasSuffix("."))
        }
    }

    @Test func `a message line is built with what a session needs`() {
        let media = MediaDescription.msrp(
            port: 2855, path: ["msrp://10.0.0.1:2855/s;tcp"], acceptTypes: ["message/cpim"],
            acceptWrappedTypes: ["text/plain"], maxSize: 1000, direction: .sendOnly, attributes: [Attribute("x", "y")])
        let address = Connection(host: "10.0.0.1")
        let description = SessionDescription(
            origin: Origin(sessionID: "1", sessionVersion: "1", address: address), connection: address, media: [media])
        #expect(
            description.serialized().text == """
                v=0\r
                o=- 1 1 IN IP4 10.0.0.1\r
                s=-\r
                c=IN IP4 10.0.0.1\r
                t=0 0\r
                m=message 2855 TCP/MSRP *\r
                a=sendonly\r
                a=accept-types:message/cpim\r
                a=accept-wrapped-types:text/plain\r
                a=max-size:1000\r
                a=path:msrp://10.0.0.1:2855/s;tcp\r
                a=x:y\r

                """)
        #expect(SessionDescription.flaws(in: description.serialized()) == [])
    }

    @Test func `an origin is of the same session in another version`() throws {
        let first = try #require(Origin("- 1 1 IN IP4 x"))
        #expect(first.isSameSession(as: try #require(Origin("- 1 2 IN IP4 x"))))
        #expect(!first.isSameSession(as: try #require(Origin("- 2 1 IN IP4 x"))))
    }

    @Test func `an IPv6 host is known by its colons`() {
        #expect(Connection(host: "2001:db8::1").description == "IN IP6 2001:db8::1")
        #expect(Connection(host: "10.0.0.1").description == "IN IP4 10.0.0.1")
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `bytes that are changed never trap, and what can be read is written so that it reads the same`(
        _ seed: UInt64
    ) throws {
        var generator = SeededGenerator(seed: seed)
        for vector in DescriptionVector.all {
            for _ in 0..<20 {
                var bytes = vector.bytes
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8(generator.next() & 0x7F)
                }
                _ = SessionDescription.flaws(in: bytes)
                guard let description = try? SessionDescription(parsing: bytes) else { continue }
                #expect(try SessionDescription(parsing: description.serialized()) == description)
            }
        }
    }
}
