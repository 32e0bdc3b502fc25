import Bytes
import MessageBodies
import Testing

@Suite struct CPIMMessageTests {
    @Test func `A message tells from whom it is, to whom, when, and what it says`() throws {
        let message = try CPIMMessage(parsing: fixture("cpim/plain.cpim"))
        #expect(message.from == "sip:ann@home.example")
        #expect(message.to == ["sip:bob@home.example"])
        #expect(message.all("From").first?.formalName == "Ann")
        #expect(message.dateTime == "2026-03-01T12:00:00Z")
        #expect(message.contentType == "text/plain;charset=UTF-8")
        #expect(message.body.text == "Hello B")
    }

    @Test func `A prefix stands for the namespace that an NS header before it names`() throws {
        let message = try CPIMMessage(parsing: fixture("cpim/imdn.cpim"))
        let namespace = "urn:ietf:params:imdn"
        #expect(message.all("Message-ID", namespace: namespace).map(\.value) == ["34jk324j"])
        #expect(message.all("Message-ID").isEmpty)
        #expect(message.all("NS").map(\.uri) == [namespace])
    }

    @Test func `A header can have parameters`() throws {
        let subject = try CPIMMessage(parsing: fixture("cpim/imdn.cpim")).all("Subject").first
        #expect(subject == CPIMHeader("Subject", parameters: ["lang=de"], "Grüße"))
    }

    @Test func `Escapes in a header stand for characters`() throws {
        let message = try CPIMMessage(parsing: fixture("cpim/escapes.cpim"))
        #expect(message.all("Subject").first?.value == "tab\tquote\"line\nomegaΩ")
        #expect(message.all("From").first?.formalName == "Ann \\ A")
        #expect(message.from == "sip:ann@home.example")
        #expect(message.body.isEmpty)
    }

    @Test func `A part without fields is plain text`() throws {
        let message = try CPIMMessage(parsing: fixture("cpim/no-content-fields.cpim"))
        #expect(message.contentType == "text/plain")
        #expect(message.body.text == "no fields")
    }

    @Test(arguments: [
        ("truncated", MessageBodyError.truncated(offset: 58)), ("no-content-end", .truncated(offset: 58)),
        ("bad-escape", .malformedField("Subject: \\q")), ("no-colon", .malformedField("From <sip:ann@home.example>")),
    ])
    func `What is not a message is refused`(name: String, error: MessageBodyError) throws {
        let bytes = try fixture("cpim/\(name).cpim")
        #expect(throws: error) { try CPIMMessage(parsing: bytes) }
    }

    @Test(arguments: ["plain", "imdn", "escapes"])
    func `A message that was read, written and read again is the same message`(name: String) throws {
        let message = try CPIMMessage(parsing: fixture("cpim/\(name).cpim"))
        #expect(try CPIMMessage(parsing: message.serialized()) == message)
    }

    @Test func `A written message has the form of the RFC`() {
        let message = CPIMMessage(
            from: "sip:a@x", to: ["sip:b@x", "sip:c@x"], dateTime: "2026-03-01T12:00:00Z", contentType: "text/plain",
            body: Array("Hi".utf8))
        #expect(
            message.serialized().text == """
                From: <sip:a@x>\r
                To: <sip:b@x>\r
                To: <sip:c@x>\r
                DateTime: 2026-03-01T12:00:00Z\r
                \r
                Content-Type: text/plain\r
                \r
                Hi
                """)
    }

    @Test(arguments: ["line\r\nbreak", "back\\slash", "bell\u{7}", "\u{7F}", "\"quoted\"", "Ω"])
    func `No value can break out of its line`(value: String) throws {
        let header = CPIMHeader("Subject", value)
        #expect(header.line.utf8.allSatisfy { !$0.isControl })
        #expect(CPIMHeader(parsing: header.line) == header)
    }

    @Test(arguments: 0..<110)
    func `A message cut short anywhere is refused or a prefix, never a trap`(length: Int) throws {
        let whole = try fixture("cpim/plain.cpim")
        let message = try? CPIMMessage(parsing: Array(whole.prefix(length)))
        #expect(message == nil || whole.text.hasSuffix("Hello B"))
    }
}
