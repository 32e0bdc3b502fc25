import Conformance
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// One request of the message level, until its final response.
///
/// What the scenario does not say is as in the client's usual request with this method.
struct ComposedExchange: Procedure {
    private let request: SIPMessage
    private let fields: ClientFields
    private let linger: Duration

    init(
        _ composed: ComposedRequest, to uri: String, profile: IMClient.Profile, identifiers: inout Identifiers
    ) {
        fields = ClientFields(profile)
        linger = profile.timing.timeout
        let method = SIPMethod(composed.method)
        var request = fields.initialRequest(method, to: uri, callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        switch method {
        case .invite:
            fields.invite(&request, policy: profile.sessionTimerPolicy)
            var media = SessionMedia(
                "", files: FileExchange("", with: uri, profile: profile, identifiers: &identifiers), profile: profile,
                identifiers: &identifiers)
            request.set(media.offer())
        case .message, .publish: break
        default: request.add(.contact, fields.taggedContact)
        }
        if let body = composed.body {
            request.set(.contentType, composed.contentType ?? "text/plain")
            request.body = Array(body.utf8)
        } else if let type = composed.contentType {
            request.set(.contentType, type)
        }
        self.request = request
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        let name = request.method?.name ?? ""
        switch event {
        case .begin where request.method == .ack:
            return [.acknowledge(request), .report(.answered(method: name, status: 0)), .finish]
        case .begin:
            return [.send(request)]
        case .response(let response, to: .invite) where response.isSuccess:
            // The dialog serves no purpose; the procedure stays until the 2xx can come no more.
            let answered = ProcedureEffect.report(.answered(method: name, status: response.status ?? 200))
            guard let dialog = Dialog(client: request, response: response) else { return [answered, .finish] }
            return [
                .acknowledge(fields.ack(for: request, in: dialog)), .start(DialogRelease(of: dialog)), answered,
                .arm(.giveUp, after: linger),
            ]
        case .response(let response, to: _) where response.isFinal:
            return [.report(.answered(method: name, status: response.status ?? 0)), .finish]
        case .failed(_, let failure):
            return [.report(.answered(method: name, status: failure.status)), .finish]
        case .timer:
            return [.finish]
        case .user, .request, .acknowledged, .cancelled, .response, .media, .told, .document:
            return []
        }
    }
}
