package import Conformance

extension Dissection {
    /// Every message that the selector means, without repetitions of the same transaction.
    package func messages(matching selector: MessageSelector) -> [DissectedMessage] {
        messages.filter { message in
            message.repeats == nil && message.wasSeen(selector.direction, at: selector.at)
                && starts(message, as: selector.start) && (selector.carrying.map { carries(message, $0) } ?? true)
        }
    }

    private func starts(_ message: DissectedMessage, as start: MessageSelector.Start) -> Bool {
        switch start {
        case .request(let method):
            return message.requestMethod == method
        case .response(let range, let method):
            guard let status = message.responseStatus, range.contains(status) else { return false }
            let answered = message.answers.flatMap { self[$0].requestMethod }
            return (answered ?? message.values(of: DissectedPart.method.rawValue).first) == method
        }
    }

    private func carries(_ message: DissectedMessage, _ text: String) -> Bool {
        if message.payload?.text.contains(text) == true { return true }
        return instantMessages.contains { content in
            content.parts.contains(message.number) && String(decoding: content.payload, as: UTF8.self).contains(text)
        }
    }
}
