import SIPDialogs
import SIPSyntax
import Testing

@Suite("Creation of a dialog: RFC 3261 §12.1")
struct DialogCreationTests {
    @Test func `At the client a dialog takes its parts from request and response`() {
        let dialog = Sample.dialogOfAlice()
        #expect(dialog.id == DialogID(callID: "a84b4c76e66710", localTag: "a1", remoteTag: "b1"))
        #expect(dialog.state == .confirmed)
        #expect(dialog.localURI == "sip:alice@example.com")
        #expect(dialog.local.displayName == "Alice")
        #expect(dialog.remoteURI == "sip:bob@example.com")
        #expect(dialog.remoteTarget == "sip:bob@192.0.2.2")
        #expect(dialog.localSequence == 314159)
        #expect(dialog.remoteSequence == nil)
        #expect(!dialog.isSecure)
    }

    @Test func `At the server a dialog takes its parts from the request and the own tag`() {
        let dialog = Sample.dialogOfBob()
        #expect(dialog.id == DialogID(callID: "a84b4c76e66710", localTag: "b1", remoteTag: "a1"))
        #expect(dialog.state == .confirmed)
        #expect(dialog.localURI == "sip:bob@example.com")
        #expect(dialog.remoteURI == "sip:alice@example.com")
        #expect(dialog.remoteTarget == "sip:alice@192.0.2.1")
        #expect(dialog.localSequence == nil)
        #expect(dialog.remoteSequence == 314159)
        #expect(!dialog.isSecure)
    }

    @Test func `The client's route set is the Record-Route of the response in reverse`() {
        #expect(Sample.dialogOfAlice().routeSet.routes == ["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"])
    }

    @Test func `The server's route set is the Record-Route of the request in order`() {
        #expect(Sample.dialogOfBob().routeSet.routes == ["<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"])
    }

    @Test(arguments: [101, 180, 183])
    func `A provisional response with a tag makes an early dialog`(status: Int) {
        #expect(Sample.dialogOfAlice(status).state == .early)
    }

    @Test func `100 makes no dialog`() {
        #expect(Dialog(client: Sample.invite, response: Sample.response(100)) == nil)
    }

    @Test(arguments: [300, 486, 603])
    func `A failure makes no dialog`(status: Int) {
        #expect(Dialog(client: Sample.invite, response: Sample.response(status)) == nil)
    }

    @Test func `A response without a To tag makes no dialog`() {
        var response = Sample.response(180)
        response.set(.to, "<sip:bob@example.com>")
        #expect(Dialog(client: Sample.invite, response: response) == nil)
    }

    @Test func `Responses with different tags make different dialogs`() {
        let first = Dialog(client: Sample.invite, response: Sample.response(180, toTag: "b1"))
        let second = Dialog(client: Sample.invite, response: Sample.response(180, toTag: "b2"))
        #expect(first?.id != second?.id)
    }

    @Test func `Without a Contact the Request-URI stands in for the remote target`() {
        let dialog = Dialog(client: Sample.invite, response: Sample.response(200, contact: nil))
        #expect(dialog?.remoteTarget == "sip:bob@example.com")
    }

    @Test(arguments: [SIPFieldName.from, .callID, .cSeq])
    func `A request without what names a dialog makes none`(name: SIPFieldName) {
        var request = Sample.arrivedInvite
        request.remove(name)
        #expect(Dialog(server: request, localTag: "b1") == nil)
    }

    @Test func `A SIPS Request-URI makes the dialog secure`() {
        var request = Sample.arrivedInvite
        request.startLine = .request(.invite, uri: "SIPS:bob@example.com")
        #expect(Dialog(server: request, localTag: "b1")?.isSecure == true)
    }
}
