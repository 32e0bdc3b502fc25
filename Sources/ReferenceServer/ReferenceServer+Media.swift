import MSRP
import Network

/// Messages between the MSRP port, the relay and the sessions of the server itself.
extension ReferenceServer {
    mutating func receive(_ bytes: [UInt8], onMedia id: ConnectionID) {
        let reception = msrp.receive(bytes, on: id)
        var isForged = false
        for message in reception.messages where msrp.owns(id) && !isForged {
            isForged = !msrp.isGenuine(message, on: id)
            if !isForged { take(message, on: id) }
        }
        guard reception.isBroken || isForged else { return }
        perform(msrp.close(id))
        ended(id)
    }

    private mutating func take(_ message: MSRPMessage, on id: ConnectionID) {
        if let effects = relay.receive(message, on: id) {
            perform(effects)
        } else if let effects = endpoint.receive(message, on: id) {
            perform(effects)
        } else if let answer = message.answer(.noSuchSession) {
            perform(msrp.write(answer, on: id))
        }
    }

    mutating func connected(_ id: ConnectionID) {
        perform(relay.connected(id))
        perform(endpoint.connected(id))
    }

    /// Tells all whose connection it was that it is over.
    mutating func ended(_ id: ConnectionID) {
        perform(relay.closed(id))
        perform(endpoint.closed(id))
    }

    /// Opens a connection for a session along its path; nil when there is none to be had.
    mutating func open(along path: [String], for session: String) -> ConnectionID? {
        guard let (id, activities) = msrp.open(along: path, for: session, numbers: &numbers) else { return nil }
        perform(activities)
        return id
    }

    /// Does what the owner of a dialog wants of a session that the dialog has.
    mutating func perform(_ command: MSRPEndpoint.Command, for owner: DialogOwner) {
        switch command {
        case .open(let end): mediaOwners[end.session] = owner
        case .close(let session): mediaOwners[session] = nil
        case .send, .judge, .report: break
        }
        perform(endpoint.perform(command))
    }

    mutating func perform(_ activities: [MSRPTransport.Activity]) {
        for activity in activities {
            switch activity {
            case .watch(let id): watch(id, among: \.silentMSRP, ServerTimer.halfOpen)
            case .unwatch(let id): unwatch(id, among: \.silentMSRP, ServerTimer.halfOpen)
            case .connect(let id, let remote): outbox.append(.connect(id, from: configuration.address, to: remote))
            case .connectSecurely(let id, let remote, let peer):
                outbox.append(.connectSecurely(id, from: configuration.address, to: remote, expecting: peer))
            case .write(let id, let bytes): outbox.append(.write(id, bytes))
            case .close(let id): outbox.append(.close(id))
            }
        }
    }

    mutating func perform(_ effects: [MSRPRelay.Effect]) {
        for effect in effects {
            switch effect {
            case .write(let id, let message): perform(msrp.write(message, on: id))
            case .bind(let leg, let id): perform(msrp.bind(id, to: leg))
            case .release(let leg, let id): perform(msrp.release(id, from: leg))
            case .passed(let message, let session): record(message, in: .relayed(session))
            case .page(let session, let side, let contentType, let body):
                page(body, of: contentType, to: .session(session, side))
            }
        }
    }

    mutating func perform(_ effects: [MSRPEndpoint.Effect]) {
        for effect in effects {
            switch effect {
            case .open(let session, let path):
                perform(endpoint.opening(session, on: open(along: path, for: session)))
            case .write(let bytes, let id): perform(msrp.write(bytes, on: id))
            case .bind(let session, let id): perform(msrp.bind(id, to: session))
            case .release(let session, let id): perform(msrp.release(id, from: session))
            case .arm(let timer, let delay): arm(.media(timer), after: delay)
            case .disarm(let timer): disarm(.media(timer))
            case .notice(let notice, let session): notices.append(.media(notice, session: session))
            }
        }
    }

    /// Tells whoever owns a session what has become of it.
    mutating func deliver(_ notice: MSRPEndpoint.Notice, ofMedia session: String) {
        switch mediaOwners[session] {
        // The messages of 1-to-1 sessions pass through the relay.
        case .session?, nil: break
        case .conference(let id, let participant)?:
            let effects = conferences.change(id) { $0.handle(.media(notice, session: session, of: participant)) }
            record(notice, of: participant, session, accepted: effects ?? [], inConference: id)
            perform(effects ?? [], inConference: id)
        case .delivery(let id)?: handle(.media(notice), inDelivery: id)
        case .sink(let id)?: handle(.media(notice), inSink: id)
        }
    }
}
