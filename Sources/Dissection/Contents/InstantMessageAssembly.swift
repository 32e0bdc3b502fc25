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

    /// A content, with what is wrong with it as a whole.
    struct Assembled {
        var content: InstantMessage
        var flaws: [Flaw]
    }

    private var descriptions: [MSRPAddress: [PathDescription]] = [:]
    /// The final responses to each request.
    private var responses: [Int: [Int]] = [:]
    private var transfers: [Transfer] = []
    private var open: [Key: Int] = [:]

    /// Notes where a session description says that contents are to go.
    mutating func take(_ description: PathDescription) {
        guard let end = description.path.last else { return }
        descriptions[end, default: []].append(description)
    }

    /// Notes what a message is to the contents; messages come in the order of the trace.
    ///
    /// - Returns: the number of the transfer of which it carries a chunk.
    mutating func take(_ message: DissectedMessage) -> Int? {
        guard message.repeats == nil else { return nil }
        if message.isFinal, let request = message.answers { responses[request, default: []].append(message.number) }
        guard let chunk = message.msrp, message.requestMethod == "SEND", chunk.body != nil else { return nil }
        let key = Key(
            source: message.source, destination: message.destination,
            session: message.msrpSummary?.toPath.last, messageID: chunk.messageID ?? "")
        let index = open[key] ?? transfers.count
        if index == transfers.count { transfers.append(Transfer(first: message.number)) }
        transfers[index].add(chunk, message.number)
        open[key] = transfers[index].isOver ? nil : index
        return index
    }

    /// Whether nothing more belongs to the transfer.
    func isOver(_ transfer: Int) -> Bool { transfers[transfer].isOver }

    /// Every content of these messages, in their order, with what is wrong with it as a whole.
    func all(in messages: [DissectedMessage]) -> [Assembled] {
        let pages = messages.filter { $0.repeats == nil && $0.isSIP && $0.requestMethod == "MESSAGE" }.map(page)
        let contents = pages + transfers.indices.map { content($0, in: messages) }
        return contents.sorted { $0.content.parts[0] < $1.content.parts[0] }
    }

    /// The content of a SIP MESSAGE.
    func page(_ message: DissectedMessage) -> Assembled {
        let body = UnwrappedBody(contentType: message.contentType ?? "", body: message.body)
        let content = InstantMessage(
            mode: .pager, sender: message.sender, receiver: message.receiver, identity: message.identity,
            identitySource: message.number, formalName: nil, referrer: message.addresses(in: "Referred-By").first?.uri,
            addressees: body.wrapper?.to ?? [], call: message.sipSummary?.callID, stored: nil,
            id: message.sipSummary?.callID ?? "", contentType: body.contentType, body: message.body,
            payload: body.bytes, parts: [message.number], isComplete: true, isAborted: false,
            wasSent: message.wasSent, wasReceived: message.wasReceived, responses: responses[message.number] ?? [])
        return Assembled(content: content, flaws: [])
    }

    /// What a transfer has carried so far.
    func content(_ index: Int, in messages: [DissectedMessage]) -> Assembled {
        let transfer = transfers[index]
        let first = messages[transfer.first - 1]
        let parts = transfer.parts.map { messages[$0 - 1] }
        let (type, body) = (first.contentType ?? "", transfer.content.contiguous)
        var unwrapped = UnwrappedBody(contentType: type, body: body)
        unwrapped.openStored()
        let path = description(behind: first)
        let own = path ?? description(of: first)
        let sender = unwrapped.wrapper?.all("From").first
        let isComplete = transfer.content.isComplete && !transfer.isAborted
        let content = InstantMessage(
            mode: mode(of: unwrapped, own), sender: first.sender, receiver: first.receiver,
            identity: sender?.uri ?? path?.identity,
            identitySource: sender?.uri != nil ? first.number : path?.message,
            formalName: sender?.formalName, referrer: nil, addressees: unwrapped.wrapper?.to ?? [],
            call: own?.dialog.callID, stored: unwrapped.stored, id: first.msrp?.messageID ?? "",
            contentType: unwrapped.contentType, body: body, payload: unwrapped.bytes, parts: transfer.parts,
            isComplete: isComplete, isAborted: transfer.isAborted, wasSent: parts.allSatisfy(\.wasSent),
            wasReceived: parts.allSatisfy(\.wasReceived),
            responses: transfer.parts.flatMap { responses[$0] ?? [] })
        return Assembled(content: content, flaws: isComplete ? Flaw.bodyFlaws(contentType: type, body) : [])
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
    var isOver: Bool { isAborted || content.isComplete }

    mutating func add(_ chunk: MSRPMessage, _ number: Int) {
        parts.append(number)
        if chunk.continuation == .aborted { isAborted = true }
        content.add(
            chunk.body ?? [], at: chunk.byteRange?.start ?? 1, announcedTotal: chunk.byteRange?.total,
            isLast: chunk.continuation == .complete)
    }
}
