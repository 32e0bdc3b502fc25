import Bytes

/// Constructing responses and reports, and taking those of the peer.
///
/// RFC 4975 §7.1.2, §7.1.3 and §7.2
extension MSRPSession {
    /// The response to a request, unless the request does not want this one.
    func respond(_ status: MSRPStatusCode, to request: MSRPMessage) -> [Effect] {
        switch request.failureReport ?? .yes {
        case .no: return []
        case .partial where status == .ok: return []
        case .partial, .yes: return write(MSRPMessage(status: status.rawValue, to: request), altered: [])
        }
    }

    /// Reports to the sender, along the path that the message came, that all of it has arrived.
    mutating func reportSuccess(of message: MSRPIncoming, to path: [String]) -> [Effect] {
        let status = StatusHeader(200, comment: MSRPStatusCode.ok.comment)
        return send(MSRPReport(messageID: message.messageID, size: message.body.count, status: status), along: path)
    }

    mutating func send(_ report: MSRPReport, along path: [String]) -> [Effect] {
        let fields = [
            MSRPField(.messageID, report.messageID),
            MSRPField(.byteRange, ByteRange(start: 1, end: report.size, total: report.size).description),
            MSRPField(.status, report.status.description),
        ]
        let content = report.contentType.map { [MSRPField(.contentType, $0)] } ?? []
        let request = compose(
            "REPORT", to: path, fields: fields + content, body: report.body, continuation: .complete)
        return write(request, altered: [])
    }

    /// Takes a report, which is never answered.
    func takeReport(_ report: MSRPMessage) -> [Effect] {
        let answer =
            alterations.contains(.answerReports) ? write(MSRPMessage(status: 200, to: report), altered: []) : []
        guard isAddressedRightly(report), let messageID = report.messageID else { return answer }
        let status = report.statusHeader.map {
            Effect.reported(messageID: messageID, status: $0.status, range: report.byteRange)
        }
        let content = report.body.map { body in
            Effect.enclosed(
                MSRPIncoming(messageID: messageID, contentType: report.contentType ?? "text/plain", body: body))
        }
        return answer + [status, content].compactMap(\.self)
    }

    /// Takes a response to one of our chunks.
    mutating func settle(_ transactionID: String, status: Int) -> [Effect] {
        guard let messageID = transactions.removeValue(forKey: transactionID) else { return [] }
        guard let index = departures.firstIndex(where: { $0.messageID == messageID }) else {
            return status == 200 ? [] : [.answered(messageID: messageID, status: status)]
        }
        let wasAwaited = departures[index].awaited.remove(transactionID) != nil
        var effects: [Effect] = wasAwaited ? [.cancel(.response(transactionID))] : []
        guard status == 200 else {
            effects += drop(index)
            return effects + [.answered(messageID: messageID, status: status)] + sendChunks()
        }
        if departures[index].isSent, departures[index].awaited.isEmpty {
            departures.remove(at: index)
            effects.append(.answered(messageID: messageID, status: 200))
        }
        return effects + sendChunks()
    }

    /// Treats a missing response as 408 (RFC 4975 §7.1.1).
    mutating func timeOut(_ transactionID: String) -> [Effect] {
        guard let messageID = transactions.removeValue(forKey: transactionID),
            let index = departures.firstIndex(where: { $0.messageID == messageID })
        else { return [] }
        departures[index].awaited.remove(transactionID)
        return drop(index) + [.timedOut(messageID: messageID)] + sendChunks()
    }

    /// Forgets a message of ours that has failed, and the transactions it had under way.
    private mutating func drop(_ index: Int) -> [Effect] {
        let departure = departures.remove(at: index)
        for transactionID in departure.awaited { transactions[transactionID] = nil }
        return departure.timers.map(Effect.cancel)
    }
}
