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
}
