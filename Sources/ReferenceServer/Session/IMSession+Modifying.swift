import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Requests within an established session, other than BYE.
extension IMSession {
    mutating func requested(_ request: SIPMessage, _ key: TransactionKey, by side: Side) -> [Effect] {
        switch legs[side]?.dialog?.accepts(request) {
        case nil, .foreign?: return [.refuse(Refusal(481), key)]
        case .outOfOrder?, .repeated?: return [.refuse(Refusal(500, because: "CSeq out of order"), key)]
        case .inOrder?: break
        }
        if let refusal = RequestValidation().refusal(of: request, understanding: Self.extensions) {
            return [.refuse(refusal, key)]
        }
        switch request.method {
        case .bye?:
            return [.respond(SIPMessage(status: 200, to: request), key)] + release([side.other])
        case .invite?:
            return modify(request, key, by: side)
        case .options?:
            var response = SIPMessage(status: 200, to: request)
            response.add(.allow, Self.allowed)
            return [.respond(response, key)]
        case let method?:
            return [.refuse(Refusal(method.isKnown ? 405 : 501, fields: [SIPField(.allow, Self.allowed)]), key)]
        case nil:
            return []
        }
    }

    /// Passes a re-INVITE on to the other party.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2.4 and §6.1.2.2.3; RFC 3261 §14.2 for two at a time
    private mutating func modify(_ request: SIPMessage, _ key: TransactionKey, by side: Side) -> [Effect] {
        guard modification?.by != side, !awaitsAcknowledgement(of: side) else {
            return [.refuse(Refusal(500, fields: [SIPField(.retryAfter, "1")]), key)]
        }
        guard modification == nil, reinvitations.isEmpty else { return [.refuse(Refusal(491), key)] }
        guard let offer = try? SessionDescription(parsing: request.body), !offer.media.isEmpty else {
            return [.refuse(Refusal(488, because: "No session description"), key)]
        }
        if case .tooShort(let minimum) = surroundings.timerPolicy.answer(to: request, preferring: .server) {
            return [.refuse(Refusal(422, fields: [SIPField(.minSE, String(minimum))]), key)]
        }
        modification = Modification(by: side, request: request, key: key)
        let other = side.other
        let body = legs[other]?.describe(offer, at: surroundings.mediaAddress) ?? []
        return reinvite(other, for: .modify(other), body: body)
    }

    mutating func modified(_ response: SIPMessage, by side: Side) -> [Effect] {
        guard let invite = reinvitations[.modify(side)] else { return repeatedAnswer(response, by: side) }
        guard !response.isProvisional else { return modificationProceeds() }
        reinvitations[.modify(side)] = nil
        guard let modification, response.isSuccess, let answer = try? SessionDescription(parsing: response.body) else {
            let ack = response.isSuccess ? acknowledge(invite, to: side) : []
            return ack + refused(response, by: side)
        }
        self.modification = nil
        legs[side]?.dialog?.receive(response)
        legs[side]?.timer = SessionTimer(client: response)?.bounded
        var effects = acknowledge(invite, to: side)
        let offer = try? SessionDescription(parsing: modification.request.body)
        if let theirs = offer?.anchor?.path, let ours = answer.anchor?.path {
            effects.append(
                modification.by == .caller
                    ? .bridge(caller: theirs, callee: ours) : .bridge(caller: ours, callee: theirs))
        }
        let success = success(to: modification.request, for: modification.by, answer: answer, like: response)
        return effects + timers(of: side) + accept(success, modification.key, from: modification.by)
    }

    /// RFC 3261 §14.1: the session stays as it was, unless the other party no longer knows it.
    private mutating func refused(_ response: SIPMessage, by side: Side) -> [Effect] {
        guard let modification else { return [] }
        self.modification = nil
        let answer =
            response.isSuccess
            ? Effect.refuse(Refusal(488), modification.key)
            : .respond(response.answer(to: modification.request, toTag: callerTag), modification.key)
        let isOver = response.status == 481 || response.status == 408
        return [answer] + (isOver ? release([modification.by]) : [])
    }

    /// The party that modifies gives up; it hears so when the other party has.
    mutating func cancelModification() -> [Effect] {
        guard let modification else { return [] }
        switch modification.progress {
        case .calling, .cancelAwaited:
            self.modification?.progress = .cancelAwaited
            return []
        case .proceeding:
            self.modification?.progress = .cancelled
            return [.cancel(.modify(modification.by.other))]
        case .cancelled:
            return []
        }
    }

    private mutating func modificationProceeds() -> [Effect] {
        guard let modification else { return [] }
        switch modification.progress {
        case .calling, .proceeding:
            self.modification?.progress = .proceeding
            return []
        case .cancelAwaited:
            self.modification?.progress = .cancelled
            return [.cancel(.modify(modification.by.other))]
        case .cancelled:
            return []
        }
    }

    mutating func modificationFailed(_ refusal: Refusal) -> [Effect] {
        guard let modification else { return [] }
        self.modification = nil
        return [.refuse(refusal, modification.key)]
    }

    /// Sends a re-INVITE that says what has been said before.
    ///
    /// RFC 4028 §7.4
    mutating func refresh(_ side: Side) -> [Effect] {
        guard modification == nil, reinvitations.isEmpty, let description = legs[side]?.description else {
            return [.arm(.refresh(side), after: surroundings.timing.timeout)]
        }
        return reinvite(side, for: .refresh(side), body: description.serialized())
    }

    mutating func refreshed(_ response: SIPMessage, by side: Side) -> [Effect] {
        guard let invite = reinvitations[.refresh(side)] else { return repeatedAnswer(response, by: side) }
        guard !response.isProvisional else { return [] }
        reinvitations[.refresh(side)] = nil
        legs[side]?.dialog?.receive(response)
        switch response.status ?? 0 {
        case 200...299:
            legs[side]?.timer = SessionTimer(client: response)?.bounded
            return acknowledge(invite, to: side) + timers(of: side)
        case 408, 481:
            return release([side.other])
        default:
            return []
        }
    }

    private mutating func reinvite(_ side: Side, for errand: Errand, body: [UInt8]) -> [Effect] {
        guard let leg = legs[side] else { return [] }
        let refresher: SessionInterval.Refresher = leg.timer?.role == .refreshes ? .client : .server
        var fields = [SIPField(.contact, leg.contact), SIPField(.userAgent, ReleaseVersion.server)]
        fields += [SIPField(.supported, "timer"), SIPField(.allow, Self.allowed)]
        fields += surroundings.timerPolicy.offer(refresher: refresher)
        fields.append(SIPField(.contentType, "application/sdp"))
        guard let request = legs[side]?.dialog?.request(.invite, fields: fields, body: body) else { return [] }
        reinvitations[errand] = request
        return [.send(request, errand)]
    }

    private mutating func acknowledge(_ invite: SIPMessage, to side: Side) -> [Effect] {
        guard let ack = legs[side]?.dialog?.ack(for: invite) else { return [] }
        acknowledgements[side] = ack
        return [.acknowledge(ack)]
    }

    private func repeatedAnswer(_ response: SIPMessage, by side: Side) -> [Effect] {
        response.isSuccess ? acknowledgements[side].map { [.acknowledge($0)] } ?? [] : []
    }
}

extension SIPMethod {
    /// Whether some RFC defines the method.
    var isKnown: Bool {
        let known: Set<SIPMethod> = [
            .invite, .ack, .bye, .cancel, .register, .options, .message, .publish, .subscribe, .notify, .refer, .info,
            .update, .prack,
        ]
        return known.contains(self)
    }
}
