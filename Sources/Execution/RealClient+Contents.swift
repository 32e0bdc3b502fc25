import Actors
import Conformance
import Dissection

// What the messages and documents of a real client's user show.
extension RealClient {
    /// What has gone out or come in, and is answered.
    func hear(of finished: RunningDissection.Finished) -> [ClientReport] {
        let content = finished.content
        guard !content.isNotice else { return [] }
        if content.sender == party { return sent(content, finished.status) }
        return content.receiver == party ? received(content, finished.status) : []
    }

    func hear(document message: DissectedMessage, answering request: DissectedMessage?) -> [ClientReport] {
        guard message.receiver == party, let request else { return [] }
        if let listing = StoreListing(message, to: request) {
            return (hasDeleted ? [.deleted(listing.store)] : []) + [.listed(listing.store, count: listing.items.count)]
        }
        guard request.requestMethod == "PUT", message.isSuccess else { return [] }
        let document = String(decoding: request.bytes, as: UTF8.self)
        return cast.groups.values.filter { document.contains($0) }.map { .groupCreated(uri: $0) }
    }

    /// A report of MSRP about a text that the client has sent.
    func hear(report message: DissectedMessage) -> [ClientReport] {
        guard message.receiver == party, let id = message.msrpSummary?.messageID,
            let content = dissection.contents(withID: id).first(where: { $0.sender == party })
        else { return [] }
        return [.deliveryReported(of: text(of: content.payload), by: "", outcome: "reported")]
    }

    private func sent(_ content: InstantMessage, _ status: Int) -> [ClientReport] {
        let failure: String? =
            content.isAborted ? "it was given up" : (200...299).contains(status) ? nil : "it was answered \(status)"
        if let file = self.content(of: content.payload) {
            return [failure.map { .contentFailed(name: file.name, reason: $0) } ?? .contentSent(name: file.name)]
        }
        let text = text(of: content.payload)
        if content.mode == .pager {
            // 401 and 407 only ask who it is.
            guard status != 401, status != 407 else { return [] }
            return [failure.map { .pageFailed(text: text, reason: $0) } ?? .paged(text: text, status: status)]
        }
        if case .attempt(text, let session) = action {
            return [.attempted(text: text, session: session, outcome: failure ?? "MSRP 200")]
        }
        let session = sessionAskedFor(text) ?? session(of: content)
        if let failure { return [.sendFailed(text: text, session: session, reason: failure)] }
        // Nobody waits for a report that the sender has not asked for.
        return [.sent(text: text, session: session)]
            + (wantsReport(content) ? [] : [.deliveryReported(of: text, by: "", outcome: "unasked")])
    }

    private func wantsReport(_ content: InstantMessage) -> Bool {
        content.parts.contains { dissection[$0].msrpSummary?.wantsSuccessReport == true }
    }

    /// The session in which the client has been asked to send the text.
    private func sessionAskedFor(_ text: String) -> String? {
        switch action {
        case .send(text, let session), .whisper(text, let session, to: _): session
        default: nil
        }
    }

    private func received(_ content: InstantMessage, _ status: Int) -> [ClientReport] {
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
