import Conformance
import MSRP
import Network

/// Finds which message repeats which, and which response answers which request.
///
/// RFC 3261 §17.1.3 and §17.2.3 for SIP, RFC 4975 §7.2 for MSRP, RFC 9112 §9.3.2 for HTTP
struct TransactionIndex {
    /// Who sends or receives: a party, wherever its sockets are, or a stranger at an address.
    fileprivate enum End: Hashable {
        case party(PartyName)
        case stranger(IPAddress)
    }

    private struct Transaction: Hashable {
        var client: End
        var server: End
        /// The branch in lower case, as tokens compare; without one, the Call-ID.
        var id: String
        var method: String
    }

    private struct Chunk: Hashable {
        var sender: SocketAddress
        var receiver: SocketAddress
        var id: String
    }

    private struct Direction: Hashable {
        var client: SocketAddress
        var server: SocketAddress
    }

    private struct Response: Hashable {
        var transaction: Transaction
        var request: Int?
        var status: Int
        var toTag: String?
    }

    private struct Request {
        var number: Int
        var callID: String
        var sequence: Int?
    }

    private var requests: [Transaction: [Request]] = [:]
    private var responses: [Response: Int] = [:]
    private var chunks: [Chunk: Int] = [:]
    /// The HTTP requests of each connection that have no final response yet, oldest first.
    private var awaiting: [Direction: [Int]] = [:]

    /// Fills in `repeats` and `answers` of a message; messages come in the order of the trace.
    mutating func place(_ message: inout DissectedMessage) {
        if let summary = message.sipSummary {
            place(&message, summary)
        } else if let msrp = message.msrp {
            if message.responseStatus == nil {
                chunks[Chunk(sender: message.source, receiver: message.destination, id: msrp.transactionID)] =
                    message.number
            } else {
                let chunk = Chunk(sender: message.destination, receiver: message.source, id: msrp.transactionID)
                message.answers = chunks[chunk]
            }
        } else if message.isHTTP {
            placeHTTP(&message)
        }
    }

    /// Responses come in the order of their requests.
    private mutating func placeHTTP(_ message: inout DissectedMessage) {
        guard let status = message.responseStatus else {
            awaiting[Direction(client: message.source, server: message.destination), default: []]
                .append(message.number)
            return
        }
        let direction = Direction(client: message.destination, server: message.source)
        message.answers = awaiting[direction]?.first
        if status >= 200, message.answers != nil { awaiting[direction]?.removeFirst() }
    }

    private mutating func place(_ message: inout DissectedMessage, _ summary: SIPSummary) {
        let transaction = transaction(of: message, summary)
        let request = Request(number: message.number, callID: summary.callID, sequence: summary.sequence)
        let candidates = requests[transaction] ?? []
        let same = candidates.last { $0.callID == request.callID && $0.sequence == request.sequence }
        guard let status = message.responseStatus else {
            message.repeats = same?.number
            if same == nil { requests[transaction, default: []].append(request) }
            return
        }
        // A response with another CSeq number still belongs to the branch; that it is wrong is judged elsewhere.
        message.answers = (same ?? candidates.last)?.number
        let response = Response(
            transaction: transaction, request: message.answers, status: status, toTag: summary.toTag)
        message.repeats = responses[response]
        if responses[response] == nil { responses[response] = message.number }
    }

    private func transaction(of message: DissectedMessage, _ summary: SIPSummary) -> Transaction {
        let source = End(message.sender, message.source)
        let destination = End(message.receiver, message.destination)
        let isRequest = message.responseStatus == nil
        return Transaction(
            client: isRequest ? source : destination, server: isRequest ? destination : source,
            id: summary.hops.first?.branch ?? summary.callID, method: summary.method)
    }
}

extension TransactionIndex.End {
    init(_ party: PartyName?, _ socket: SocketAddress) {
        self = party.map(Self.party) ?? .stranger(socket.address)
    }
}
