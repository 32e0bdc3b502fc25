import SIPSyntax
import TestSupport
import Testing

/// The messages of RFC 4475, by their names there.
struct TortureTests {
    struct Expectation: Decodable, CustomTestStringConvertible {
        let name: String
        let section: String

        /// Rule, field and offset of each flaw, in order.
        let flaws: [String]
        let note: String?

        var testDescription: String { "\(name) (RFC 4475 §\(section))" }

        func bytes() throws -> [UInt8] { try Fixtures.bytes("sip/torture/\(name).dat") }
    }

    static let expectations: [Expectation] =
        (try? Fixtures.decoded("sip/torture/expectations.json", as: [Expectation].self)) ?? []

    @Test func `Every message of the RFC is here and has an expectation`() {
        let files = Fixtures.names(in: "sip/torture").filter { $0.hasSuffix(".dat") }
        #expect(files.count == 49)
        #expect(Set(files) == Set(Self.expectations.map { $0.name + ".dat" }))
    }

    @Test(arguments: expectations) func `A torture message is framed and judged`(_ expectation: Expectation) throws {
        let message = try SIPMessage(parsing: expectation.bytes())
        let flaws = message.flaws().map { "\($0.rule.rawValue) \($0.field?.name ?? "-") \($0.offset)" }
        #expect(flaws == expectation.flaws)
    }

    @Test(arguments: expectations) func `A torture message survives being written and read`(
        _ expectation: Expectation
    ) throws {
        var message = try SIPMessage(parsing: expectation.bytes())
        let written = try SIPMessage(parsing: message.serialized())
        if !message.contains(.contentLength) { message.add(.contentLength, "\(message.body.count)") }
        #expect(written == message)
    }

    @Test func `A short tortuous INVITE is understood in all its folds`() throws {
        let message = try SIPMessage(parsing: Fixtures.bytes("sip/torture/wsinv.dat"))
        #expect(try message.to()?.tag == "1918181833n")
        #expect(try message.from()?.displayName == "J Rosenberg \\\"")
        #expect(try message.from()?.tag == "98asjd8")
        #expect(try message.cSeq() == CSeq(9, .invite))
        #expect(try message.vias().map(\.sentBy) == ["192.0.2.2", "spindle.example.com", "192.168.255.111"])
        #expect(try message.vias().map(\.branch) == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"])
        #expect(message.first(SIPFieldName("NewFangledHeader")) == "newfangled value continued newfangled value")
        #expect(message.first(SIPFieldName("UnknownHeaderWithUnusualValue")) == ";;,,;;,;")
        #expect(message.first(.subject) == "")
        let contact = try message.contact()
        #expect(contact?.displayName == "Quoted string \"\"")
        #expect(
            contact?.parameters == [
                Parameter("newparam", "newvalue"), Parameter("secondparam"), Parameter("q", "0.33"),
            ])
        #expect(message.body.count == 150)
    }

    @Test func `The wide range of valid characters is kept as it is`() throws {
        let message = try SIPMessage(parsing: Fixtures.bytes("sip/torture/intmeth.dat"))
        #expect(message.method == SIPMethod("!interesting-Method0123456789_*+`.%indeed'~"))
        #expect(try message.to()?.displayName == "BEL:\u{7} NUL:\u{0} DEL:\u{7F}")
        #expect(try message.from()?.parameters.first("fromParam''~+*_!.-%")?.text == "работающий")
        let uri = try SIPURI(parsing: message.requestURI ?? "")
        #expect(uri.user == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*")
        #expect(uri.password == "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)")
    }

    @Test func `Octets after the end of a datagram's message are passed over`() throws {
        let message = try SIPMessage(parsing: Fixtures.bytes("sip/torture/dblreq.dat"))
        #expect(message.method == .register)
        #expect(message.body.isEmpty)
    }

    @Test func `An absurd status code is kept for the report`() throws {
        #expect(try SIPMessage(parsing: Fixtures.bytes("sip/torture/bigcode.dat")).status == 4_294_967_301)
    }

    @Test func `The well-formed messages come out of a stream however it is cut`() throws {
        let messages = try ["wsinv", "intmeth", "esc01", "semiuri", "unreason", "zeromf"].map {
            try Fixtures.bytes("sip/torture/\($0).dat")
        }
        #expect(CodecVerifier(SIPStreamFramer.self).deviations(messages) == [])
    }
}
