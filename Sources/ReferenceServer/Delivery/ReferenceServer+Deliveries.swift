import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Sessions in which users get what the server has kept for them.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.1, §12.2.2.2 and §13.2.1
extension ReferenceServer {
    /// Invites a user to take what waits for him, if he has asked for that.
    ///
    /// §12.2.2.2
    mutating func push(to user: String) {
        if faults.pushesAsPages { sendPages(to: user) }
        if faults.pushes(settings[user]) { handOver(to: user) }
    }

    /// Sends a user the pages that wait for him as they came.
    private mutating func sendPages(to user: String) {
        guard let binding = registrar.bindings(of: user, at: now).first(where: \.isForIM) else { return }
        for case .page(var request) in undelivered(of: user).map(\.content) {
            request.startLine = .request(.message, uri: binding.requestURI)
            for name in [SIPFieldName.via, .route, .recordRoute] { request.remove(name) }
            send(request, for: .page(.notice(nextSerial())))
        }
    }

    /// Invites a user to take what waits for him, if anything does.
    mutating func handOver(to user: String) {
        guard deliveries.count < configuration.limits.sessions,
            let binding = registrar.bindings(of: user, at: now).first(where: \.isForIM)
        else { return }
        let messages = undelivered(of: user)
        guard !messages.isEmpty else { return }
        let id = nextSerial()
        let own = ServiceFunction.deferredMessages.uri(in: configuration.domain)
        let uri = newMediaURI()
        let description = storeDescription(at: uri, .sendOnly, StoreDescription.delivered).offer
        let contact = storeContact(over: binding.uri.target?.transport ?? .udp, tags: [.instantMessaging])
        var invite = SIPMessage(
            .invite, uri: binding.requestURI,
            fields: [
                SIPField(.maxForwards, "70"),
                SIPField(.from, NameAddress(uri: own, parameters: [Parameter("tag", newTag())]).description),
                SIPField(.to, NameAddress(uri: user).description), SIPField(.callID, generator.token(length: 20)),
                SIPField(.cSeq, CSeq(1, .invite).description), SIPField(.contact, contact),
                SIPField(.pAssertedIdentity, NameAddress(uri: own).description),
                SIPField(.acceptContact, "*;\(FeatureTag.instantMessaging.rawValue)"),
                SIPField(.userAgent, ReleaseVersion.server), SIPField(.supported, "timer"),
                SIPField(.allow, dialogTerms.allow),
            ])
        invite.fields += dialogTerms.timerPolicy.offer(refresher: .client)
        invite.add(.contentType, "application/sdp")
        invite.body = description.serialized()
        deliveries[id] = .inviting(user, to: items(messages), at: uri)
        call(invite, terms: dialogTerms, for: .delivery(id))
    }

    /// Takes the invitation of a user who wants his deferred messages: those that he lists, or all.
    ///
    /// §12.2.1
    mutating func retrieveDeferredMessages(_ request: SIPMessage, _ key: TransactionKey, by user: String) {
        do throws(Refusal) {
            guard configuration.policy.deferredMessageUsers?.contains(user) ?? true else {
                throw Refusal(403, .serviceNotAuthorised)
            }
            let wanted = SessionRequest(request)
            try accept(request, wanted, key, for: user) { server throws(Refusal) in
                try server.wantedMessages(wanted.list, of: user)
            }
        } catch {
            refuse(error, key)
        }
    }

    private mutating func wantedMessages(
        _ list: [String]?, of user: String
    ) throws(Refusal) -> [DeliverySession.Item] {
        let waiting = undelivered(of: user)
        guard let list else {
            guard !waiting.isEmpty else { throw Refusal(488, .noMessages) }
            return items(waiting)
        }
        let ids = list.map(\.canonicalURI)
        guard ids.allSatisfy({ deferred.owner(of: $0) ?? user == user }) else {
            throw Refusal(403, .serviceNotAuthorised)
        }
        let wanted = faults.found(waiting.filter { ids.contains($0.id) }, among: waiting)
        guard !wanted.isEmpty else { throw Refusal(404) }
        return items(wanted)
    }

    /// Accepts an invitation, unless it offers something else than to receive.
    mutating func accept(
        _ request: SIPMessage, _ wanted: SessionRequest, _ key: TransactionKey, for user: String,
        handing items: (inout ReferenceServer) throws(Refusal) -> [DeliverySession.Item]
    ) throws(Refusal) {
        guard deliveries.count < configuration.limits.sessions else {
            throw Refusal(503, fields: [SIPField(.retryAfter, "60")])
        }
        let uri = newMediaURI()
        let own = storeDescription(at: uri, .sendOnly, StoreDescription.delivered)
        guard let offer = wanted.offer, let (answer, line) = own.answer(offer) else {
            throw refusalOfDirection(own.mirrored)
        }
        let items = try items(&self)
        var terms = dialogTerms
        terms.extensions.insert("recipient-list-invite")
        let contact = storeContact(over: hopTransport(of: key), tags: [.instantMessaging])
        let dialog = try ServedDialog.invited(request, key, localTag: newTag(), contact: contact, terms: terms)
        let end = MSRPEndpoint.End(localURI: uri, remotePath: line.path, role: .waits)
        let (session, effects) = DeliverySession.accepting(
            user, DialogAnswer(fields: [SIPField(.server, ReleaseVersion.server)], body: answer.serialized()),
            handing: items, at: end, within: configuration.limits.halfOpenConnection)
        let id = nextSerial()
        deliveries[id] = session
        admit(dialog, for: .delivery(id))
        perform(effects, inDelivery: id)
    }

    mutating func handle(_ event: DeliverySession.Event, inDelivery id: Int) {
        guard let effects = deliveries[id]?.handle(event) else { return }
        perform(effects, inDelivery: id)
    }

    private mutating func perform(_ effects: [DeliverySession.Effect], inDelivery id: Int) {
        for effect in effects {
            switch effect {
            case .command(.release) where !faults.releasesDeliveries: break
            case .command(let command): self.command(command, to: .delivery(id))
            case .media(let command): perform(command, for: .delivery(id))
            case .delivered(let item):
                // What has been recorded stays until it is deleted.
                if let user = deliveries[id]?.user, deferred.owner(of: item) == user, faults.discardsDelivered {
                    discard([item], of: user)
                }
            case .arm(let delay): arm(.delivery(id), after: delay)
            case .disarm: disarm(.delivery(id))
            case .end: deliveries[id] = nil
            }
        }
    }

    /// What waits for a user and is not being handed over already.
    private func undelivered(of user: String) -> [DeferredMessage] {
        let underWay = Set(deliveries.values.filter { $0.user == user }.flatMap(\.items).map(\.id))
        return deferred[user].filter { !underWay.contains($0.id) }
    }

    private mutating func items(_ messages: [DeferredMessage]) -> [DeliverySession.Item] {
        faults.handedOver(messages).map { $0.item(boundary: generator.token(length: 16)) }
    }
}

/// What sessions about stores are made of.
extension ReferenceServer {
    mutating func newMediaURI() -> MSRPURI {
        configuration.mediaPlace.uri(session: generator.token(length: 16))
    }

    mutating func storeDescription(
        at uri: MSRPURI, _ direction: Direction, _ types: [String]
    ) -> StoreDescription {
        StoreDescription(
            uri: uri, place: configuration.mediaPlace, sessionID: String(generator.next() >> 33),
            direction: direction, types: types)
    }

    /// The Contact of the server where it is no person's client.
    ///
    /// RFC 3840 §10: `automata`
    mutating func storeContact(over transport: TransportProtocol, tags: [FeatureTag]) -> String {
        let uri = configuration.uri(of: generator.token(length: 8), over: transport)
        return NameAddress(
            uri: uri, parameters: faults.machineParameters(tags.map(\.parameter) + [Parameter("automata")])
        ).description
    }

    func hopTransport(of key: TransactionKey) -> TransportProtocol {
        transactions.hop(of: key)?.transport ?? .udp
    }

    /// The refusal of an offer that does not go in the one direction, with the description that would do.
    ///
    /// §12.2.1 step 2, §13.2.1 step 3
    func refusalOfDirection(_ description: SessionDescription) -> Refusal {
        var refusal = Refusal(488, because: "Only receiving is possible")
        refusal.fields = [SIPField(.contentType, "application/sdp")]
        refusal.body = description.serialized()
        return refusal
    }
}
