import Conformance
import Dissection

/// Whether so many messages match a selector.
struct Occurrence {
    var selector: MessageSelector
    var times: Count
    /// Whether the message is due of itself, and not only when a step of the procedure asks for it.
    var isDuty: Bool
    /// The step that asks for the message, where one does.
    var step: String?

    var expected: String { times.inWords(of: selector.words) }

    func judge(_ messages: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        let observed = messages.isEmpty ? "none" : "\(messages.count) (\(inWords(messages)))"
        if messages.count > times.range.upperBound {
            let counted = messages.filter { !evidence.isSuperseded($0.number) }
            if counted.count > times.range.upperBound {
                return .fail(expected, observed: observed, messages, surplusParty(messages, evidence))
            }
        }
        guard messages.count >= times.range.lowerBound else {
            return missing(messages, observed, evidence).unlessUnreached(step, evidence)
        }
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
        if let cause, evidence.isFaulty(cause) {
            return .inconclusive(expected, observed: "\(observed), for \(inWords([cause])) is wrong itself", [cause])
        }
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
        if let judgment = bare(request, sent.count, observed, evidence) { return judgment }
        return Delivery(request: request, client: selector.at).judge(
            expected, observed: "\(observed) after \(inWords([request]))", messages, evidence)
    }

    /// The message after which those of the selector are looked for.
    func anchor(_ evidence: Evidence) -> DissectedMessage? {
        guard case .after(let anchor) = selector.beginning else { return nil }
        return evidence.messages(matching: anchor).first
    }

    private func unanswered(
        _ method: String, _ direction: MessageSelector.Direction, _ observed: String, _ messages: [DissectedMessage],
        _ evidence: Evidence
    ) -> Judgment {
        // A response has these fields of its request, which tell by which requests it is looked for.
        let copied = selector.rules.filter { rule in
            // The tag of a To is not copied.
            if case .contains(let text) = rule.matcher {
                ["To", "From"].contains(rule.field) && !text.contains("tag")
            } else {
                rule.field == "Call-ID"
            }
        }
        let asking = MessageSelector(
            at: selector.at, direction: direction == .sent ? .received : .sent, start: .request(method), where: copied,
            dialog: selector.dialog, beginning: selector.beginning)
        // Those that were answered as they should be are not the ones by which the count falls short.
        let answered = Set(messages.compactMap(\.answers))
        let requests = evidence.messages(matching: asking).filter {
            !evidence.isSuperseded($0.number) && !answered.contains($0.number)
        }
        guard let request = requests.last else {
            let more = answered.isEmpty ? "" : " more"
            let what =
                direction == .sent
                ? "no\(more) \(method) came to \(selector.at)" : "\(selector.at) sent no\(more) \(method)"
            return .inconclusive(expected, observed: "\(observed), for \(what)", messages)
        }
        switch evidence.fate(of: request) {
        case .succeeded(let response) where evidence.isOfEmptyStore(response):
            return .inconclusive(
                expected,
                observed: "\(inWords([request])) was answered \(response.label), and nothing was stored by then",
                [request, response])
        case .succeeded(let response) where evidence.hadToDeliver(request):
            return .inconclusive(
                expected,
                observed: "\(inWords([request])) was answered \(response.label), for there was something stored",
                [request, response])
        case .succeeded(let response):
            let wrong = [request, evidence.invitation(behind: request)].compactMap(\.self)
            if let wrong = wrong.first(where: evidence.isRefusable) {
                return .fail(
                    expected, observed: "\(inWords([wrong])) is wrong itself and was answered \(response.label)",
                    [wrong, response], evidence.source(of: wrong))
            }
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
}
