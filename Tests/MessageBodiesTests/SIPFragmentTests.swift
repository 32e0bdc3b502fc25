import Bytes
import MessageBodies
import Testing

@Suite struct SIPFragmentTests {
    private func fragment(_ text: String) throws -> SIPFragment { try SIPFragment(parsing: Array(text.utf8)) }

    @Test(arguments: ["SIP/2.0 200 OK", "SIP/2.0 200 OK\r\n", "SIP/2.0 200 OK\n\n", "SIP/2.0 200"])
    func `A status line may stand alone`(text: String) throws {
        let fragment = try fragment(text)
        #expect(fragment.statusCode == 200)
        #expect(fragment.method == nil && fragment.fields.isEmpty && fragment.body.isEmpty)
    }

    @Test func `The outcome of a REFER is written as one line`() {
        #expect(SIPFragment(status: 202, reason: "Accepted").serialized().text == "SIP/2.0 202 Accepted\r\n")
    }

    @Test func `A whole message has a start line, fields in two forms, and as much body as it says`() throws {
        let bytes = try fixture("encapsulated/pager.sip") + Array("\r\n\r\n".utf8)
        let message = try SIPFragment(parsing: bytes)
        #expect(message.method == "MESSAGE" && message.requestURI == "sip:b@home.example" && message.statusCode == nil)
        #expect(message.value("Call-ID") == "asd88asd77a@192.0.2.1")
        #expect(message.value("From") == "sip:a@home.example;tag=49583")
        #expect(message.value("subject") == "one and two")
        #expect(message.value("Expires") == nil)
        #expect(message.contentType == "text/plain" && message.body.text == "Watson, come here.")
    }

    @Test(arguments: [("Subject: SIP/2.0 is old\r\n", 1), ("To: a SIP/2.0\r\nFrom: b", 2), ("\r\nbody", 0)])
    func `A fragment may have no start line`(text: String, count: Int) throws {
        let fragment = try fragment(text)
        #expect(fragment.startLine == nil && fragment.fields.count == count)
    }

    @Test(arguments: [("99", "abc"), ("2", "ab"), ("-1", "abc"), ("x", "abc"), ("3", "abc"), ("0", "")])
    func `A length that cannot be is not followed`(length: String, body: String) throws {
        #expect(try fragment("Content-Length: \(length)\r\n\r\nabc").body.text == body)
    }

    @Test func `Fields beyond a number, lines that are none, and nothing at all are refused`() {
        let fields = String(repeating: "a: b\r\n", count: SIPFragment.maximumFields + 1)
        #expect(throws: MessageBodyError.tooManyFields) { try fragment(fields) }
        #expect(throws: MessageBodyError.malformedField("no field")) { try fragment("SIP/2.0 200 OK\r\nno field\r\n") }
        #expect(throws: MessageBodyError.truncated(offset: 0)) { try fragment("") }
    }

    @Test(arguments: [
        SIPFragment(startLine: "BYE sip:b@x SIP/2.0"), SIPFragment(startLine: nil, fields: [BodyField("To", "b")]),
        SIPFragment(startLine: nil, body: [1, 0, 13, 10, 13, 10]),
        SIPFragment(startLine: "SIP/2.0 200 OK", fields: [BodyField("To", "b")], body: Array("x\n".utf8)),
    ])
    func `A fragment that was written and read is the same`(fragment: SIPFragment) throws {
        #expect(try SIPFragment(parsing: fragment.serialized()) == fragment)
    }
}
