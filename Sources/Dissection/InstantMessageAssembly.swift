import Conformance
import MSRP
import MessageBodies
import Network
import SIPSyntax

/// Puts contents together: one SIP MESSAGE, or all the MSRP chunks of one Message-ID.
struct InstantMessageAssembly {
    private struct Key: Hashable {
        var source: SocketAddress
        var destination: SocketAddress
        var messageID: String
    }

    private struct Chunks {
        var first: DissectedMessage
        var parts: [Int]
        var bytes: [(start: Int, body: [UInt8])]
        var total: Int?
        var isLast: Bool
        var wasSent: Bool
        var wasReceived: Bool

        /// The body from byte 1 on without a gap, as far as it goes.
        var body: [UInt8] {
            var body: [UInt8] = []
            for (start, bytes) in bytes.sorted(by: { $0.start < $1.start }) where start <= body.count + 1 {
                body += bytes.dropFirst(body.count + 1 - start)
            }
            return body
        }

        var isComplete: Bool { isLast && (total == nil || body.count == total) }
    }

    private(set) var instantMessages: [InstantMessage] = []
    private let paths: [String: Dissection.PathDescription]
    private let responses: [Int: [Int]]

    init(_ messages: [DissectedMessage], paths: [String: Dissection.PathDescription]) {
        self.paths = paths
        var responses: [Int: [Int]] = [:]
        for message in messages {
            if let request = message.answers { responses[request, default: []].append(message.number) }
        }
        self.responses = responses
        var open: [Key: Chunks] = [:]
        var order: [Chunks] = []
        for message in messages {
            if message.sip != nil, message.requestMethod == "MESSAGE", message.repeats == nil {
                instantMessages.append(pager(message))
            } else if let chunk = message.msrp, message.requestMethod == "SEND" {
                guard let body = chunk.body else { continue }
                let key = Key(
                    source: message.source, destination: message.destination, messageID: chunk.messageID ?? "")
                let start = chunk.byteRange.map { Int($0.start) } ?? 1
                if let begun = open[key], begun.isComplete {
                    order.append(begun)
                    open[key] = nil
                }
                var chunks =
                    open[key]
                    ?? Chunks(
                        first: message, parts: [], bytes: [], total: nil, isLast: false, wasSent: true,
                        wasReceived: true)
                chunks.parts.append(message.number)
                chunks.bytes.append((start, body))
                chunks.total = chunks.total ?? chunk.byteRange?.total.map { Int($0) }
                chunks.isLast = chunks.isLast || chunk.continuation == .complete
                chunks.wasSent = chunks.wasSent && message.wasSent
                chunks.wasReceived = chunks.wasReceived && message.wasReceived
                open[key] = chunks
            }
        }
        order += open.values
        instantMessages += order.map { session($0) }
        instantMessages.sort { ($0.parts.first ?? 0) < ($1.parts.first ?? 0) }
    }

    private func pager(_ message: DissectedMessage) -> InstantMessage {
        InstantMessage(
            mode: .pager, sender: message.sender, receiver: message.receiver, identity: message.identity,
            id: message.sip?.callID ?? "", contentType: message.payload?.contentType,
            payload: message.payload?.bytes ?? [], parts: [message.number], isComplete: true,
            wasSent: message.wasSent, wasReceived: message.wasReceived, responses: responses[message.number] ?? [])
    }

    private func session(_ chunks: Chunks) -> InstantMessage {
        let first = chunks.first
        let inner = innermost(contentType: first.contentType ?? "", body: chunks.body)
        let path = first.msrp?.fromPath.last
        return InstantMessage(
            mode: .session, sender: first.sender, receiver: first.receiver,
            identity: path.flatMap { paths[$0]?.identity }, id: first.msrp?.messageID ?? "",
            contentType: inner.contentType, payload: inner.body, parts: chunks.parts,
            isComplete: chunks.isComplete, wasSent: chunks.wasSent, wasReceived: chunks.wasReceived,
            responses: chunks.parts.flatMap { responses[$0] ?? [] })
    }
}
