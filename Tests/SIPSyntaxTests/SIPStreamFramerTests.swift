import Bytes
import SIPSyntax
import TestSupport
import Testing

extension SIPStreamFramer: StreamFramer {}

struct SIPStreamFramerTests {
    private let messages = [
        """
        OPTIONS sip:carol@chicago.example SIP/2.0\r
        Via: SIP/2.0/TCP pc33.atlanta.example;branch=z9hG4bKhjhs8ass877\r
        Content-Length: 0\r
        \r\n
        """,
        """
        MESSAGE sip:user2@domain.example SIP/2.0\r
        l: 18\r
        Content-Type: text/plain\r
        \r
        Watson, come here.
        """,
        """
        SIP/2.0 200 OK\r
        Subject: folded\r
         Content-Length: 77\r
        Content-Length : 4\r
        \r
        \r\n\r\n
        """,
        "ACK sip:bob@example.com SIP/2.0\r\n\r\n",
    ].map { Array($0.utf8) }

    @Test func `A stream gives the same messages however it is cut`() {
        #expect(CodecVerifier(SIPStreamFramer.self).deviations(messages) == [])
    }
}

/// The edges of framing.
///
/// RFC 3261 §7.5, §18.3
struct SIPStreamFramerEdgeTests {
    private func framed(_ text: String) throws -> [String] {
        var framer = SIPStreamFramer()
        framer.append(Array(text.utf8))
        var messages: [String] = []
        while let message = try framer.next() { messages.append(message.text) }
        return messages
    }

    @Test func `Line ends between messages keep the connection alive and are passed over`() throws {
        let ack = "ACK sip:a.example SIP/2.0\r\n\r\n"
        #expect(try framed("\r\n\r\n" + ack + "\r\n\r\n\r\n\r\n" + ack + "\r\n\r\n") == [ack, ack])
    }

    @Test func `Lone line feeds end lines too, which is for the judgment to say`() throws {
        #expect(try framed("ACK sip:a.example SIP/2.0\nl: 2\n\nok").first?.hasSuffix("\n\nok") == true)
    }

    @Test func `A message waits until its last byte has come`() throws {
        #expect(try framed("ACK sip:a.example SIP/2.0\r\nl: 3\r\n\r\nok") == [])
    }

    @Test(arguments: ["-1", "x", "99999999999999999999", "16777217", "", "5 5"])
    func `A Content-Length that is no usable number ends the stream`(length: String) throws {
        var framer = SIPStreamFramer()
        framer.append(Array("ACK sip:a.example SIP/2.0\r\nContent-Length: \(length)\r\n\r\n".utf8))
        #expect(throws: SIPSyntaxError.self) { try framer.next() }
        framer.append(Array("ACK sip:a.example SIP/2.0\r\n\r\n".utf8))
        #expect(throws: SIPSyntaxError.self, "There is no way back into step.") { try framer.next() }
    }

    @Test func `Content-Length may be repeated if it agrees with itself`() throws {
        #expect(try framed("ACK sip:a.example SIP/2.0\r\nl: 2\r\nContent-Length: 02\r\n\r\nok").count == 1)
        #expect(throws: SIPSyntaxError.self) { try framed("ACK sip:a.example SIP/2.0\r\nl: 2\r\nl: 3\r\n\r\nok") }
    }

    @Test func `A head without an end is refused before it fills the memory`() {
        var framer = SIPStreamFramer()
        #expect(throws: SIPSyntaxError.self) {
            for _ in 0..<10_000 {
                framer.append(Array(repeating: UInt8(ascii: "a"), count: 1000))
                _ = try framer.next()
            }
        }
    }

    @Test func `What has come of an unfinished message can be looked at`() throws {
        var framer = SIPStreamFramer()
        framer.append(Array("\r\nACK sip:a".utf8))
        let message = try framer.next()
        #expect(message == nil)
        #expect(framer.pending.text == "ACK sip:a")
    }
}
