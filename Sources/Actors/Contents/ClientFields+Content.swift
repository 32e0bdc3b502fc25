import SIPDialogs
import SIPSyntax

extension ClientFields {
    /// The answer to a request within a session of one content, which is what it is until its end.
    func answer(to request: SIPMessage, in dialog: Dialog) -> SIPMessage {
        var dialog = dialog
        switch dialog.accepts(request) {
        case .foreign: return unknownDialog(request)
        case .repeated, .outOfOrder: return response(500, to: request)
        case .inOrder: break
        }
        switch request.method {
        case .bye: return response(200, to: request)
        case .invite: return unacceptable(request, tag: nil, reason: "The session cannot be changed")
        case .options: return capabilities(to: request)
        default: return response(481, to: request)
        }
    }

    /// What a repeated 2xx to the INVITE is answered with; a dialog that another branch has made is ended.
    ///
    /// RFC 3261 §13.2.2.4
    func acknowledgement(
        of response: SIPMessage, to request: SIPMessage, in dialog: Dialog
    ) -> [ProcedureEffect] {
        if DialogID(response: response) == dialog.id { return [.acknowledge(ack(for: request, in: dialog))] }
        guard let other = Dialog(client: request, response: response) else { return [] }
        return [.acknowledge(ack(for: request, in: other)), .start(DialogRelease(of: other))]
    }
}
