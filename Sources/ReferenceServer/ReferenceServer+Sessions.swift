import Bytes
import MSRP
import Network
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Sessions of which the server is a back-to-back user agent.
extension ReferenceServer {
    /// The session that a request belongs to, and the party that has sent it.
    func session(of request: SIPMessage) -> (id: Int, side: Side)? {
        guard let dialog = DialogID(received: request), let id = sessionsByDialog[dialog],
            let side = sessions[id]?.dialogs[dialog]
        else { return nil }
        return (id, side)
    }

    mutating func beginSession(_ request: IMRequest, _ key: TransactionKey, to binding: Binding) {
        guard sessions.count < configuration.limits.sessions else {
            return refuse(Refusal(503, fields: [SIPField(.retryAfter, "60")]), key)
        }
        let transport = binding.uri.target?.transport ?? .udp
        let legs = [
            Side.caller: leg(over: transactions.hop(of: key)?.isReliable == true ? .tcp : .udp, for: request.kind),
            .callee: leg(over: transport, for: request.kind),
        ]
        let identifiers = IMSession.Identifiers(
            callerTag: newTag(), calleeTag: newTag(), callID: generator.token(length: 20))
        let surroundings = IMSession.Surroundings(
            mediaAddress: configuration.msrpAddress, timing: configuration.timing,
            ringing: configuration.limits.ringing)
        let callee = IMSession.Callee(
            identity: Originator(user: request.recipient), contact: binding.requestURI)
        do throws(Refusal) {
            let (session, effects) = try IMSession.begin(
                request, key, to: callee, legs: legs, identifiers: identifiers, surroundings: surroundings)
            let id = nextSerial()
            sessions[id] = session
            sessionsByInvite[key] = id
            perform(effects, inSession: id)
        } catch {
            refuse(error, key)
        }
    }

    mutating func handle(_ event: IMSession.Event, inSession id: Int) {
        guard let effects = sessions[id]?.handle(event) else { return }
        for dialog in sessions[id]?.dialogs.keys.map({ $0 }) ?? [] { sessionsByDialog[dialog] = id }
        perform(effects, inSession: id)
    }

    private mutating func leg(over transport: TransportProtocol, for kind: IMRequest.Kind) -> SessionLeg {
        let address = configuration.sipAddress
        let parameter = transport == .tcp ? ";transport=tcp" : ""
        let tags: [FeatureTag] = kind == .largeMessage ? [.instantMessaging, .largeMessage] : [.instantMessaging]
        let contact = NameAddress(
            uri: "sip:\(generator.token(length: 8))@\(address)\(parameter)", parameters: tags.map(\.parameter))
        return SessionLeg(
            contact: contact.description,
            mediaURI: MSRPURI(
                host: address.address.host, port: configuration.msrpPort, sessionID: generator.token(length: 16)),
            descriptionID: String(generator.next() >> 33))
    }

    private mutating func perform(_ effects: [IMSession.Effect], inSession id: Int) {
        for effect in effects {
            switch effect {
            case .respond(let response, let key): respond(response, key)
            case .refuse(let refusal, let key): refuse(refusal, key, toTag: sessions[id]?.callerTag)
            case .send(let request, let errand): send(request, for: .session(id, errand))
            case .acknowledge(let ack): acknowledge(ack)
            case .cancel(let errand): cancel(.session(id, errand))
            case .abandon(let errand): abandon(.session(id, errand))
            case .arm(let timer, let delay): arm(.session(id, timer), after: delay)
            case .disarm(let timer): disarm(.session(id, timer))
            case .bridge(let caller, let callee): bridge(id, caller: caller, callee: callee)
            case .stopRelaying: stopRelaying(id)
            case .end: end(id)
            }
        }
    }

    private mutating func bridge(_ id: Int, caller: [String], callee: [String]) {
        guard let legs = sessions[id]?.legs, let callerLeg = legs[.caller], let calleeLeg = legs[.callee] else {
            return
        }
        perform(
            relay.bridge(
                id, caller: MSRPRelay.Party(uri: callerLeg.mediaURI, path: caller),
                callee: MSRPRelay.Party(uri: calleeLeg.mediaURI, path: callee), numbers: &numbers))
    }

    private mutating func stopRelaying(_ id: Int) {
        let legs = Side.allCases.compactMap { sessions[id]?.legs[$0]?.mediaURI.sessionID }
        perform(relay.stop(id, legs: legs))
    }

    private mutating func end(_ id: Int) {
        guard let session = sessions.removeValue(forKey: id) else { return }
        sessionsByInvite[session.inviteKey] = nil
        for dialog in session.dialogs.keys { sessionsByDialog[dialog] = nil }
        for timer in IMSession.Timer.all { disarm(.session(id, timer)) }
    }

    mutating func perform(_ effects: [MSRPRelay.Effect]) {
        for effect in effects {
            switch effect {
            case .connect(let id, let remote): outbox.append(.connect(id, from: configuration.address, to: remote))
            case .write(let id, let bytes): outbox.append(.write(id, bytes))
            case .close(let id): outbox.append(.close(id))
            case .watch(let id): arm(.halfOpen(id), after: configuration.limits.halfOpenConnection)
            case .unwatch(let id): disarm(.halfOpen(id))
            case .page(let session, let side, let contentType, let body):
                page(body, of: contentType, in: session, to: side)
            }
        }
    }

    /// Delivers a text of a session by SIP, as only a defect wants it.
    private mutating func page(_ body: [UInt8], of contentType: String, in session: Int, to side: Side) {
        guard let dialog = sessions[session]?.legs[side]?.dialog else { return }
        var from = dialog.local
        from.parameters = [Parameter("tag", newTag())]
        let fields = [
            SIPField(.maxForwards, "70"), SIPField(.from, from.description), SIPField(.to, dialog.remote.description),
            SIPField(.callID, generator.token(length: 20)), SIPField(.cSeq, CSeq(1, .message).description),
            SIPField(.pAssertedIdentity, NameAddress(uri: dialog.localURI).description),
            SIPField(.acceptContact, "*;\(FeatureTag.instantMessaging.rawValue)"),
            SIPField(.userAgent, ReleaseVersion.server), SIPField(.contentType, contentType),
        ]
        sendExtra(SIPMessage(.message, uri: dialog.remoteTarget, fields: fields, body: body))
    }
}
