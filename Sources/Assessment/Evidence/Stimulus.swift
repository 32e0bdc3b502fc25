import Conformance
import Dissection
import Network

/// A request by which a client can make the server send something of its own accord.
///
/// Registrations, fetched documents and keep-alives between a client and the server are none.
struct Stimulus {
    /// To whom the server may send something because of it.
    enum Reach {
        case others
        case sender
        case everyone
    }

    var sender: PartyName
    var number: Int
    /// The number of its final response, or its own where none comes any more; nil while it is under way.
    var finished: Int?
    var reach: Reach

    func canReach(_ client: PartyName) -> Bool {
        switch reach {
        case .others: sender != client
        case .sender: sender == client
        case .everyone: true
        }
    }

    static func all(in dissection: Dissection) -> [Stimulus] {
        let clients = Set(dissection.trace.cast.clients.map(\.name))
        return dissection.messages.compactMap { message in
            guard message.repeats == nil, let method = message.requestMethod, let reach = reach[method],
                let sender = message.sender, clients.contains(sender)
            else { return nil }
            // What only binds a session to its connection (RFC 4975 §5.4) has nothing to be passed on.
            if method == "SEND", message.msrpSummary?.hasBody == false { return nil }
            let response = dissection.responses(to: message).first(where: \.isFinal)?.number
            let isSilent = message.msrpSummary.map { $0.response != .always } ?? (method == "ACK")
            let limit = message.isSIP ? Evidence.transactionLimit : Evidence.chunkLimit
            let isOver = isSilent || dissection.trace.end - message.time >= limit
            return Stimulus(
                sender: sender, number: message.number, finished: response ?? (isOver ? message.number : nil),
                reach: reach)
        }
    }

    /// The methods of requests that a server passes on or acts on; of MSRP, those with contents.
    ///
    /// What was stored for a client is pushed to it because of its own PUBLISH (OMA-TS-SIMPLE_IM-V1_0 §12.2.2.2).
    private static let reach: [String: Reach] = [
        "INVITE": .others, "ACK": .others, "BYE": .others, "CANCEL": .others, "MESSAGE": .others, "UPDATE": .others,
        "INFO": .others, "PRACK": .others, "SEND": .others, "REFER": .everyone, "PUBLISH": .sender,
        "SUBSCRIBE": .sender,
    ]
}
