import SIPDialogs
import SIPSyntax

/// The end of a dialog that this side does not want, from the BYE to its answer.
///
/// RFC 3261 §13.2.2.4 and §15.1.1
struct DialogRelease: Procedure {
    private let request: SIPMessage

    init(of dialog: Dialog) {
        var dialog = dialog
        var request = dialog.request(.bye)
        request.set(.userAgent, ClientFields.version)
        self.request = request
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .begin:
            return [.send(request)]
        case .response(let response, to: .bye) where response.isFinal:
            return [.finish]
        case .failed(.bye, _):
            return [.finish]
        case .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told, .document:
            return []
        }
    }
}
