package import Conformance
import Network

/// What has not been answered yet of what has been seen so far.
package struct Settlement: Sendable {
    private var reader: TraceReader
    private var transactions = TransactionIndex()
    private var placed = 0
    private var open: Set<Int> = []

    package init(cast: Cast) { reader = TraceReader(cast: cast) }

    /// Whether every request has its final response, as far as it asks for one and can still get it.
    package var isSettled: Bool { open.allSatisfy { reader.isCutOff(reader.messages[$0 - 1]) } }

    /// Takes what was seen next.
    package mutating func read(_ entry: TraceEntry) {
        reader.read(entry)
        for index in placed..<reader.messages.count {
            transactions.place(&reader.messages[index])
            let message = reader.messages[index]
            if message.isFinal, let request = message.answers {
                open.remove(request)
            } else if message.repeats == nil, message.asksForResponse {
                open.insert(message.number)
            }
        }
        placed = reader.messages.count
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
