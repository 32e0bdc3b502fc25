import Conformance
import Dissection
import Network

/// A request by which a client can make the server send something to another client.
///
/// Registrations, publications and keep-alives between a client and the server are none.
struct Stimulus {
    var sender: PartyName
    var number: Int
    /// The number of its final response, or its own where none comes any more; nil while it is under way.
    var finished: Int?

    static func all(in dissection: Dissection) -> [Stimulus] {
        let clients = Set(dissection.trace.cast.clients.map(\.name))
        return dissection.messages.compactMap { message in
            guard message.repeats == nil, let method = message.requestMethod, causing.contains(method),
                let sender = message.sender, clients.contains(sender)
            else { return nil }
            let response = dissection.responses(to: message).first(where: \.isFinal)?.number
            let isSilent = message.msrpSummary.map { $0.response != .always } ?? (method == "ACK")
            let limit = message.isSIP ? Evidence.transactionLimit : Evidence.chunkLimit
            let isOver = isSilent || dissection.trace.end - message.time >= limit
            return Stimulus(
                sender: sender, number: message.number, finished: response ?? (isOver ? message.number : nil))
        }
    }

    /// The methods of requests that a server passes on or acts on towards others; of MSRP, those with contents.
    private static let causing: Set<String> = [
        "INVITE", "ACK", "BYE", "CANCEL", "MESSAGE", "REFER", "UPDATE", "INFO", "PRACK", "SEND",
    ]
}
