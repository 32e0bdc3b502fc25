import Conformance
import Dissection

/// A subscription that a client has made, by SUBSCRIBE or as a REFER implies it, with the notifications of it.
///
/// RFC 6665 §4.4.1, RFC 3515 §2.4.4
struct Subscription {
    /// The request that made it.
    var request: DissectedMessage
    var success: DissectedMessage
    /// The event package.
    var package: String
    var notifications: [DissectedMessage]

    var subscriber: PartyName? { request.sender }

    /// Whether the two have agreed on a REFER without a subscription, or may think so.
    ///
    /// RFC 4488 §4; OMA-TS-SIMPLE_IM-V1_0 §12.1.3.4 writes it “Norefer-Sub: true”.
    var isSuppressed: Bool {
        guard request.requestMethod == "REFER" else { return false }
        return [request, success].contains(where: \.refusesSubscription)
    }

    /// What tells the subscriber that the subscription is over: a NOTIFY that says so, or the refusal of a refresh.
    ///
    /// RFC 6665 §4.1.2.2 and §4.1.3. A NOTIFY that either overtakes on its way finds no subscription any more.
    func ends(in evidence: Evidence) -> [DissectedMessage] {
        let refreshes = evidence.call(of: request).filter { message in
            message.requestMethod == "SUBSCRIBE" && message.sender == subscriber && message.number > request.number
        }
        let refusals = refreshes.flatMap { evidence.dissection.responses(to: $0) }.filter { response in
            Self.fatal.contains(response.responseStatus ?? 0)
        }
        return notifications.filter { $0.subscriptionState == "terminated" } + refusals
    }

    /// The responses to a refresh that end the subscription.
    private static let fatal = Set([404, 405, 408, 410, 416, 489, 501, 604] + Array(480...485))

    /// The subscriptions of the trace, in its order.
    static func all(in evidence: Evidence) -> [Subscription] {
        evidence.messages.compactMap { request in
            guard request.repeats == nil, let method = request.requestMethod, ["SUBSCRIBE", "REFER"].contains(method),
                request.isOutsideDialog || method == "REFER", request.receiver == .server,
                let success = evidence.dissection.responses(to: request).first(where: \.isSuccess)
            else { return nil }
            let package = method == "REFER" ? "refer" : request.eventPackage ?? ""
            let notifications = evidence.call(of: request).filter { message in
                message.requestMethod == "NOTIFY" && message.repeats == nil && message.receiver == request.sender
                    && message.eventPackage == package && message.number > request.number
            }
            return Subscription(request: request, success: success, package: package, notifications: notifications)
        }
    }
}

extension DissectedMessage {
    /// Whether the message asks for, or grants, a REFER without a subscription.
    var refusesSubscription: Bool {
        func says(_ field: String, _ word: String) -> Bool {
            values(of: field).contains { $0.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace } == word }
        }
        return says("Refer-Sub", "false") || says("Norefer-Sub", "true")
    }

    /// The state that Subscription-State names, in small letters.
    var subscriptionState: String? {
        values(of: "Subscription-State").first.map { $0.prefix { $0 != ";" && $0 != " " }.lowercased() }
    }
}
