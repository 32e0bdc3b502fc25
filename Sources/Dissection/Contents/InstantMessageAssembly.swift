import Conformance
import MSRP
import MessageBodies
import Network
import SIPSyntax

/// Puts contents together: one SIP MESSAGE, or all the MSRP chunks of one Message-ID.
///
/// A SEND without a body opens a connection and is no message of a user (RFC 4975 §5.4).
struct InstantMessageAssembly {
    private struct Key: Hashable {
        var source: SocketAddress
        var destination: SocketAddress
        var session: MSRPAddress?
        var messageID: String
    }

    fileprivate struct Transfer {
        var first: Int
        var parts: [Int] = []
        var content = ChunkedContent()
        var isAborted = false
    }

    private(set) var instantMessages: [InstantMessage] = []
    /// What is wrong with contents as a whole, for the messages that complete them.
    private(set) var flaws: [(number: Int, flaws: [Flaw])] = []
    private let messages: [DissectedMessage]
    private let descriptions: [MSRPAddress: [PathDescription]]
    private var responses: [Int: [Int]] = [:]

    init(_ messages: [DissectedMessage], _ descriptions: [PathDescription]) {
        self.messages = messages
        self.descriptions = Dictionary(grouping: descriptions.filter { !$0.path.isEmpty }) {
            $0.path[$0.path.count - 1]
        }
        for message in messages where message.isFinal && message.repeats == nil {
            if let request = message.answers { responses[request, default: []].append(message.number) }
        }
        var transfers: [Transfer] = []
        var open: [Key: Int] = [:]
        for message in messages where message.repeats == nil {
            if message.isSIP, message.requestMethod == "MESSAGE" {
                instantMessages.append(pager(message))
            } else if let chunk = message.msrp, message.requestMethod == "SEND", chunk.body != nil {
                let key = Key(
                    source: message.source, destination: message.destination,
                    session: message.msrpSummary?.toPath.last, messageID: chunk.messageID ?? "")
                let index = open[key] ?? transfers.count
                if index == transfers.count { transfers.append(Transfer(first: message.number)) }
                transfers[index].add(chunk, message.number)
                let isOver = transfers[index].isAborted || transfers[index].content.isComplete
                open[key] = isOver ? nil : index
            }
        }
        for transfer in transfers { add(transfer) }
        instantMessages.sort { $0.parts[0] < $1.parts[0] }
    }

    private func pager(_ message: DissectedMessage) -> InstantMessage {
        let body = UnwrappedBody(contentType: message.contentType ?? "", body: message.body)
        return InstantMessage(
            mode: .pager, sender: message.sender, receiver: message.receiver, identity: message.identity,
            identitySource: message.number, formalName: nil, referrer: message.addresses(in: "Referred-By").first?.uri,
            addressees: body.wrapper?.to ?? [], call: message.sipSummary?.callID, stored: nil,
            id: message.sipSummary?.callID ?? "", contentType: body.contentType, body: message.body,
            payload: body.bytes, parts: [message.number], isComplete: true, isAborted: false,
            wasSent: message.wasSent, wasReceived: message.wasReceived, responses: responses[message.number] ?? [])
    }

    private mutating func add(_ transfer: Transfer) {
        let first = messages[transfer.first - 1]
        let parts = transfer.parts.map { messages[$0 - 1] }
        let (type, body) = (first.contentType ?? "", transfer.content.contiguous)
        var unwrapped = UnwrappedBody(contentType: type, body: body)
        unwrapped.openStored()
        let path = description(behind: first)
        let own = path ?? description(of: first)
        let sender = unwrapped.wrapper?.all("From").first
        let isComplete = transfer.content.isComplete && !transfer.isAborted
        if isComplete, let last = transfer.parts.last {
            let found = Flaw.bodyFlaws(contentType: type, body)
            if !found.isEmpty { flaws.append((last, found)) }
        }
        instantMessages.append(
            InstantMessage(
                mode: mode(of: unwrapped, own), sender: first.sender, receiver: first.receiver,
                identity: sender?.uri ?? path?.identity,
                identitySource: sender?.uri != nil ? first.number : path?.message,
                formalName: sender?.formalName, referrer: nil, addressees: unwrapped.wrapper?.to ?? [],
                call: own?.dialog.callID, stored: unwrapped.stored, id: first.msrp?.messageID ?? "",
                contentType: unwrapped.contentType, body: body, payload: unwrapped.bytes, parts: transfer.parts,
                isComplete: isComplete, isAborted: transfer.isAborted, wasSent: parts.allSatisfy(\.wasSent),
                wasReceived: parts.allSatisfy(\.wasReceived),
                responses: transfer.parts.flatMap { responses[$0] ?? [] }))
    }

    /// By which service a content travels: that of its session, but what carries a stored message comes from a store.
    private func mode(of body: UnwrappedBody, _ path: PathDescription?) -> Condition.Mode {
        let mode = path?.mode ?? .session
        return body.stored == nil || mode == .history ? mode : .deferred
    }

    /// The description of the path that the message goes to, as its receiver has said it.
    private func description(of message: DissectedMessage) -> PathDescription? {
        guard let path = message.msrpSummary?.toPath.last, let known = descriptions[path] else { return nil }
        return known.last { $0.message < message.number } ?? known.first
    }

    /// The description of the path that the message comes from, as its receiver was told.
    private func description(behind message: DissectedMessage) -> PathDescription? {
        guard let path = message.msrpSummary?.fromPath.last, let known = descriptions[path] else { return nil }
        let told = known.last { $0.receiver == message.receiver && $0.message < message.number }
        return told ?? known.first
    }
}

extension InstantMessageAssembly.Transfer {
    mutating func add(_ chunk: MSRPMessage, _ number: Int) {
        parts.append(number)
        if chunk.continuation == .aborted { isAborted = true }
        content.add(
            chunk.body ?? [], at: chunk.byteRange?.start ?? 1, announcedTotal: chunk.byteRange?.total,
            isLast: chunk.continuation == .complete)
    }
}
