import SIPDialogs
import SIPSyntax
import Testing

@Suite("Requests and responses that arrive in a dialog: RFC 3261 §12.2")
struct DialogReceivingTests {
    @Test func `The peer's first request is in order, whatever its number`() {
        var dialog = Sample.dialogOfAlice()
        #expect(dialog.accepts(Sample.requestOfBob(.message, number: 7)) == .inOrder)
        #expect(dialog.remoteSequence == 7)
    }

    @Test func `Numbers may leave gaps`() {
        var dialog = Sample.dialogOfAlice()
        #expect(dialog.accepts(Sample.requestOfBob(.message, number: 7)) == .inOrder)
        #expect(dialog.accepts(Sample.requestOfBob(.message, number: 70)) == .inOrder)
    }

    @Test func `A lower number is out of order and leaves everything as it was`() {
        var dialog = Sample.dialogOfAlice()
        _ = dialog.accepts(Sample.requestOfBob(.message, number: 7))
        let before = dialog
        #expect(dialog.accepts(Sample.requestOfBob(.bye, number: 6)) == .outOfOrder)
        #expect(dialog == before)
    }

    @Test func `The same number again is a repetition and leaves everything as it was`() {
        var dialog = Sample.dialogOfAlice()
        _ = dialog.accepts(Sample.requestOfBob(.message, number: 7))
        let before = dialog
        #expect(dialog.accepts(Sample.requestOfBob(.message, number: 7)) == .repeated)
        #expect(dialog == before)
    }

    @Test(arguments: [SIPMethod.ack, .cancel])
    func `ACK and CANCEL have the number of their INVITE and no place in the order`(method: SIPMethod) {
        var dialog = Sample.dialogOfAlice()
        _ = dialog.accepts(Sample.requestOfBob(.invite, number: 7))
        _ = dialog.accepts(Sample.requestOfBob(.message, number: 8))
        #expect(dialog.accepts(Sample.requestOfBob(method, number: 7)) == .inOrder)
        #expect(dialog.remoteSequence == 8)
    }

    @Test(arguments: [SIPFieldName.from, .to, .callID])
    func `A request with another tag or Call-ID is foreign`(name: SIPFieldName) {
        var dialog = Sample.dialogOfAlice()
        var request = Sample.requestOfBob(.message, number: 7)
        request.set(name, name == .callID ? "other" : "<sip:bob@example.com>;tag=other")
        #expect(dialog.accepts(request) == .foreign)
        #expect(dialog.remoteSequence == nil)
    }

    @Test func `A request without a To tag names no dialog`() {
        #expect(DialogID(received: Sample.invite) == nil)
    }

    @Test func `A BYE ends the dialog, and what follows is foreign`() {
        var dialog = Sample.dialogOfAlice()
        #expect(dialog.accepts(Sample.requestOfBob(.bye, number: 7)) == .inOrder)
        #expect(dialog.state == .terminated)
        #expect(dialog.accepts(Sample.requestOfBob(.message, number: 8)) == .foreign)
    }

    @Test(arguments: [SIPMethod.invite, .update, .subscribe, .notify, .refer])
    func `A target refresh request moves the peer`(method: SIPMethod) {
        var dialog = Sample.dialogOfAlice()
        _ = dialog.accepts(Sample.requestOfBob(method, number: 7, contact: "<sip:bob@192.0.2.99>"))
        #expect(dialog.remoteTarget == "sip:bob@192.0.2.99")
    }

    @Test func `Any other request leaves the peer where it is`() {
        var dialog = Sample.dialogOfAlice()
        _ = dialog.accepts(Sample.requestOfBob(.info, number: 7, contact: "<sip:bob@192.0.2.99>"))
        #expect(dialog.remoteTarget == "sip:bob@192.0.2.2")
    }

    @Test func `What one end sends, the other end takes`() {
        var (alice, bob) = (Sample.dialogOfAlice(), Sample.dialogOfBob())
        for method in [SIPMethod.message, .invite, .bye] {
            #expect(bob.accepts(alice.request(method)) == .inOrder)
        }
        #expect(alice.state == .terminated)
        #expect(bob.state == .terminated)
    }

    @Test func `A 2xx response confirms an early dialog with its own route set and Contact`() {
        var dialog = Sample.dialogOfAlice(180)
        var response = Sample.response(200, contact: "<sip:bob@192.0.2.99>")
        response.set(.recordRoute, "<sip:p3.example.com;lr>")
        dialog.receive(response)
        #expect(dialog.state == .confirmed)
        #expect(dialog.routeSet.routes == ["<sip:p3.example.com;lr>"])
        #expect(dialog.remoteTarget == "sip:bob@192.0.2.99")
    }

    @Test func `A 2xx response of another fork leaves an early dialog early`() {
        var dialog = Sample.dialogOfAlice(180)
        dialog.receive(Sample.response(200, toTag: "b2"))
        #expect(dialog.state == .early)
    }

    @Test func `A confirmed dialog keeps its route set`() {
        var dialog = Sample.dialogOfAlice()
        var response = Sample.response(200, contact: "<sip:bob@192.0.2.99>")
        response.set(.recordRoute, "<sip:p3.example.com;lr>")
        dialog.receive(response)
        #expect(dialog.routeSet.routes == ["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"])
        #expect(dialog.remoteTarget == "sip:bob@192.0.2.99")
    }

    @Test func `A failure of the INVITE ends its early dialogs`() {
        var dialog = Sample.dialogOfAlice(180)
        dialog.receive(Sample.response(486, toTag: "b2"))
        #expect(dialog.state == .terminated)
    }

    @Test(arguments: [408, 481])
    func `408 and 481 to a request within the dialog end it`(status: Int) {
        var dialog = Sample.dialogOfAlice()
        let request = dialog.request(.message)
        dialog.receive(SIPMessage(status: status, to: request))
        #expect(dialog.state == .terminated)
    }

    @Test(arguments: [400, 491, 500])
    func `Any other failure of a request within the dialog leaves it alive`(status: Int) {
        var dialog = Sample.dialogOfAlice()
        let request = dialog.request(.message)
        dialog.receive(SIPMessage(status: status, to: request))
        #expect(dialog.state == .confirmed)
    }

    @Test func `A 2xx response to another request does not confirm an early dialog`() {
        var dialog = Sample.dialogOfAlice(180)
        let request = dialog.request(.update)
        dialog.receive(SIPMessage(status: 200, to: request))
        #expect(dialog.state == .early)
    }

    @Test func `The server confirms its early dialog with its own 2xx response`() {
        var dialog = Sample.dialogOfBob(state: .early)
        dialog.confirm()
        #expect(dialog.state == .confirmed)
    }

    @Test func `A dialog that is over stays over`() {
        var dialog = Sample.dialogOfBob(state: .early)
        dialog.terminate()
        dialog.confirm()
        #expect(dialog.state == .terminated)
    }
}
