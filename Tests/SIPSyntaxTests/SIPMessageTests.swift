import Bytes
import SIPSyntax
import Testing

struct SIPMessageTests {
    private let invite = """
        INVITE sip:bob@biloxi.example SIP/2.0\r
        Via: SIP/2.0/UDP bigbox3.site3.atlanta.example;branch=z9hG4bK77ef4c2312983.1, SIP/2.0/TCP [2001:db8::9]\r
         ;branch=z9hG4bKnashds8;received=2001:db8::10;rport\r
        Max-Forwards: 69\r
        t: Bob <sip:bob@biloxi.example>\r
        From: "Alice \\"A\\"" <sip:alice@atlanta.example>;tag=1928301774\r
        Call-ID: a84b4c76e66710\r
        CSeq: 314159 INVITE\r
        Contact: sip:alice@pc33.atlanta.example;expires=60\r
        Content-Type: text/plain\r
        Content-Length: 4\r
        \r
        body and more
        """

    @Test func `The fields of a request are found whatever their spelling`() throws {
        let message = try SIPMessage(parsing: Array(invite.utf8))
        #expect(message.method == .invite)
        #expect(message.requestURI == "sip:bob@biloxi.example")
        #expect(message.body.text == "body")
        #expect(message.first(.to) == "Bob <sip:bob@biloxi.example>")
        #expect(message.list(.via).count == 2)
        let vias = try message.vias()
        #expect(vias[1].host == "[2001:db8::9]")
        #expect(vias[1].received == "2001:db8::10")
        #expect(vias[1].rport == .some(nil))
        #expect(try message.via()?.branch == "z9hG4bK77ef4c2312983.1")
        #expect(try message.from()?.displayName == "Alice \"A\"")
        #expect(try message.from()?.tag == "1928301774")
        #expect(try message.to()?.sipURI?.host == "biloxi.example")
        #expect(try message.cSeq() == CSeq(314_159, .invite))
        #expect(try message.contact()?.parameters == [Parameter("expires", "60")])
        #expect(try message.maxForwards() == 69)
    }

    @Test func `What was parsed is written back and parsed to the same`() throws {
        let message = try SIPMessage(parsing: Array(invite.utf8))
        #expect(try SIPMessage(parsing: message.serialized()) == message)
    }

    @Test func `A response takes Via, From, To, Call-ID and CSeq from its request`() throws {
        let request = try SIPMessage(parsing: Array(invite.utf8))
        let response = SIPMessage(status: 180, to: request, toTag: "x1")
        #expect(response.fields.map(\.name) == [.via, .to, .from, .callID, .cSeq])
        #expect(try response.to()?.tag == "x1")
        #expect(try SIPMessage(status: 100, to: request, toTag: "x1").to()?.tag == nil)
        #expect(response.serialized().text.hasPrefix("SIP/2.0 180 Ringing\r\n"))
    }
}

/// The framing of datagrams.
///
/// RFC 3261 §7, §18.3
struct SIPMessageFramingTests {
    private func parsed(_ text: String) throws -> SIPMessage {
        try SIPMessage(parsing: Array(text.utf8))
    }

    @Test(arguments: [
        ("", SIPRule.message, 0), ("\r\n\r\n", .message, 4), ("OPTIONS sip:a SIP/2.0", .message, 21),
        ("OPTIONS\r\n\r\n", .version, 7), ("OPTIONS sip:a\r\n\r\n", .version, 8),
        ("OPTIONS SIP/2.0\r\n\r\n", .requestURI, 7), (" OPTIONS sip:a SIP/2.0\r\n\r\n", .method, 0),
        ("SIP/2.0 OK\r\n\r\n", .statusCode, 8), ("SIP/2.0 200OK\r\n\r\n", .statusLine, 11),
        ("OPTIONS sip:a SIP/2.0\r\n", .messageHeader, 23), ("OPTIONS sip:a SIP/2.0\r\nTo: x", .messageHeader, 28),
        ("SIP/2.0 99999999999999999999 x\r\n\r\n", .statusCode, 8),
    ]) func `Bytes that are no message are refused at the byte and the rule`(
        text: String, rule: SIPRule, offset: Int
    ) {
        #expect(throws: SIPSyntaxError(rule, at: offset)) { try parsed(text) }
    }

    @Test func `Without Content-Length the body is the rest of the datagram`() throws {
        #expect(try parsed("OPTIONS sip:a SIP/2.0\r\n\r\nabc").body.text == "abc")
    }

    @Test func `A Content-Length beyond the datagram leaves the body that is there`() throws {
        #expect(try parsed("OPTIONS sip:a SIP/2.0\r\nl: 9223372036854775807\r\n\r\nabc").body.text == "abc")
    }

    @Test func `A message has no more fields than the limit`() {
        let text = "OPTIONS sip:a SIP/2.0\r\n" + String(repeating: "A: b\r\n", count: SIPLimits.fields + 1) + "\r\n"
        #expect(throws: SIPSyntaxError.self) { try parsed(text) }
    }

    @Test func `The bytes as received stay until something is changed`() throws {
        let bytes = Array("OPTIONS  sip:a SIP/2.0 \nx:y\r\n\r\n".utf8)
        var message = try SIPMessage(parsing: bytes)
        #expect(message.received == bytes)
        message.add(.subject, "x")
        #expect(message.received == nil)
        #expect(message.serialized().text == "OPTIONS sip:a SIP/2.0\r\nx:y\r\nSubject: x\r\nContent-Length: 0\r\n\r\n")
    }

    @Test func `Content-Length is added only where no field is one`() {
        let without = SIPMessage(.options, uri: "sip:a", body: [1, 2])
        #expect(without.serialized().text.contains("Content-Length: 2\r\n"))
        let wrong = SIPMessage(.options, uri: "sip:a", fields: [SIPField(spelling: "l", value: "7")])
        #expect(wrong.serialized().text == "OPTIONS sip:a SIP/2.0\r\nl: 7\r\n\r\n")
    }
}
