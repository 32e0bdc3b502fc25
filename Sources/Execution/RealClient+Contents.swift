import Actors
import Conformance
import Dissection

// What the messages and documents of a real client's user show.
extension RealClient {
    /// What has gone out or come in whole, each told once.
    mutating func contents(in dissection: Dissection) -> [ClientReport] {
        var reports: [ClientReport] = []
        for content in dissection.instantMessages where !content.isNotice && (content.isComplete || content.isAborted) {
            let isOwn = content.sender == party
            let key = "\(content.mode) \(content.id) \(isOwn)"
            guard isOwn || content.receiver == party, !told.contains(key),
                let status = status(of: content, dissection)
            else { continue }
            told.insert(key)
            reports += isOwn ? sent(content, status, dissection) : received(content, status, dissection)
        }
        return reports
    }

    mutating func hear(document message: DissectedMessage, in dissection: Dissection) -> [ClientReport] {
        guard message.receiver == party, let request = dissection.request(of: message) else { return [] }
        if let listing = dissection.listings.first(where: { $0.message == message.number }) {
            return (hasDeleted ? [.deleted(listing.store)] : []) + [.listed(listing.store, count: listing.items.count)]
        }
        guard request.requestMethod == "PUT", message.isSuccess else { return [] }
        let document = String(decoding: request.bytes, as: UTF8.self)
        return cast.groups.values.filter { document.contains($0) }.map { .groupCreated(uri: $0) }
    }

    /// A report of MSRP about a text that the client has sent.
    func hear(report message: DissectedMessage, in dissection: Dissection) -> [ClientReport] {
        guard message.receiver == party, let id = message.msrpSummary?.messageID,
            let content = dissection.instantMessages.first(where: { $0.id == id && $0.sender == party })
        else { return [] }
        return [.deliveryReported(of: text(of: content.payload), by: "", outcome: "reported")]
    }

    /// The worst of the answers to the parts of a content, 200 where none is asked for, or nil while one is missing.
    private func status(of content: InstantMessage, _ dissection: Dissection) -> Int? {
        var worst = 200
        for part in content.parts.map({ dissection[$0] }) {
            guard let answer = dissection.responses(to: part).last(where: \.isFinal)?.responseStatus else {
                if part.msrpSummary?.response ?? .always == .always { return nil }
                continue
            }
            worst = max(worst, answer)
        }
        return worst
    }

    private func sent(_ content: InstantMessage, _ status: Int, _ dissection: Dissection) -> [ClientReport] {
        let isSuccess = (200...299).contains(status) && !content.isAborted
        let failure = content.isAborted ? "it was given up" : "it was answered \(status)"
        if let file = self.content(of: content.payload) {
            return isSuccess
                ? [.contentSent(name: file.name)] : [.contentFailed(name: file.name, reason: failure)]
        }
        let text = text(of: content.payload)
        let session = session(of: content)
        switch (content.mode, action) {
        // 401 and 407 only ask who it is.
        case (.pager, _) where status == 401 || status == 407: return []
        case (.pager, _):
            return isSuccess ? [.paged(text: text, status: status)] : [.pageFailed(text: text, reason: failure)]
        case (_, .attempt(text, let session)):
            return [.attempted(text: text, session: session, outcome: isSuccess ? "MSRP 200" : failure)]
        case (_, .send(text, let session)), (_, .whisper(text, let session, to: _)):
            return isSuccess
                ? [.sent(text: text, session: session)] + reported(text, content, dissection)
                : [.sendFailed(text: text, session: session, reason: failure)]
        default:
            return isSuccess
                ? [.sent(text: text, session: session)] + reported(text, content, dissection)
                : [.sendFailed(text: text, session: session, reason: failure)]
        }
    }

    /// Nobody waits for a report that the sender has not asked for.
    private func reported(_ text: String, _ content: InstantMessage, _ dissection: Dissection) -> [ClientReport] {
        let isAsked = content.parts.contains { dissection[$0].msrpSummary?.wantsSuccessReport == true }
        return isAsked ? [] : [.deliveryReported(of: text, by: "", outcome: "unasked")]
    }

    private func received(_ content: InstantMessage, _ status: Int, _ dissection: Dissection) -> [ClientReport] {
        guard (200...299).contains(status), !content.isAborted else { return [] }
        let session = session(of: content)
        if let file = self.content(of: content.payload) {
            return [.contentReceived(name: file.name, bytes: file.bytes, session: session)]
        }
        let sender = content.identity ?? ""
        if content.mode == .pager, let part = content.parts.first {
            let message = dissection[part]
            let isElsewhere = message.values(of: "Content-Type").contains { $0.hasPrefix("message/external-body") }
            if isElsewhere { return [.announced(text: "http", from: sender)] }
            if message.hasFeatureTag("+g.oma.sip-im.system-message") {
                return [.announced(text: text(of: content.payload), from: sender)]
            }
        }
        return [
            .received(text: text(of: content.payload), from: sender, session: content.mode == .session ? session : nil)
        ]
    }

    /// The session that carries a content, by its name at this client.
    private func session(of content: InstantMessage) -> String { content.call.flatMap { calls[$0]?.name } ?? "" }
}
