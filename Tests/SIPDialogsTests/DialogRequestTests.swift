import SIPDialogs
import SIPSyntax
import Testing

@Suite("Requests within a dialog: RFC 3261 §12.2.1.1")
struct DialogRequestTests {
    @Test func `A request of the client carries the dialog's parts and no Via`() {
        var dialog = Sample.dialogOfAlice()
        let request = dialog.request(.message, fields: [SIPField(.contentType, "text/plain")], body: Array("Hi".utf8))
        #expect(request.method == .message)
        #expect(request.requestURI == "sip:bob@192.0.2.2")
        #expect(request.all(.via) == [])
        #expect(request.first(.maxForwards) == "70")
        #expect(request.all(.route) == ["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"])
        #expect(request.first(.from) == "\"Alice\" <sip:alice@example.com>;tag=a1")
        #expect(request.first(.to) == "<sip:bob@example.com>;tag=b1")
        #expect(request.first(.callID) == "a84b4c76e66710")
        #expect(request.first(.cSeq) == "314160 MESSAGE")
        #expect(request.first(.contentType) == "text/plain")
        #expect(request.body == Array("Hi".utf8))
    }

    @Test func `A request of the server goes the other way with numbers of its own`() {
        var dialog = Sample.dialogOfBob()
        let request = dialog.request(.info)
        #expect(request.requestURI == "sip:alice@192.0.2.1")
        #expect(request.all(.route) == ["<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"])
        #expect(request.first(.from) == "<sip:bob@example.com>;tag=b1")
        #expect(request.first(.to) == "\"Alice\" <sip:alice@example.com>;tag=a1")
        #expect(request.first(.cSeq) == "1 INFO")
    }

    @Test func `CSeq numbers rise by one`() {
        var dialog = Sample.dialogOfAlice()
        let numbers = [SIPMethod.message, .invite, .bye].map { dialog.request($0).first(.cSeq) }
        #expect(numbers == ["314160 MESSAGE", "314161 INVITE", "314162 BYE"])
    }

    @Test func `A BYE ends the dialog as soon as it is sent`() {
        var dialog = Sample.dialogOfAlice()
        _ = dialog.request(.bye)
        #expect(dialog.state == .terminated)
    }

    @Test func `The ACK to a 2xx response has the number and the credentials of its INVITE`() throws {
        var dialog = Sample.dialogOfAlice()
        var invite = Sample.invite
        invite.add(.authorization, "Digest username=\"alice\"")
        _ = dialog.request(.message)
        let ack = dialog.ack(for: invite)
        #expect(ack.method == .ack)
        #expect(ack.requestURI == "sip:bob@192.0.2.2")
        #expect(ack.all(.route) == ["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"])
        #expect(ack.first(.cSeq) == "314159 ACK")
        #expect(ack.first(.to) == "<sip:bob@example.com>;tag=b1")
        #expect(ack.first(.authorization) == "Digest username=\"alice\"")
        #expect(dialog.localSequence == 314160)
    }

    @Test func `A strict router gets the Request-URI, and the target goes to the end of the route`() {
        var response = Sample.response(200)
        response.set(.recordRoute, "<sip:p2.example.com;lr>, <sip:p1.example.com;method=INVITE?Subject=x>")
        let dialog = Dialog(client: Sample.invite, response: response)
        let ack = dialog?.ack(for: Sample.invite)
        #expect(ack?.requestURI == "sip:p1.example.com")
        #expect(ack?.all(.route) == ["<sip:p2.example.com;lr>", "<sip:bob@192.0.2.2>"])
    }

    @Test func `Without proxies in the path there is no Route`() {
        var response = Sample.response(200)
        response.remove(.recordRoute)
        var dialog = Dialog(client: Sample.invite, response: response)
        #expect(dialog?.request(.bye).all(.route) == [])
    }

    @Test func `A peer without a tag is addressed without one`() {
        var invite = Sample.arrivedInvite
        invite.set(.from, "<sip:alice@example.com>")
        var dialog = Dialog(server: invite, localTag: "b1")
        #expect(dialog?.request(.bye).first(.to) == "<sip:alice@example.com>")
    }
}
