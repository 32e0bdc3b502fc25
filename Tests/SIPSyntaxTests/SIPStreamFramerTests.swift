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
