import SIPSyntax
import SIPTransactions

/// Which procedure a request from outside is for.
extension IMClient {
    mutating func receive(_ request: SIPMessage, in key: TransactionKey) {
        if let refusal = fields.refusal(of: request, tag: identifiers.tag()) {
            signal(signalling.respond(key, with: refusal))
        } else if (try? request.to())?.tag != nil {
            receive(inDialog: request, in: key)
        } else {
            receive(initial: request, in: key)
        }
    }

    /// Answers a CANCEL, and tells the procedure that still thinks about the INVITE.
    ///
    /// RFC 3261 §9.2
    mutating func cancel(_ invite: TransactionKey?, by request: SIPMessage, in key: TransactionKey) {
        guard let invite else { return answer(481, request, in: key) }
        let id = procedures.pendingInvites[invite]
        let tag = id.flatMap { procedures.tag(of: $0, callID: request.callID) } ?? identifiers.tag()
        signal(signalling.respond(key, with: fields.response(200, to: request, tag: tag)))
        if let id { deliver(.cancelled, to: id) }
    }

    private mutating func receive(inDialog request: SIPMessage, in key: TransactionKey) {
        guard let id = procedure(claiming: request) else {
            return signal(signalling.respond(key, with: fields.unknownDialog(request)))
        }
        if request.method == .invite { procedures.pendingInvites[key] = id }
        deliver(.request(request, key), to: id)
    }

    private mutating func receive(initial request: SIPMessage, in key: TransactionKey) {
        guard !procedures.isFull else {
            return answer(503, request, in: key)
        }
        switch request.method {
        // What offers files is for files, whatever else it says (RFC 5547 §6).
        case .invite where request.isForLargeMessage && !request.offersFiles:
            start(
                ContentReception(
                    of: .largeMessage, by: request, in: key, profile: profile, identifiers: &identifiers))
        case .invite where defects.contains(.refusesDeliveries) && request.isForDelivery:
            answer(488, request, in: key)
        case .invite where request.isForDelivery:
            start(
                ContentReception(
                    of: .storedMessages, by: request, in: key, profile: profile, identifiers: &identifiers))
        case .invite:
            invite(request, in: key)
        case .message where defects.contains(.refusesSystemMessages) && request.isSystemMessage:
            answer(488, request, in: key)
        case .message:
            let reception = PageReception(fields: fields, pages: pages, at: now, identifiers: &identifiers)
            deliver(.request(request, key), to: procedures.add(reception))
        case .options:
            let answer = CapabilityAnswer(fields: fields, identifiers: &identifiers)
            deliver(.request(request, key), to: procedures.add(answer))
        default:
            // BYE and NOTIFY need a dialog: RFC 3261 §15.1.2, RFC 6665 §4.1.3.
            answer(481, request, in: key)
        }
    }

    /// Takes an invitation, which may replace a session that exists.
    ///
    /// RFC 3891 §3
    private mutating func invite(_ request: SIPMessage, in key: TransactionKey) {
        var replaced: ProcedureID?
        if request.contains(.replaces) {
            guard let replaces = (try? request.replaces()) ?? nil, request.all(.replaces).count == 1 else {
                return answer(400, request, in: key)
            }
            replaced = procedures.procedure(replaceableBy: replaces)
            guard replaced != nil else { return answer(481, request, in: key) }
            guard !replaces.isEarlyOnly else { return answer(486, request, in: key) }
            if defects.contains(.endsReplacedEarly), let replaced { deliver(.user(.leave(session: "")), to: replaced) }
        }
        invitations += 1
        let name = "invitation-\(invitations)"
        let reception = SessionReception(
            name, of: request, in: key, files: files(of: name, with: request.originator), replacing: replaced,
            profile: profile, identifiers: &identifiers)
        start(reception, session: name, peer: request.originator)
        if let id = procedures.sessions[name]?.procedure { procedures.pendingInvites[key] = id }
    }

    private mutating func answer(_ status: Int, _ request: SIPMessage, in key: TransactionKey) {
        signal(signalling.respond(key, with: fields.response(status, to: request, tag: identifiers.tag())))
    }
}
