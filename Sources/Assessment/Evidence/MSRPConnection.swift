import Conformance
import Dissection
import Network

/// A connection that was opened in the trace, with the MSRP messages on it.
struct MSRPConnection {
    var opening: ConnectionOpening
    var opener: PartyName?
    var acceptor: PartyName?
    var messages: [DissectedMessage]

    init(_ opening: ConnectionOpening, in evidence: Evidence) {
        self.opening = opening
        opener = evidence.cast.party(at: opening.source.address)?.name
        acceptor = evidence.cast.party(at: opening.destination.address)?.name
        let isOver = evidence.dissection.ends.first { end in
            end.after > opening.after && Route(end).undirected == Route(opening).undirected
        }
        let range = opening.after..<max(opening.after, isOver?.after ?? evidence.messages.count)
        messages = evidence.messages[range].filter { message in
            message.isMSRP && Route(message).undirected == Route(opening).undirected
        }
    }

    func firstSend(of party: PartyName) -> DissectedMessage? {
        messages.first { $0.sender == party && $0.requestMethod == "SEND" }
    }
}
