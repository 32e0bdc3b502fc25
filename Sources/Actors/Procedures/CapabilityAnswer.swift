import SIPSyntax

/// The answer to OPTIONS outside a dialog.
///
/// RFC 3261 §11.2
struct CapabilityAnswer: Procedure {
    private let fields: ClientFields
    private let tag: String

    init(fields: ClientFields, identifiers: inout Identifiers) {
        self.fields = fields
        tag = identifiers.tag()
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .request(let request, let transaction):
            return [.respond(fields.capabilities(to: request, tag: tag), to: transaction), .finish]
        case .begin, .user, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told, .document:
            return []
        }
    }
}

extension ClientFields {
    /// A 200 that tells what the client can do.
    func capabilities(to request: SIPMessage, tag: String? = nil) -> SIPMessage {
        var response = response(200, to: request, tag: tag)
        response.add(.contact, taggedContact)
        response.add(.allow, Self.allow)
        response.add(.accept, "application/sdp, text/plain, message/cpim")
        response.add(.supported, Self.supported)
        return response
    }
}
