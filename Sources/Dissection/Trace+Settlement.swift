package import Conformance
import Network

extension Trace {
    /// Whether every request has its final response, as far as it asks for one and can still get it.
    package var isSettled: Bool {
        var settlement = Settlement(cast: cast)
        for entry in entries { settlement.read(entry) }
        return settlement.isSettled
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
