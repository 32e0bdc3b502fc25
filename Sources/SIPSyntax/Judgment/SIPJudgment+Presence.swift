/// The judgment of which fields are there.
///
/// RFC 3261 §8.1.1, §8.2.6, §20
extension SIPJudgment {
    mutating func judgePresence() {
        switch message.startLine {
        case .request(let method, _):
            judgeRequired(FieldPresence.required(in: method), in: method.name)
            judgeForbidden(in: method)
        case .response(let status, _):
            judgeRequired(FieldPresence.required(inResponse: status, to: method), in: responseName(status))
            judgeForbiddenInResponse(status)
        }
    }

    private func responseName(_ status: Int) -> String {
        method.map { "\(status) to \($0)" } ?? "\(status)"
    }

    private mutating func judgeRequired(_ demands: [FieldPresence.Demand], in kind: String) {
        for demand in demands {
            let name = SIPFieldName(demand.field)
            if message.contains(name) { continue }
            noteMissing(name, clause: demand.clause, "The \(kind) has no \(name).")
        }
    }

    private mutating func judgeForbidden(in method: SIPMethod) {
        for field in message.fields {
            guard let known = field.name.known else { continue }
            if FieldPresence.inResponsesOnly.contains(known) {
                note(.fieldForbidden, in: field, "\(field.name) belongs to responses and is in a request.")
            }
            let (methods, clause) = FieldPresence.forbidden(known)
            if methods.contains(method) {
                let closer = known == .contact && method == .message ? "RFC 3428 §4" : clause
                note(.fieldForbidden, in: field, clause: closer, "\(field.name) must not be in \(method).")
            }
        }
    }

    private mutating func judgeForbiddenInResponse(_ status: Int) {
        for field in message.fields {
            guard let known = field.name.known else { continue }
            if FieldPresence.inRequestsOnly.contains(known) {
                note(.fieldForbidden, in: field, "\(field.name) belongs to requests and is in a response.")
            }
            if known == .contact, method == .message, (200...299).contains(status) {
                note(
                    .fieldForbidden, in: field, clause: "RFC 3428 §7",
                    "Contact must not be in a 2xx response to MESSAGE.")
            }
        }
    }
}
