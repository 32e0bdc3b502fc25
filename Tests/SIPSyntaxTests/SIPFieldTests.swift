import Bytes
import SIPSyntax
import Testing

struct SIPFieldTests {
    @Test(arguments: [
        ("v", SIPFieldName.via), ("F", .from), ("t", .to), ("i", .callID), ("m", .contact), ("l", .contentLength),
        ("c", .contentType), ("e", .contentEncoding), ("k", .supported), ("s", .subject), ("o", .event),
        ("u", .allowEvents), ("r", .referTo), ("b", .referredBy), ("a", .acceptContact), ("j", .rejectContact),
        ("d", .requestDisposition), ("x", .sessionExpires),
    ]) func `A compact form is the long one`(compact: String, name: SIPFieldName) {
        #expect(SIPFieldName(compact) == name)
        #expect(SIPFieldName(compact).name == name.name)
    }

    @Test func `The case of a name does not count, and its canonical spelling is the RFC's`() {
        #expect(SIPFieldName("CALL-id") == .callID)
        #expect(SIPFieldName("cseq").name == "CSeq")
        #expect(SIPFieldName("p-asserted-identity").name == "P-Asserted-Identity")
        #expect(SIPFieldName("X-Thing") == SIPFieldName("x-tHING"))
        #expect(SIPFieldName("X-Thing").hashValue == SIPFieldName("x-tHING").hashValue)
        #expect(SIPFieldName("X-Thing").name == "X-Thing")
        #expect(SIPFieldName("X-Thing") != SIPFieldName("X-Thin"))
        #expect(SIPFieldName("z") != .via)
        #expect(SIPFieldName("") != .via)
    }

    @Test func `A value is trimmed and unfolded, and its line stays as it came`() throws {
        let text = "OPTIONS sip:a.example SIP/2.0\r\nsubject :\t I know\r\n  you're there \r\n\t pick up \r\n\r\n"
        let message = try SIPMessage(parsing: Array(text.utf8))
        let field = try #require(message.fields.first)
        #expect(field.name == .subject)
        #expect(field.spelling == "subject")
        #expect(field.value == "I know you're there pick up")
        #expect(field.line.text == "subject :\t I know\r\n  you're there \r\n\t pick up ")
        #expect(message.serialized().text.contains("\r\nsubject :\t I know\r\n  you're there \r\n\t pick up \r\n"))
    }

    @Test func `A list goes over all its lines, and commas in quotes and brackets do not divide it`() {
        let message = SIPMessage(
            .register, uri: "sip:a.example",
            fields: [
                SIPField(.contact, "\"Bell, A\\\" , x\" <sip:a@b.example;p=1,2>;q=0.5 , <sip:c@d.example>"),
                SIPField(spelling: "m", value: "<sip:e@f.example>,"),
            ])
        #expect(
            message.list(.contact) == [
                "\"Bell, A\\\" , x\" <sip:a@b.example;p=1,2>;q=0.5", "<sip:c@d.example>", "<sip:e@f.example>",
            ])
        #expect(message.all(.contact).count == 2)
    }

    @Test func `Setting a field keeps its place and removes its repetitions`() {
        var message = SIPMessage(.options, uri: "sip:a.example")
        message.add(.to, "<sip:a@b.example>")
        message.add(.subject, "one")
        message.add(.from, "<sip:c@d.example>;tag=1")
        message.add(.subject, "two")
        message.set(.subject, "three")
        message.set(.date, "Sat, 13 Nov 2010 23:29:00 GMT")
        message.prepend(.via, "SIP/2.0/UDP host")
        message.remove(.to)
        #expect(message.fields.map(\.name) == [.via, .subject, .from, .date])
        #expect(message.first(.subject) == "three")
        #expect(message.first(.to) == nil)
    }

    @Test func `Fields are equal by spelling and value, not by the white space between`() throws {
        let text = "OPTIONS sip:a.example SIP/2.0\r\nSubject:  x\r\n y\r\n\r\n"
        let parsed = try #require(SIPMessage(parsing: Array(text.utf8)).fields.first)
        #expect(parsed == SIPField(.subject, "x y"))
        #expect(parsed != SIPField(spelling: "s", value: "x y"))
        #expect(parsed != SIPField(.subject, "x z"))
    }
}
