package import Conformance
import Network

extension Trace {
    /// Whether every request has its final response, as far as it asks for one and can still get it.
    package var isSettled: Bool {
        var transactions = TransactionIndex()
        var open: Set<Int> = []
        let reader = TraceReader(self)
        for var message in reader.messages {
            transactions.place(&message)
            if message.isFinal, let request = message.answers {
                open.remove(request)
            } else if message.repeats == nil, message.asksForResponse {
                open.insert(message.number)
            }
        }
        return open.allSatisfy { reader.isCutOff(reader.messages[$0 - 1]) }
    }

    /// Whether the last answer to each client came behind all that the server had sent to it before.
    ///
    /// RFC 3261 §18: a server may open connections of its own for its requests, and what comes by one says nothing of
    /// what is on its way by another.
    package var endsInFences: Bool {
        let incoming = TraceReader(self).messages.filter { $0.isSIP && $0.sender == .server }
        return cast.clients.allSatisfy { client in
            let own = incoming.filter { $0.wasSeen(.received, at: client.name) }
            guard let fence = own.last(where: \.isFinal) else { return true }
            let requests = own.filter { $0.responseStatus == nil }
            return (requests.isEmpty ? own : requests).allSatisfy { message in
                message.transport == fence.transport
                    && (fence.transport == .udp
                        ? datagramsKeepOrder
                        : message.source == fence.source && message.destination == fence.destination)
            }
        }
    }
}

extension TraceReader {
    /// Whether the connection has ended by which alone a response could have come.
    ///
    /// RFC 3261 §18.2.2: a response of SIP may come by another one.
    fileprivate func isCutOff(_ request: DissectedMessage) -> Bool {
        guard request.transport == .tcp, !request.isSIP else { return false }
        let sockets: Set = [request.source, request.destination]
        return ends.contains { $0.after >= request.number && sockets == [$0.source, $0.destination] }
    }
}

extension DissectedMessage {
    /// Whether it is a request to which a response must come.
    var asksForResponse: Bool {
        guard let requestMethod, !["ACK", "REPORT"].contains(requestMethod) else { return false }
        return msrpSummary?.response ?? .always == .always
    }
}
