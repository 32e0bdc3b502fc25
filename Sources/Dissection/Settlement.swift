package import Conformance
import Network

/// Whether anything is still under way in a trace, followed while the trace grows.
package struct Settlement: Sendable {
    private var reader: TraceReader
    private var transactions = TransactionIndex()
    /// How many entries of the trace have been read, and how many of their messages have been looked at.
    private var (read, placed) = (0, 0)
    /// The requests that have no final response yet.
    private var open: Set<Int> = []

    package init(cast: Cast) { reader = TraceReader(cast: cast) }

    /// Reads what has been added to the trace since the last time.
    package mutating func follow(_ trace: Trace) {
        for entry in trace.entries[read...] { reader.read(entry) }
        read = trace.entries.count
        place()
    }

    /// Whether every request has its final response, as far as it asks for one and can still get it.
    package var isSettled: Bool {
        let whole = whole
        return whole.open.allSatisfy { whole.reader.isCutOff(whole.reader.messages[$0 - 1]) }
    }

    /// Whether the last answer to each client came behind all that the server had sent to it before, as far as the trace
    /// has been followed.
    ///
    /// RFC 3261 §18: a server may open connections of its own for its requests, and what comes by one says nothing of
    /// what is on its way by another.
    package func endsInFences(of trace: Trace) -> Bool {
        let incoming = whole.reader.messages.filter { $0.isSIP && $0.sender == .server }
        return trace.cast.clients.allSatisfy { client in
            let own = incoming.filter { $0.wasSeen(.received, at: client.name) }
            guard let fence = own.last(where: \.isFinal) else { return true }
            let requests = own.filter { $0.responseStatus == nil }
            return (requests.isEmpty ? own : requests).allSatisfy { message in
                message.transport == fence.transport
                    && (fence.transport == .udp
                        ? trace.datagramsKeepOrder
                        : message.source == fence.source && message.destination == fence.destination)
            }
        }
    }

    /// What it would be if nothing more came.
    ///
    /// RFC 9112 §6.3: an answer may last until its connection ends.
    private var whole: Settlement {
        var whole = self
        whole.reader.finish()
        whole.place()
        return whole
    }

    private mutating func place() {
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
