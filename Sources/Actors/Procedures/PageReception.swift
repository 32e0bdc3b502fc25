import Bytes
import MessageBodies
import SIPSyntax

/// The answer to one pager-mode message that reaches this client.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.2.1, RFC 3428 §7
struct PageReception: Procedure {
    private let fields: ClientFields
    private let tag: String

    init(fields: ClientFields, identifiers: inout Identifiers) {
        self.fields = fields
        tag = identifiers.tag()
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .request(let message, let transaction):
            var response = fields.response(200, to: message, tag: tag)
            // §8.2.1 asks for User-Agent and for the address of the user in the response.
            response.add(.userAgent, ClientFields.version)
            response.add(.pPreferredIdentity, "<\(fields.imAddress)>")
            let (type, body) = innermost(contentType: message.first(.contentType) ?? "text/plain", body: message.body)
            let received = ClientReport.received(text: body.text, from: message.originator, session: nil)
            let isText = type.lowercased().hasPrefix("text/")
            return [.respond(response, to: transaction)] + (isText ? [.report(received)] : []) + [.finish]
        case .begin, .user, .acknowledged, .cancelled, .response, .failed, .timer, .media:
            return []
        }
    }
}
