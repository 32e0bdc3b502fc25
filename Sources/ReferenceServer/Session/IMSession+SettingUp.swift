import Network
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// From the INVITE of the caller to its ACK.
extension IMSession {
    /// What a session is told about the server when it begins.
    struct Surroundings {
        let mediaAddress: SocketAddress
        let timing: TransactionTiming
        let ringing: Duration
        var timerPolicy = SessionTimerPolicy()
    }

    /// The identifiers that a session begins with.
    struct Identifiers {
        let callerTag: String
        let calleeTag: String
        let callID: String
    }

    /// Who is called, as the core knows him.
    struct Callee {
        let identity: Originator
        /// The contact that the INVITE goes to.
        let contact: String
    }

    static let allowed = "INVITE, ACK, CANCEL, BYE, OPTIONS"
    static let extensions: Set<String> = ["timer", "pref"]

    /// Invites the callee on behalf of the caller, whose request has passed all checks.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.2.2
    static func begin(
        _ request: IMRequest, _ key: TransactionKey, to callee: Callee, legs: [Side: SessionLeg],
        identifiers: Identifiers, surroundings: Surroundings
    ) throws(Refusal) -> (IMSession, [Effect]) {
        guard let offer = request.offer, var calleeLeg = legs[.callee] else { throw Refusal(488) }
        if let refusal = RequestValidation().refusal(of: request.message, understanding: extensions) { throw refusal }
        if case .tooShort(let minimum) = surroundings.timerPolicy.answer(to: request.message, preferring: .server) {
            throw Refusal(422, fields: [SIPField(.minSE, String(minimum))])
        }
        let body = calleeLeg.describe(offer, at: surroundings.mediaAddress)
        var legs = legs
        legs[.callee] = calleeLeg
        let outgoing = invitation(
            for: request, to: callee, contact: calleeLeg.contact, identifiers: identifiers,
            timer: surroundings.timerPolicy, body: body)
        let session = IMSession(
            surroundings: surroundings, invite: request.message, inviteKey: key, callerTag: identifiers.callerTag,
            callee: callee.identity, legs: legs, outgoing: outgoing)
        return (session, [.send(outgoing, .invite), .arm(.ringing, after: surroundings.ringing)])
    }

    private static func invitation(
        for request: IMRequest, to callee: Callee, contact: String, identifiers: Identifiers,
        timer: SessionTimerPolicy, body: [UInt8]
    ) -> SIPMessage {
        let original = request.message
        var from = (try? original.from()) ?? NameAddress(uri: request.originator?.user ?? callee.identity.user)
        from.parameters = [Parameter("tag", identifiers.calleeTag)]
        let hops = ((try? original.maxForwards()) ?? 70) - 1
        var invite = SIPMessage(
            .invite, uri: callee.contact,
            fields: [
                SIPField(.maxForwards, String(max(0, hops))), SIPField(.from, from.description),
                SIPField(.to, NameAddress(uri: callee.identity.user).description),
                SIPField(.callID, identifiers.callID), SIPField(.cSeq, CSeq(1, .invite).description),
                SIPField(.contact, contact),
            ])
        let passed: [SIPFieldName] = [.acceptContact, .acceptLanguage, .privacy, .subject, .priority, .referredBy]
        invite.fields += original.fields.filter { passed.contains($0.name) }
        invite.add(.userAgent, ReleaseVersion.server)
        invite.add(.supported, "timer")
        invite.fields += timer.offer(refresher: .server)
        invite.add(.allow, allowed)
        invite.assert(request.originator)
        invite.add(.contentType, "application/sdp")
        invite.body = body
        return invite
    }

    private init(
        surroundings: Surroundings, invite: SIPMessage, inviteKey: TransactionKey, callerTag: String,
        callee: Originator, legs: [Side: SessionLeg], outgoing: SIPMessage
    ) {
        self.surroundings = surroundings
        self.invite = invite
        self.inviteKey = inviteKey
        self.callerTag = callerTag
        self.callee = callee
        self.legs = legs
        self.outgoing = outgoing
    }

    mutating func answered(_ response: SIPMessage) -> [Effect] {
        switch response.status ?? 0 {
        case ...100:
            state = .proceeding
            return []
        case 101...199:
            state = .proceeding
            var passed = response.answer(to: invite, toTag: callerTag)
            passed.add(.contact, legs[.caller]?.contact ?? "")
            return [.respond(passed, inviteKey), .arm(.ringing, after: surroundings.ringing)]
        case 200...299:
            return accept(response)
        default:
            return end([.disarm(.ringing), .respond(response.answer(to: invite, toTag: callerTag), inviteKey)])
        }
    }

    mutating func fail(_ refusal: Refusal) -> [Effect] {
        end([.disarm(.ringing), .refuse(refusal, inviteKey)])
    }

    /// The caller hears the end of it at once; the callee has to be told.
    mutating func giveUp(_ event: Event) -> [Effect] {
        var status = 487
        if case .timer = event { status = 408 }
        return [
            .refuse(Refusal(status), inviteKey), .disarm(.ringing),
            .arm(.cancelled, after: surroundings.timing.timeout),
        ]
    }

    /// Acknowledges a 2xx response that nobody waits for any more, and ends its dialog.
    ///
    /// RFC 3261 §13.2.2.4
    mutating func dismiss(_ response: SIPMessage) -> [Effect] {
        guard response.isSuccess, var dialog = Dialog(client: outgoing, response: response) else { return [] }
        let ack = dialog.ack(for: outgoing)
        return [.acknowledge(ack), .send(dialog.request(.bye), .dismiss)]
    }

    /// The callee has accepted: acknowledge it, and accept towards the caller.
    private mutating func accept(_ response: SIPMessage) -> [Effect] {
        guard let dialog = Dialog(client: outgoing, response: response),
            let answer = try? SessionDescription(parsing: response.body),
            let callerDialog = Dialog(server: invite, localTag: callerTag)
        else { return dismiss(response) + fail(Refusal(502, because: "The answer of the client cannot be used")) }
        legs[.callee]?.dialog = dialog
        legs[.caller]?.dialog = callerDialog
        legs[.callee]?.timer = SessionTimer(client: response)?.bounded
        state = .established
        let ack = dialog.ack(for: outgoing)
        acknowledgements[.callee] = ack
        var effects: [Effect] = [.disarm(.ringing), .acknowledge(ack)]
        if let theirs = (try? SessionDescription(parsing: invite.body))?.anchor, let ours = answer.anchor {
            effects.append(.bridge(caller: theirs.path, callee: ours.path))
        }
        let success = success(to: invite, for: .caller, answer: answer, like: response)
        return effects + timers(of: .callee) + accept(success, inviteKey, from: .caller)
    }

    /// The 2xx response for one party to its INVITE, after that of the other.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.2.2
    mutating func success(
        to request: SIPMessage, for side: Side, answer: SessionDescription, like response: SIPMessage
    ) -> SIPMessage {
        var success = response.answer(to: request, toTag: callerTag)
        let timing = surroundings.timerPolicy.answer(to: request, preferring: .server)
        if case .agreed(let expires, let requirement) = timing {
            legs[side]?.timer = SessionTimer(server: expires).bounded
            success.add(.sessionExpires, expires.description)
            if requirement == .timer { success.add(.require, "timer") }
        }
        success.add(.contact, legs[side]?.contact ?? "")
        success.add(.allow, Self.allowed)
        success.add(.supported, "timer")
        if side == .caller, !response.asksForPrivacy { success.add(.pAssertedIdentity, callee.field) }
        success.add(.contentType, "application/sdp")
        success.body = legs[side]?.describe(answer, at: surroundings.mediaAddress) ?? []
        return success
    }

    /// Sends a 2xx response, and again until its ACK comes.
    mutating func accept(_ response: SIPMessage, _ key: TransactionKey, from side: Side) -> [Effect] {
        let (machine, effects) = AcceptedInvite.begin(timing: surroundings.timing)
        accepted[side] = Accepted(machine: machine, response: response, key: key)
        return effects.flatMap { perform($0, side) } + timers(of: side)
    }

    mutating func care(for side: Side, _ event: AcceptedInvite.Event) -> [Effect] {
        guard var care = accepted[side] else { return [] }
        let effects = care.machine.handle(event)
        accepted[side] = care
        return effects.flatMap { perform($0, side) }
    }

    private mutating func perform(_ effect: AcceptedInvite.Effect, _ side: Side) -> [Effect] {
        guard let care = accepted[side] else { return [] }
        switch effect {
        case .sendResponse: return [.respond(care.response, care.key)]
        case .arm(let timer, let delay): return [.arm(.accepted(side, timer), after: delay)]
        case .cancel(let timer): return [.disarm(.accepted(side, timer))]
        case .reportUnacknowledged: return unacknowledged(by: side)
        }
    }

    /// The callee says again that it accepts, or a second one says it.
    mutating func repeated(_ response: SIPMessage) -> [Effect] {
        guard response.isSuccess else { return [] }
        guard DialogID(response: response) == legs[.callee]?.dialog?.id else { return dismiss(response) }
        return acknowledgements[.callee].map { [.acknowledge($0)] } ?? []
    }
}

extension SIPMessage {
    /// The response that says to a request what this one says to another: status, name of the callee and explanations.
    func answer(to request: SIPMessage, toTag: String) -> SIPMessage {
        guard case .response(let status, let reason) = startLine else { return SIPMessage(status: 500, to: request) }
        var answer = SIPMessage(status: status, reason: reason, to: request, toTag: toTag)
        if let name = (try? self.to())?.displayName, var to = try? answer.to() {
            to.displayName = name
            answer.set(.to, to.description)
        }
        let passed: [SIPFieldName] = [.warning, .retryAfter, .errorInfo, .accept, .privacy, .reason]
        answer.fields += fields.filter { passed.contains($0.name) }
        return answer
    }
}
