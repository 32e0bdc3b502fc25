import Bytes

/// Receiving requests and responses.
///
/// RFC 4975 §7.2 and §7.3
extension MSRPSession {
    /// How many messages may be incomplete at a time.
    static let maximumArrivals = 1000

    mutating func receive(_ bytes: [UInt8]) -> [Effect] {
        framer.append(bytes)
        var effects: [Effect] = []
        do throws(MSRPSyntaxError) {
            while let message = try framer.next() {
                do throws(MSRPSyntaxError) {
                    effects += receive(try MSRPMessage(parsing: message))
                } catch {
                    effects.append(.rejected(message, reason: error))
                }
            }
            return effects
        } catch {
            // Where the next message begins is unknown from here on, so the connection is of no more use.
            effects.append(.rejected(Array(framer.remaining), reason: error))
            return effects + handle(.closed) + [.close]
        }
    }

    mutating func receive(_ message: MSRPMessage) -> [Effect] {
        switch message.startLine {
        case .response(let status, _):
            return settle(message.transactionID, status: status)
        case .request("REPORT"):
            return takeReport(message)
        case .request(let method):
            guard let refusal = refusal(of: message, method: method) else {
                let binding = state == .unbound ? bind(announcing: false) : []
                return take(message) + binding
            }
            return respond(refusal, to: message)
        }
    }

    /// The status that keeps a request from being processed at all, or nil when it may be.
    private func refusal(of request: MSRPMessage, method: String) -> MSRPStatusCode? {
        guard !request.toPath.isEmpty, !request.fromPath.isEmpty else { return .badRequest }
        guard isAddressedRightly(request) else { return .noSuchSession }
        guard method == "SEND" else { return .unknownMethod }
        guard request.messageID?.isEmpty == false else { return .badRequest }
        return nil
    }

    /// Whether To-Path is this end alone, and From-Path the peer as negotiated.
    func isAddressedRightly(_ request: MSRPMessage) -> Bool {
        guard let to = request.toPath.first, request.toPath.count == 1 else { return false }
        return isOurs(to) && isPeers(request.fromPath)
    }

    private func isOurs(_ uri: String) -> Bool {
        if uri == localAddress { return true }
        return (try? MSRPURI(parsing: uri))?.isEquivalent(to: localURI) == true
    }

    /// Whether the path ends in the peer's, as negotiated; relays of ours may stand before it.
    private func isPeers(_ path: [String]) -> Bool {
        guard path != remoteAddresses else { return true }
        guard path.count >= remotePath.count else { return false }
        return zip(path.suffix(remotePath.count), remotePath).allSatisfy { written, negotiated in
            (try? MSRPURI(parsing: written))?.isEquivalent(to: negotiated) == true
        }
    }

    /// Takes a SEND that is addressed rightly.
    private mutating func take(_ request: MSRPMessage) -> [Effect] {
        guard let messageID = request.messageID else { return [] }
        guard request.continuation != .aborted else {
            arrivals[messageID] = nil
            stopped.remove(messageID)
            return respond(.ok, to: request) + [.aborted(messageID: messageID)]
        }
        guard request.body != nil else { return respond(.ok, to: request) }
        guard !stopped.contains(messageID) else { return respond(.stopSending, to: request) }
        guard let type = request.contentType else { return respond(.badRequest, to: request) }
        guard accepts(type) else { return respond(.unsupportedMediaType, to: request) }
        let field = request.first(.byteRange)
        guard let range = field.map(ByteRange.init) ?? ByteRange(start: 1, end: nil, total: nil) else {
            return respond(.badRequest, to: request)
        }

        guard arrivals[messageID] != nil || arrivals.count < Self.maximumArrivals else {
            return respond(.stopSending, to: request)
        }
        var assembly = arrivals.removeValue(forKey: messageID) ?? MSRPAssembly(first: request)
        let held = arrivals.values.reduce(0) { $0 + $1.bytes.count }
        do throws(MSRPAssembly.Failure) {
            try assembly.add(request, at: range, limit: terms.maximumSize - held)
        } catch {
            switch error {
            case .contradiction:
                if !assembly.bytes.isEmpty { arrivals[messageID] = assembly }
                return respond(.badRequest, to: request)
            case .tooLong:
                return respond(.stopSending, to: request)
            }
        }
        guard assembly.isComplete else {
            arrivals[messageID] = assembly
            return respond(.ok, to: request)
        }
        return deliver(assembly, messageID: messageID, type: type, completedBy: request)
    }

    private mutating func deliver(
        _ assembly: MSRPAssembly, messageID: String, type: String, completedBy request: MSRPMessage
    ) -> [Effect] {
        let first = assembly.first
        let incoming = MSRPIncoming(
            messageID: messageID, contentType: first.contentType ?? type, body: assembly.bytes,
            successReport: first.successReport ?? false, failureReport: first.failureReport ?? .yes,
            bodyFields: first.fields.filter { $0.name.describesBody && !$0.isNamed(.contentType) })
        switch terms.answering {
        case .atOnce:
            return accept(incoming, completedBy: request) + [.delivered(incoming)]
        case .onceJudged:
            unjudged[messageID] = (incoming, request)
            return [.delivered(incoming)]
        }
    }

    /// Answers a message in the way that the owner wants.
    mutating func judged(_ messageID: String, _ status: MSRPStatusCode) -> [Effect] {
        guard let (message, request) = unjudged.removeValue(forKey: messageID) else { return [] }
        return status == .ok ? accept(message, completedBy: request) : respond(status, to: request)
    }

    private mutating func accept(_ message: MSRPIncoming, completedBy request: MSRPMessage) -> [Effect] {
        respond(.ok, to: request) + (message.successReport ? reportSuccess(of: message, to: request.fromPath) : [])
    }

    /// Whether the media type is among those accepted, parameters aside.
    private func accepts(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" && $0 != " " }.lowercased()
        return terms.acceptedTypes.contains { accepted in
            let accepted = accepted.lowercased()
            return accepted == "*" || accepted == type
                || (accepted.hasSuffix("/*") && type.hasPrefix(accepted.dropLast()))
        }
    }
}
