import Bytes
package import Conformance
import SIPSyntax

extension Dissection {
    /// Every message that the selector means, without repetitions of the same transaction.
    ///
    /// Of methods that open something, a request that only renews or ends it is not meant unless the selector says so,
    /// nor is the answer to it: a re-INVITE is no invitation, and the REGISTER of a client that logs out is no
    /// registration. A SEND without content opens a connection and is no message of a user (RFC 4975 §5.4).
    package func messages(matching selector: MessageSelector) -> [DissectedMessage] {
        var first = 0
        if case .after(let anchor) = selector.beginning {
            guard let found = messages(matching: anchor).first else { return [] }
            first = found.number
        }
        let rules = selector.rules.map { ResolvedRule($0, in: self) }
        return messages[first...].filter { message in
            message.repeats == nil && message.wasSeen(selector.direction, at: selector.at)
                && starts(message, as: selector.start, selector.dialog)
                && (selector.carrying.map { carries(message, $0) } ?? true)
                && rules.allSatisfy { $0.holds(in: message) }
        }
    }

    /// Every value of a header field or dissected part, of the whole content where the message carries a part of one.
    package func values(of name: String, in message: DissectedMessage) -> [String] {
        guard let content = content(of: message), content.isComplete else { return message.values(of: name) }
        return message.carrying(content.body).values(of: name)
    }

    private func starts(
        _ message: DissectedMessage, as start: MessageSelector.Start, _ place: MessageSelector.DialogPlace?
    ) -> Bool {
        switch start {
        case .request(let method):
            return message.requestMethod == method && isMeant(message, place)
        case .response(let range, let method):
            guard let status = message.responseStatus, range.contains(status) else { return false }
            guard let request = request(of: message) else { return message.sipSummary?.method == method }
            return request.requestMethod == method && isMeant(request, place)
        }
    }

    private func isMeant(_ request: DissectedMessage, _ place: MessageSelector.DialogPlace?) -> Bool {
        switch (request.requestMethod, place) {
        case ("INVITE", nil), ("SUBSCRIBE", nil), (_, .initial): request.isOutsideDialog
        case (_, .within): !request.isOutsideDialog
        case ("REGISTER", nil): !request.isDeregistration && !leavesService(request)
        case ("SEND", nil): !request.body.isEmpty
        case (_, nil): true
        }
    }

    private func carries(_ message: DissectedMessage, _ text: String) -> Bool {
        let run = Array(text.utf8)
        if message.payload?.bytes.contains(run: run) == true { return true }
        return content(of: message)?.payload.contains(run: run) == true
    }

    /// Whether a REGISTER keeps its user in the core and out of the service: a later one without the feature tag.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.2.3 (2)
    private func leavesService(_ register: DissectedMessage) -> Bool {
        guard !register.hasServiceTag, let user = register.sipSummary?.to else { return false }
        return messages.prefix(register.number - 1).contains { earlier in
            earlier.isSuccess && earlier.sipSummary?.method == "REGISTER"
                && request(of: earlier).map { $0.hasServiceTag && $0.sipSummary?.to == user } == true
        }
    }
}

extension DissectedMessage {
    /// Whether the request is outside any dialog, that is, its To has no tag.
    ///
    /// RFC 3261 §12.2
    package var isOutsideDialog: Bool { sipSummary.map { $0.toTag == nil } ?? true }

    /// Whether the REGISTER removes its bindings: all of them expire at once.
    ///
    /// RFC 3261 §10.2.2
    package var isDeregistration: Bool {
        guard let sip, requestMethod == "REGISTER" else { return false }
        let contacts = (try? sip.contacts()) ?? []
        let expiry = try? sip.expires()
        guard !contacts.isEmpty else { return expiry == 0 }
        return contacts.allSatisfy { contact in
            contact.parameters.first("expires")?.value.flatMap { Int($0) } ?? expiry == 0
        }
    }

    /// Whether a Contact has the feature tag of the service.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.2.1
    package var hasServiceTag: Bool {
        ((try? sip?.contacts()) ?? []).contains { $0.parameters.first("+g.oma.sip-im") != nil }
    }
}
