import Bytes
import MSRP
import Network

/// Messages from one leg to the other.
extension MSRPRelay {
    /// Takes a message that is for one of the legs.
    ///
    /// - Returns: nil when it is for none.
    mutating func receive(_ message: MSRPMessage, on id: ConnectionID) -> [Effect]? {
        guard let leg = leg(of: message) else { return nil }
        let binding: [Effect]
        switch legs[leg]?.link {
        case .open(id)?:
            binding = []
        case .open?, .opening?:
            return answer(message, .boundElsewhere, on: id)
        case .awaited?, .broken?, nil:
            binding = [.bind(leg: leg, id)] + opened(leg, on: id)
        }
        switch message.startLine {
        case .response:
            return binding + passBack(message, from: leg)
        case .request("SEND") where message.body == nil && message.continuation == .complete:
            // It only names the session: RFC 4975 §5.4.
            return answer(message, .ok, on: id) + binding
        case .request("SEND"), .request("REPORT"):
            return binding + pass(message, from: leg, on: id)
        case .request:
            return binding + answer(message, .unknownMethod, on: id)
        }
    }

    /// Sends what has waited for a connection, which the server must let know its session if it has opened it.
    mutating func opened(_ leg: String, on id: ConnectionID) -> [Effect] {
        guard let before = legs[leg] else { return [] }
        legs[leg]?.link = .open(id)
        if case .opening(_, []) = before.link {
            let naming = MSRPMessage(
                transactionID: generator.token(length: 12), .request(method: "SEND"), toPath: before.remotePath,
                fromPath: [before.uri.description], fields: [MSRPField(.messageID, generator.token(length: 16))])
            return [.write(id, naming)]
        }
        return before.waiting.map { .write(id, $0) }
    }

    /// Answers in the place of a party that cannot be reached any more.
    mutating func broken(_ leg: String) -> [Effect] {
        guard let ended = legs[leg] else { return [] }
        legs[leg]?.link = .broken
        legs[leg]?.unanswered = [:]
        return ended.unanswered.sorted { $0.key < $1.key }.flatMap { transactionID, origin in
            let status = MSRPStatusCode.timeout
            let answer = MSRPMessage(
                transactionID: transactionID, .response(status: status.rawValue, comment: status.comment),
                toPath: origin.toPath, fromPath: origin.fromPath)
            return write(answer, to: ended.other)
        }
    }

    private func leg(of message: MSRPMessage) -> String? {
        guard let first = message.toPath.first, let uri = try? MSRPURI(parsing: first), let id = uri.sessionID,
            legs[id]?.uri.isEquivalent(to: uri) == true
        else { return nil }
        return id
    }

    /// The answer of the server itself, where one is due.
    private func answer(_ request: MSRPMessage, _ status: MSRPStatusCode, on id: ConnectionID) -> [Effect] {
        request.answer(status).map { [.write(id, $0)] } ?? []
    }

    private mutating func pass(_ request: MSRPMessage, from leg: String, on id: ConnectionID) -> [Effect] {
        guard let from = legs[leg], let to = legs[from.other] else { return answer(request, .noSuchSession, on: id) }
        if to.link == .broken { return answer(request, .noSuchSession, on: id) }
        let treatment = faults.treatment(of: request, generator: &generator)
        let room = limits.connectionBuffer - to.waiting.reduce(0) { $0 + ($1.body?.count ?? 0) + 512 }
        guard room > request.body?.count ?? 0 else { return answer(request, .stopSending, on: id) }
        var effects: [Effect] = []
        if request.method == "SEND", recorded.contains(from.session) {
            effects.append(.passed(request, session: from.session))
        }
        for copy in treatment.forwarded {
            note(request, in: from.other)
            effects += write(faults.addressed(copy, toPath: to.remotePath, fromPath: to.uri), to: from.other)
        }
        for copy in treatment.returned {
            effects += write(faults.addressed(copy, toPath: from.remotePath, fromPath: from.uri), to: leg)
        }
        if let page = treatment.page {
            effects.append(.page(session: from.session, to: to.side, contentType: page.contentType, body: page.body))
        }
        if treatment.answer == .ok, request.failureReport != .no {
            effects.append(.write(id, MSRPMessage(status: 200, to: request)))
        }
        return effects
    }

    /// Remembers where the answer to a request goes, if there will be one.
    private mutating func note(_ request: MSRPMessage, in leg: String) {
        guard request.method == "SEND", request.failureReport != .no,
            legs[leg]?.unanswered.count ?? 0 < RelayLeg.maximumUnanswered
        else { return }
        legs[leg]?.unanswered[request.transactionID] = RelayLeg.Origin(
            toPath: Array(request.fromPath.prefix(1)), fromPath: Array(request.toPath.prefix(1)))
    }

    private mutating func passBack(_ response: MSRPMessage, from leg: String) -> [Effect] {
        guard let from = legs[leg], let origin = legs[leg]?.unanswered.removeValue(forKey: response.transactionID),
            faults.passesBack(response)
        else { return [] }
        var answer = response
        answer.toPath = origin.toPath
        answer.fromPath = origin.fromPath
        return write(answer, to: from.other)
    }

    private mutating func write(_ message: MSRPMessage, to leg: String) -> [Effect] {
        switch legs[leg]?.link {
        case .open(let id)?:
            return [.write(id, message)]
        case .opening(let id, let waiting)?:
            legs[leg]?.link = .opening(id, waiting + [message])
            return []
        case .awaited(let waiting)?:
            legs[leg]?.link = .awaited(waiting + [message])
            return []
        case .broken?, nil:
            return []
        }
    }
}
