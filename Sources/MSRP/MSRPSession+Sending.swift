import Bytes

/// Constructing requests.
///
/// RFC 4975 §7.1
extension MSRPSession {
    /// How long a response may take before it counts as 408.
    ///
    /// RFC 4975 §7.1.1
    package static let responseTimeout = Duration.seconds(30)

    mutating func enqueue(_ message: MSRPOutgoing) {
        let messageID = message.messageID ?? generator.token(length: 16)
        departures.append(Departure(messageID: messageID, message: message))
    }

    /// Sends as many chunks as may be sent, one of each message in turn.
    mutating func sendChunks() -> [Effect] {
        var effects: [Effect] = []
        while true {
            let ready = departures.indices.filter { departures[$0].isReady(window: terms.window) }
            guard !ready.isEmpty else { break }
            for index in ready { effects += sendChunk(of: index) }
        }
        departures.removeAll { $0.isSent && $0.message.failureReport != .yes }
        return effects
    }

    private mutating func sendChunk(of index: Int) -> [Effect] {
        let departure = departures[index]
        let total = departure.message.body.count
        let start = departure.sent
        let end = min(start + (departure.message.chunkSize ?? terms.chunkSize), total)
        let body = Array(departure.message.body[start..<end])
        // A chunk of more than 2048 bytes must be interruptible, which is what `*` says (RFC 4975 §7.1.1).
        let range = ByteRange(start: start + 1, end: body.count > 2048 ? nil : end, total: total)
        let request = compose(
            "SEND", fields: departure.fields(range), body: body, continuation: end == total ? .complete : .more)

        departures[index].sent = end
        departures[index].isSent = end == total
        let effects = write(request, altered: departure.message.alterations)
        guard departure.message.failureReport != .no else { return effects }
        transactions[request.transactionID] = departure.messageID
        guard departure.message.failureReport == .yes else { return effects }
        departures[index].awaited.insert(request.transactionID)
        return effects + [.arm(.response(request.transactionID), after: Self.responseTimeout)]
    }

    /// Tells the peer which session the connection is for.
    mutating func announce() -> [Effect] {
        let fields = [
            MSRPField(.messageID, generator.token(length: 16)),
            MSRPField(.byteRange, ByteRange(start: 1, end: 0, total: 0).description),
        ]
        return write(compose("SEND", fields: fields, body: nil, continuation: .complete), altered: [])
    }

    /// Ends a message of ours with `#` when some of it has been sent, and forgets it otherwise.
    mutating func abort(_ messageID: String) -> [Effect] {
        guard let index = departures.firstIndex(where: { $0.messageID == messageID && !$0.isSent }) else { return [] }
        let departure = departures.remove(at: index)
        let cancellations = departure.timers.map(Effect.cancel)
        for transactionID in departure.awaited { transactions[transactionID] = nil }
        guard departure.sent > 0 else { return cancellations }
        let range = ByteRange(
            start: departure.sent + 1, end: departure.sent, total: departure.message.body.count)
        let request = compose("SEND", fields: departure.fields(range), body: [], continuation: .aborted)
        return cancellations + write(request, altered: departure.message.alterations)
    }

    /// A request to the peer whose transaction identifier has more than 64 random bits and does not end the body early.
    ///
    /// RFC 4975 §7.1
    mutating func compose(
        _ method: String, to path: [String]? = nil, fields: [MSRPField], body: [UInt8]?,
        continuation: MSRPMessage.Continuation
    ) -> MSRPMessage {
        while true {
            let request = MSRPMessage(
                transactionID: generator.token(length: 16), .request(method: method),
                toPath: path ?? remoteAddresses, fromPath: [localAddress], fields: fields, body: body,
                continuation: continuation)
            if !request.bodyHoldsEndLine { return request }
        }
    }

    /// The effect of sending a message, altered where the owner wants it wrong.
    func write(_ message: MSRPMessage, altered further: [MSRPAlteration]) -> [Effect] {
        (alterations + further).composing(message).map(Effect.write)
    }
}

extension Departure {
    fileprivate func fields(_ range: ByteRange) -> [MSRPField] {
        var fields = [MSRPField(.messageID, messageID)]
        if message.successReport { fields.append(MSRPField(.successReport, "yes")) }
        if message.failureReport != .yes { fields.append(MSRPField(.failureReport, message.failureReport.rawValue)) }
        fields.append(MSRPField(.byteRange, range.description))
        return fields + message.bodyFields + [MSRPField(.contentType, message.contentType)]
    }
}

extension MSRPMessage {
    /// Whether a reader might take something in the body for the end-line.
    fileprivate var bodyHoldsEndLine: Bool {
        let endLine = EndLine(transactionID: transactionID.utf8)
        return body?.withUnsafeBufferPointer { endLine.occurs(in: $0) } ?? false
    }
}
