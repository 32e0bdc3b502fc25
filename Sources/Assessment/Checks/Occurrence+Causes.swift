import Conformance
import Dissection
import Network

// Who has caused what came too often, or should have caused what did not come.
extension Occurrence {
    /// Who has sent what should not have come.
    ///
    /// Like is counted with like: a client that has sent as many of the kind as came has caused them all. What came so
    /// only by its fields is the doing of who wrote these. Who answers more requests than it should get is not at fault.
    func surplusParty(_ messages: [DissectedMessage], _ evidence: Evidence) -> PartyName? {
        guard case .request(let method) = selector.start else {
            if times == .never, let last = messages.last {
                // An answer that nobody should give comes from no request too many, and for a refusal there may be a reason
                // that is nobody's fault.
                guard last.responseStatus ?? 0 >= 400, let request = evidence.dissection.request(of: last) else {
                    return last.sender
                }
                return evidence.blame(for: last, of: request)
            }
            let answered = Set(messages.compactMap(\.answers)).sorted().map { evidence.dissection[$0] }
            guard answered.count > times.range.upperBound, let last = answered.last else {
                return messages.last?.sender
            }
            guard last.sender == .server, let client = last.receiver else { return last.sender }
            return origin(ofAs: answered.count, last.requestMethod ?? "", to: client, evidence) ?? .server
        }
        guard selector.direction == .received, let last = messages.last else { return messages.last?.sender }
        if let subscriber = evidence.subscriber(to: last) { return subscriber }
        if method == "BYE", evidence.openingRequests("INVITE", .sent, at: selector.at).count >= messages.count,
            Set(messages.compactMap { $0.sipSummary?.dialog }).count == messages.count
        {
            // Each is the end of a session that the client has begun itself.
            return selector.at
        }
        let original = evidence.original(of: last)
        if times.range.upperBound == 0 {
            if !selector.rules.isEmpty { return (original ?? last).sender }
            // What a step sends and nobody may get, or not any more, is the doing of whoever brings it.
            let texts = selector.isMSRP ? evidence.texts : evidence.pages
            let isAskedFor = selector.carrying.map { text in texts.contains { $0.contains(text) } } ?? false
            if isAskedFor || anchor(evidence) != nil || evidence.hadTaken(last) { return last.sender }
        }
        var kind = selector
        kind.rules = []
        let count = evidence.messages(matching: kind).count
        return origin(ofAs: count, method, to: selector.at, evidence) ?? last.sender
    }

    /// The only other client that has sent so many requests of the kind.
    private func origin(ofAs many: Int, _ method: String, to client: PartyName, _ evidence: Evidence) -> PartyName? {
        let origins = evidence.cast.clients.map(\.name).filter { other in
            var sending = sending(at: other)
            sending.start = .request(method)
            return other != client && evidence.messages(matching: sending).count >= many
        }
        return origins.count == 1 ? origins[0] : nil
    }

    /// The judgment where as many requests came as were sent, but without what makes them those that are looked for, and
    /// the last that was sent does not say it either.
    func bare(
        _ request: DissectedMessage, _ many: Int, _ observed: String, _ evidence: Evidence
    ) -> Judgment? {
        var kind = selector
        kind.rules = []
        let came = evidence.messages(matching: kind)
        let fields = selector.rules.filter { $0.matcher == .present }.map(\.field)
        guard !fields.isEmpty, fields.count == selector.rules.count, came.count >= many else { return nil }
        // A field may stand in the request itself, or in an address of its list as what is to be sent there.
        let text = String(decoding: request.bytes, as: UTF8.self).lowercased()
        guard
            let missing = fields.first(where: { field in
                evidence.dissection.values(of: field, in: request).isEmpty && !text.contains("\(field.lowercased())=")
            })
        else { return nil }
        return .fail(
            expected,
            observed: "\(observed); \(inWords(came)) came, and \(inWords([request])) says nothing of \(missing)",
            came + [request], request.sender)
    }

    /// What the server sends of its own accord has not come, although something has made it due.
    func unprompted(
        _ method: String, _ observed: String, _ messages: [DissectedMessage], _ sent: [DissectedMessage],
        _ evidence: Evidence
    ) -> Judgment {
        guard let cause = cause(ofA: method, sent, evidence) else {
            let did = ["BYE", "NOTIFY"].contains(method) ? "caused" : "sent"
            return .inconclusive(
                expected, observed: "\(observed), and nobody \(did) \(method.withArticle)",
                messages)
        }
        if method == "NOTIFY", let ignored = evidence.ignoredNotification(at: selector.at) {
            return .fail(
                expected, observed: "\(observed); \(selector.at) never answered \(inWords([ignored]))",
                messages + [ignored], selector.at)
        }
        if method == "BYE", let bye = departure(after: cause, evidence),
            bye.time - cause.time < evidence.quietWindow
        {
            return .inconclusive(
                expected, observed: "\(observed), for \(selector.at) left itself (\(inWords([bye])))", messages + [bye])
        }
        if method == "BYE", let wrong = entanglement(before: cause, evidence) {
            return .inconclusive(
                expected, observed: "\(observed), and \(inWords([wrong])) is wrong, or was never acknowledged",
                messages + [wrong])
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

    /// What obliges a server to send such a request of its own accord.
    ///
    /// A subscription, or a REFER, that it has accepted (RFC 6665 §4.2.1.2, RFC 3515 §2.4.4) asks for notifications; the
    /// end of a session comes because another client ends it or has the client expelled, or because a store has handed
    /// over everything.
    private func cause(ofA method: String, _ sent: [DissectedMessage], _ evidence: Evidence) -> DissectedMessage? {
        let anchor = anchor(evidence)
        guard method == "BYE" else {
            let accepted = evidence.messages.last { message in
                message.receiver == selector.at
                    && (evidence.isSuccess(message, to: "SUBSCRIBE") || evidence.isSuccess(message, to: "REFER"))
            }
            guard method == "NOTIFY" else { return anchor ?? sent.last }
            return accepted.map { anchor ?? $0 }
        }
        guard evidence.hasJoined(selector.at) else { return nil }
        let expulsion = evidence.expulsion(of: selector.at)
        let deliveries = deliveries(evidence).filter { $0.bye?.sender != .server }.compactMap(evidence.end)
        // Where it is the end of another client's session after which this one is to end, that is the cause.
        if let anchor, anchor.requestMethod == "BYE", anchor.sender != selector.at { return anchor }
        return ([sent.last, expulsion] + deliveries).compactMap(\.self)
            .filter { $0.number >= anchor?.number ?? 0 }.max { $0.number < $1.number }
    }

    /// The BYE of the client itself by which the session ended that the server was to end because of something.
    private func departure(after cause: DissectedMessage, _ evidence: Evidence) -> DissectedMessage? {
        let delivery = deliveries(evidence).first { evidence.end(of: $0)?.number == cause.number }
        if let bye = delivery?.bye, bye.sender == selector.at { return bye }
        var leaving = selector
        leaving.direction = .sent
        return evidence.messages(matching: leaving).last { $0.number > cause.number }
    }

    /// The sessions by which stores have handed something over to the client.
    private func deliveries(_ evidence: Evidence) -> [StoreSession] {
        MessageStore.allCases.flatMap { evidence.deliveries(from: $0, to: selector.at) }
    }

    /// What the client has done wrong by then in the sessions that it is in, for which the server may not be able to end
    /// them: a 2xx that it has not acknowledged, before which whoever was called may not send BYE (RFC 3261 §15) as
    /// long as it is sent again, or a message of a session that breaks a rule.
    private func entanglement(before cause: DissectedMessage, _ evidence: Evidence) -> DissectedMessage? {
        let unacknowledged = evidence.messages.first { message in
            message.receiver == selector.at && message.repeats == nil && message.number < cause.number
                && evidence.isSuccess(message, to: "INVITE") && evidence.acknowledgement(of: message) == nil
                && cause.time - message.time < Evidence.transactionLimit
        }
        // Where nothing has come in the session, what the client has sent to have it opened comes after its 2xx.
        let limit = cause.responseStatus == nil ? cause.number : Int.max
        return unacknowledged
            ?? evidence.messages.last { message in
                message.sender == selector.at && message.isMSRP && message.number < limit
                    && evidence.isRefusable(message)
            }
    }

    func others(_ evidence: Evidence) -> [PartyName] {
        evidence.cast.clients.map(\.name).filter { $0 != selector.at }
    }

    /// The same messages as another client sends them; what makes them others at the receiver does not count here.
    func sending(at client: PartyName) -> MessageSelector {
        MessageSelector(
            at: client, direction: .sent, start: selector.start, carrying: selector.carrying, dialog: selector.dialog,
            beginning: selector.beginning)
    }
}

extension Evidence {
    /// Whether the server had answered a MESSAGE with success before it brings its text: whether, when and how it brings
    /// what it keeps is its own doing.
    ///
    /// RFC 3428 §7
    fileprivate func hadTaken(_ message: DissectedMessage) -> Bool {
        guard message.sender == .server, message.requestMethod == "MESSAGE" else { return false }
        return messages.prefix(message.number - 1).contains { request in
            request.requestMethod == "MESSAGE" && request.receiver == .server && request.body == message.body
                && dissection.responses(to: request).contains { $0.isSuccess && $0.number < message.number }
        }
    }

    /// Who has subscribed to what is notified, where it did so itself and did not decline to be notified.
    fileprivate func subscriber(to notify: DissectedMessage) -> PartyName? {
        guard notify.requestMethod == "NOTIFY" else { return nil }
        let subscription = Subscription.all(in: self).first { $0.notifications.contains { $0.number == notify.number } }
        guard let subscription, subscription.package == "refer", !subscription.request.refusesSubscription else {
            return nil
        }
        return subscription.subscriber
    }
}
