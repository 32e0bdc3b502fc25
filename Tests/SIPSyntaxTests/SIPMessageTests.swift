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
