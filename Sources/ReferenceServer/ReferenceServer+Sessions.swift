import Bytes
import MSRP
import Network
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Sessions of which the server is a back-to-back user agent.
extension ReferenceServer {
    mutating func beginSession(_ request: IMRequest, _ key: TransactionKey, to binding: Binding) {
        guard sessions.count < configuration.limits.sessions else {
            return refuse(Refusal(503, fields: [SIPField(.retryAfter, "60")]), key)
        }
        guard let offer = request.offer else { return refuse(Refusal(488), key) }
        let transport = binding.uri.target?.transport ?? .udp
        let callerLeg = leg(over: hopTransport(of: key), for: request.kind)
        let calleeLeg = leg(over: transport, for: request.kind)
        do throws(Refusal) {
            let dialog = try ServedDialog.invited(
                request.message, key, localTag: newTag(), contact: callerLeg.contact, terms: dialogTerms)
            let callee = Originator(user: request.recipient)
            let (session, description) = IMSession.begin(
                offering: offer, to: callee, legs: [.caller: callerLeg, .callee: calleeLeg],
                at: configuration.mediaPlace, faults: faults)
            let invitation = SessionInvitation(
                request: request, callee: callee, target: binding.requestURI(for: request.message),
                contact: calleeLeg.contact,
                tag: newTag(), callID: generator.token(length: 20))
            let id = nextSerial()
            sessions[id] = session
            noteWishes(to: request, inSession: id)
            admit(dialog, for: .session(id, .caller))
            call(invitation.message(dialogTerms, body: description), terms: dialogTerms, for: .session(id, .callee))
        } catch {
            refuse(error, key)
        }
    }

    mutating func handle(_ notice: ServedDialog.Notice, of side: Side, inSession id: Int) {
        for effect in sessions[id]?.handle(notice, of: side) ?? [] {
            switch effect {
            case .command(let command, let side): self.command(command, to: .session(id, side))
            case .relay(let lines, let offerer): relay(lines, offeredBy: offerer, inSession: id)
            case .end: endSession(id)
            }
        }
    }

    private mutating func leg(over transport: TransportProtocol, for kind: IMRequest.Kind) -> SessionLeg {
        let tags: [FeatureTag] = kind == .largeMessage ? [.instantMessaging, .largeMessage] : [.instantMessaging]
        let contact = NameAddress(
            uri: configuration.uri(of: generator.token(length: 8), over: transport), parameters: tags.map(\.parameter))
        return SessionLeg(
            contact: contact.description,
            mediaURI: configuration.mediaPlace.uri(session: generator.token(length: 16)),
            descriptionID: String(generator.next() >> 33))
    }

    /// Relays the messages of these lines, and of no other line of the session any more.
    private mutating func relay(_ lines: [IMSession.RelayedLine], offeredBy offerer: Side, inSession id: Int) {
        guard let legs = sessions[id]?.legs else { return }
        beginWishedRecordings(ofSession: id)
        func party(_ side: Side, _ line: IMSession.RelayedLine) -> MSRPRelay.Party? {
            guard let uri = legs[side]?.mediaURI(ofLine: line.line), let path = line.paths[side] else { return nil }
            return MSRPRelay.Party(side: side, uri: uri, path: path, carriesFile: line.isFile)
        }
        let parties = lines.compactMap { line in
            party(offerer, line).flatMap { first in party(offerer.other, line).map { (first, $0) } }
        }
        let kept = Set(parties.flatMap { [$0.0.uri.sessionID, $0.1.uri.sessionID] })
        perform(relay.stop(id, legs: relay.legs(of: id).filter { !kept.contains($0) }))
        for (offering, answering) in parties {
            if relay.relays(offering.uri, answering.uri) {
                relay.redirect(offering)
                relay.redirect(answering)
            } else {
                let connection = open(along: answering.path, for: answering.uri.sessionID ?? "")
                relay.bridge(id, offerer: offering, answerer: answering, over: connection)
            }
        }
    }

    mutating func endSession(_ id: Int) {
        sessions[id] = nil
        endRecordings(of: .relayed(id))
        relay.recorded.remove(id)
        perform(relay.stop(id, legs: relay.legs(of: id)))
    }

    /// Delivers a text of a session by SIP, as only a defect wants it.
    mutating func page(_ body: [UInt8], of contentType: String, to owner: DialogOwner) {
        guard let dialog = dialogs.dialog(of: owner).flatMap({ dialogs[$0]?.dialog }) else { return }
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
