import Conformance
import Dissection

/// Whether so many messages match a selector.
struct Occurrence {
    var selector: MessageSelector
    var times: Count
    /// Whether the message is due of itself, and not only when a step of the procedure asks for it.
    var isDuty: Bool

    private var expected: String { times.inWords(of: selector.words) }

    func judge(_ messages: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        let observed = messages.isEmpty ? "none" : "\(messages.count) (\(inWords(messages)))"
        if messages.count > times.range.upperBound {
            let counted = messages.filter { !evidence.isSuperseded($0.number) }
            if counted.count > times.range.upperBound {
                return .fail(expected, observed: observed, messages, surplusParty(messages, evidence))
            }
        }
        guard messages.count >= times.range.lowerBound else { return missing(messages, observed, evidence) }
        guard times.range.upperBound < Int.max else { return .pass(expected, observed: observed, messages) }
        let last = messages.last?.number ?? anchor(evidence)?.number ?? 0
        // An HTTP response answers what the client itself has asked for, so that nothing can be on its way.
        if selector.isHTTP { return .pass(expected, observed: observed, messages) }
        guard let decision = evidence.calm(at: selector.at, selector.isMSRP ? .session : .pager, after: last) else {
            return .inconclusive(
                expected, observed: "\(observed), but the trace does not show that no other was on its way", messages)
        }
        return .pass(expected, observed: observed, messages, decision)
    }

    /// Who has sent what should not have come: the client that sent as many itself, or whom they came from.
    private func surplusParty(_ messages: [DissectedMessage], _ evidence: Evidence) -> PartyName? {
        guard selector.direction == .received, case .request = selector.start else { return messages.last?.sender }
        let origins = others(evidence).filter { evidence.messages(matching: sending(at: $0)).count >= messages.count }
        return origins.count == 1 ? origins[0] : messages.last?.sender
    }

    private func missing(_ messages: [DissectedMessage], _ observed: String, _ evidence: Evidence) -> Judgment {
        switch (selector.start, selector.direction) {
        case (.request, .sent): return unsent(observed, messages, evidence)
        case (.request(let method), .received): return undelivered(method, observed, messages, evidence)
        case (.response(_, let method), let direction):
            return unanswered(method, direction, observed, messages, evidence)
        }
    }

    /// A client that has not sent what a step asks for shows nothing; one that is registered owes its duties.
    ///
    /// The duty is decided once the client has logged out, or the time of a transaction has passed.
    private func unsent(_ observed: String, _ messages: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        let success = MessageSelector.Start.response(200...299, to: "REGISTER")
        let registered = evidence.messages(
            matching: MessageSelector(at: selector.at, direction: .received, start: success)
        ).first
        guard isDuty, evidence.showsBeginning, let registered else {
            return .inconclusive(expected, observed: "\(observed), so nothing is shown", messages)
        }
        let cause = anchor(evidence)
        let left = evidence.messages.first { message in
            message.isDeregistration && message.sender == selector.at
                && message.number > (cause ?? registered).number
        }
        // How long a client may take for what something else has caused only its farewell tells.
        let patience = cause == nil ? evidence.overdue(after: registered) : nil
        let decision = left.map { Decision.fence($0.reference) } ?? patience
        guard evidence.isWhole(for: selector.at), let decision else {
            return .inconclusive(
                expected, observed: "\(observed) so far, and the trace ends too early to tell", messages)
        }
        return .fail(
            expected,
            observed: cause.map { "\(observed) after \(inWords([$0])), and \(selector.at) has logged out" }
                ?? "\(observed), although \(selector.at) was registered (\(inWords([registered])))",
            messages + [cause ?? registered], selector.at, decision)
    }

    private func undelivered(
        _ method: String, _ observed: String, _ messages: [DissectedMessage], _ evidence: Evidence
    ) -> Judgment {
        let sent = others(evidence).flatMap { evidence.messages(matching: sending(at: $0)) }
            .sorted { $0.number < $1.number }.filter { !evidence.isSuperseded($0.number) }
        guard let request = sent.last, !["NOTIFY", "BYE"].contains(method) else {
            return unprompted(method, observed, messages, sent, evidence)
        }
        guard request.isSIP else {
            return .inconclusive(expected, observed: observed, messages)
        }
        return Delivery(request: request, client: selector.at).judge(
            expected, observed: "\(observed) after \(inWords([request]))", messages, evidence)
    }

    /// What the server sends of its own accord has not come, although something has made it due.
    private func unprompted(
        _ method: String, _ observed: String, _ messages: [DissectedMessage], _ sent: [DissectedMessage],
        _ evidence: Evidence
    ) -> Judgment {
        guard let cause = anchor(evidence) ?? sent.last ?? evidence.cause(ofA: method, at: selector.at) else {
            return .inconclusive(expected, observed: "\(observed), and nobody sent a \(method)", messages)
        }
        // A notification may be held back, and nothing else of what a server does because of something.
        let decision =
            method == "NOTIFY"
            ? evidence.silence(since: cause.number, atLeast: Evidence.noticeLimit)
            : evidence.calm(at: selector.at, .pager, after: cause.number)
        guard evidence.isWhole(for: selector.at), let decision else {
            return .inconclusive(
                expected, observed: "\(observed) after \(inWords([cause])), and the trace ends too early to tell",
                messages + [cause])
        }
        return .fail(
            expected, observed: "\(observed) after \(inWords([cause]))", messages + [cause], .server, decision)
    }

    /// The message after which those of the selector are looked for.
    private func anchor(_ evidence: Evidence) -> DissectedMessage? {
        guard case .after(let anchor) = selector.beginning else { return nil }
        return evidence.messages(matching: anchor).first
    }

    private func unanswered(
        _ method: String, _ direction: MessageSelector.Direction, _ observed: String, _ messages: [DissectedMessage],
        _ evidence: Evidence
    ) -> Judgment {
        let asking = MessageSelector(
            at: selector.at, direction: direction == .sent ? .received : .sent, start: .request(method),
            dialog: selector.dialog, beginning: selector.beginning)
        let requests = evidence.messages(matching: asking).filter { !evidence.isSuperseded($0.number) }
        guard let request = requests.last else {
            let what = direction == .sent ? "no \(method) came to \(selector.at)" : "\(selector.at) sent no \(method)"
            return .inconclusive(expected, observed: "\(observed), for \(what)", messages)
        }
        switch evidence.fate(of: request) {
        case .succeeded(let response):
            return .fail(
                expected, observed: "\(inWords([request])) was answered \(response.label)", [request, response],
                response.sender)
        case .refused(let refusal, let party):
            return .fail(
                expected, observed: "\(inWords([request])) was answered \(refusal.label)", [request, refusal], party)
        case .challenged(let response), .cancelled(let response):
            return .inconclusive(
                expected, observed: "\(inWords([request])) was answered \(response.label)", [request, response])
        case .excused(let response, let why):
            return .inconclusive(
                expected, observed: "\(inWords([request])) was answered \(response.label), \(why)", [request, response])
        case .overdue(let decision) where method != "INVITE":
            return .fail(
                expected, observed: "\(inWords([request])) was never answered", [request],
                evidence.debtor(of: request), decision)
        case .overdue, .open:
            return .inconclusive(
                expected, observed: "\(inWords([request])) had no final response when the trace ended", [request])
        }
    }

    private func others(_ evidence: Evidence) -> [PartyName] {
        evidence.cast.clients.map(\.name).filter { $0 != selector.at }
    }

    /// The same messages as another client sends them; what makes them others at the receiver does not count here.
    private func sending(at client: PartyName) -> MessageSelector {
        MessageSelector(
            at: client, direction: .sent, start: selector.start, carrying: selector.carrying, dialog: selector.dialog,
            beginning: selector.beginning)
    }
}

extension Evidence {
    /// What obliges a server to send such a request to a client: a subscription, or a REFER, that it has accepted.
    ///
    /// RFC 6665 §4.2.1.2, RFC 3515 §2.4.4
    fileprivate func cause(ofA method: String, at client: PartyName) -> DissectedMessage? {
        guard method == "NOTIFY" else { return nil }
        return messages.last { message in
            message.receiver == client && (isSuccess(message, to: "SUBSCRIBE") || isSuccess(message, to: "REFER"))
        }
    }
}
