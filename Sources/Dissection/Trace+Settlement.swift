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
    fileprivate var asksForResponse: Bool {
        guard let requestMethod, !["ACK", "REPORT"].contains(requestMethod) else { return false }
        return msrpSummary?.response ?? .always == .always
    }
}
