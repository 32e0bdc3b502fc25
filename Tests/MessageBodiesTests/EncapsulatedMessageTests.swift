import Bytes
import MessageBodies
import Testing

@Suite struct EncapsulatedMessageTests {
    @Test func `A large message is told by the messages of its session`() throws {
        let message = try EncapsulatedMessage(
            parsing: fixture("encapsulated/large.mixed"), contentType: "multipart/mixed;boundary=next")
        #expect(
            message.parts.map(\.contentType) == ["message/sip", "message/sip", "message/msrp", "message/sipfrag"])
        #expect(message.sipMessages.map(\.method) == ["INVITE", nil, "BYE"])
        #expect(message.request?.requestURI == "sip:b@home.example")
        #expect(message.value("Call-ID") == "3413an89KU")
        #expect(message.value("Message-ID") == "456")
        #expect(message.value("Date") == "Sun, 01 Mar 2026 12:00:00 GMT")
        #expect(message.payload?.contentType == "text/plain")
        #expect(message.payload?.body.text == "Hi, B!")
    }

    @Test(arguments: ["message/sip", "message/sipfrag;version=2.0"])
    func `A pager message may come without a multipart around it`(contentType: String) throws {
        let message = try EncapsulatedMessage(parsing: fixture("encapsulated/pager.sip"), contentType: contentType)
        #expect(message.parts.count == 1)
        #expect(message.value("From") == "sip:a@home.example;tag=49583")
        #expect(message.payload?.body.text == "Watson, come here.")
    }

    @Test func `The order of the parts is free`() throws {
        let request = SIPFragment(startLine: "MESSAGE sip:b@x SIP/2.0", body: Array("Hi".utf8))
        let parts: [EncapsulatedMessage.Part] = [
            .sip(SIPFragment(startLine: "BYE sip:b@x SIP/2.0")),
            .sipfrag(SIPFragment(startLine: "INVITE sip:b@x SIP/2.0")),
            .sip(request),
        ]
        for parts in [parts, parts.reversed()] {
            let body = EncapsulatedMessage(parts).multipart(boundary: "b")
            let read = try EncapsulatedMessage(parsing: body.serialized(), contentType: body.contentType)
            #expect(read == EncapsulatedMessage(parts))
            #expect(read.request == request)
            #expect(read.payload?.body.text == "Hi")
        }
    }

    @Test func `A recorded message is a SEND request alone`() throws {
        let send = MSRPFragment(
            transactionID: "t", fields: [BodyField("Content-Type", "message/cpim")], body: Array("x".utf8))
        let read = try EncapsulatedMessage(parsing: send.serialized(), contentType: "message/msrp")
        #expect(read == EncapsulatedMessage([.msrp(send)]))
        #expect(read.request == nil && read.payload?.contentType == "message/cpim")
    }

    @Test(arguments: ["text/plain", "message/cpim", "", "sip"])
    func `Other types hold no stored message`(contentType: String) {
        #expect(throws: MessageBodyError.notEncapsulated(contentType: contentType)) {
            try EncapsulatedMessage(parsing: Array("MESSAGE sip:b@x SIP/2.0\r\n".utf8), contentType: contentType)
        }
    }

    @Test func `Parts of other types alone hold no stored message`() {
        let body = MultipartBody(
            boundary: "b", parts: [MultipartBody.BodyPart(contentType: "text/plain", body: Array("x".utf8))])
        #expect(throws: MessageBodyError.notEncapsulated(contentType: body.contentType)) {
            try EncapsulatedMessage(parsing: body.serialized(), contentType: body.contentType)
        }
    }

    @Test(arguments: 0..<200) func `A body cut short anywhere is refused or a message, never a trap`(length: Int) throws
    {
        let bytes = try fixture("encapsulated/large.mixed")
        let cut = Array(bytes.prefix(bytes.count * length / 200))
        _ = try? EncapsulatedMessage(parsing: cut, contentType: "multipart/mixed;boundary=next")
        _ = try? EncapsulatedMessage(parsing: cut, contentType: "message/msrp")
        _ = try? EncapsulatedMessage(parsing: cut, contentType: "message/sip")
    }
}
