import Conformance
import Dissection
import Network

// Rules about subscriptions and notifications.
extension GeneralRule {
    static let subscriptions: [GeneralRule] = [
        firstNotification, notificationDialog, subscriptionTime, afterTermination, answeredNotification,
        unasked, releasedSubscription,
    ]

    private static let firstNotification = GeneralRule(
        id: "rfc6665.first-notify", title: "A subscription that was accepted is followed by a notification at once",
        requirements: ["RFC6665-4.2.1.2-notify", "RFC3515-2.4.4-notify"]
    ) { evidence, outcome in
        for subscription in Subscription.all(in: evidence) where !subscription.isSuppressed {
            let (request, success) = (subscription.request, subscription.success)
            let clause = request.requestMethod == "REFER" ? "RFC 3515 §2.4.4" : "RFC 6665 §4.2.1.2"
            guard let first = subscription.notifications.first else {
                let isShown = evidence.isWhole(for: subscription.subscriber)
                outcome.note(
                    Breach(
                        of: success.sender, "a NOTIFY once \(request.requestMethod ?? "") is accepted",
                        "none after \(inWords([success]))", [request, success],
                        decision: isShown
                            ? evidence.silence(since: success.number, atLeast: Evidence.noticeLimit) : nil,
                        clause: clause))
                continue
            }
            let delay = first.time - success.time
            outcome.note(
                delay <= Evidence.noticeLimit
                    ? nil
                    : Breach(
                        of: first.sender, "a NOTIFY once \(request.requestMethod ?? "") is accepted",
                        "\(inWords([first])) came \(delay) later", [success, first], clause: clause))
        }
    }

    private static let notificationDialog = GeneralRule(
        id: "rfc6665.notify-dialog", title: "A notification belongs to the dialog and package of a subscription",
        requirements: ["RFC6665-4.2.1.2-dialog", "RFC6665-3.2.1-event"]
    ) { evidence, outcome in
        for notify in evidence.messages where notify.requestMethod == "NOTIFY" && notify.repeats == nil {
            guard notify.sender == .server, let mine = notify.sipSummary else { continue }
            let requests = evidence.call(of: notify).filter { request in
                ["SUBSCRIBE", "REFER"].contains(request.requestMethod) && request.sender == notify.receiver
            }
            // A NOTIFY that nobody asked for was common before RFC 6665, and harms nobody who refuses it.
            guard let request = requests.first, let theirs = request.sipSummary else { continue }
            let tags = requests.flatMap { evidence.dissection.responses(to: $0) }.filter(\.isSuccess)
                .compactMap { $0.sipSummary?.toTag }
            let isInDialog = mine.toTag == theirs.fromTag && (tags.isEmpty || tags.contains(mine.fromTag ?? ""))
            let isOfPackage = requests.contains { request in
                notify.eventPackage == (request.requestMethod == "REFER" ? "refer" : request.eventPackage)
            }
            if !isInDialog {
                outcome.note(
                    Breach(
                        of: .server, "the tags of the subscription in its NOTIFY", "others in \(inWords([notify]))",
                        [request, notify], clause: "RFC 6665 §4.2.1.2"))
            } else if !isOfPackage {
                outcome.note(
                    Breach(
                        of: .server, "the Event of the subscription in its NOTIFY",
                        "Event: \(notify.values(of: "Event").first ?? "none") (\(inWords([notify])))",
                        [request, notify], clause: "RFC 6665 §3.2.1"))
            } else {
                outcome.note(nil)
            }
        }
    }

    private static let subscriptionTime = GeneralRule(
        id: "rfc6665.expires", title: "A subscription lasts no longer than was asked for",
        requirements: ["RFC6665-3.1.1-expires"]
    ) { evidence, outcome in
        for success in evidence.messages where success.repeats == nil && evidence.isSuccess(success, to: "SUBSCRIBE") {
            guard let request = evidence.dissection.request(of: success),
                let asked = request.values(of: "Expires").first.flatMap({ Int($0) }),
                let granted = success.values(of: "Expires").first.flatMap({ Int($0) })
            else { continue }
            outcome.note(
                granted <= asked
                    ? nil
                    : Breach(
                        of: success.sender, "an Expires no longer than that of the SUBSCRIBE",
                        "\(granted) after \(asked) (\(inWords([request, success])))", [request, success]))
        }
    }

    private static let afterTermination = GeneralRule(
        id: "rfc6665.terminated", title: "Nothing is notified after the end of a subscription",
        requirements: ["RFC6665-4.4.1-terminated"]
    ) { evidence, outcome in
        for subscription in Subscription.all(in: evidence) {
            guard let end = subscription.notifications.first(where: { $0.subscriptionState == "terminated" }) else {
                continue
            }
            let later = subscription.notifications.first { notify in
                notify.number > end.number && evidence.showsOrder(end, notify)
                    && notify.sipSummary?.dialog == end.sipSummary?.dialog
            }
            outcome.note(
                later.map { later in
                    Breach(
                        of: later.sender, "no NOTIFY after one that says terminated",
                        "\(inWords([later])) after \(inWords([end]))", [end, later])
                })
        }
    }

    private static let answeredNotification = GeneralRule(
        id: "rfc6665.notify-answer", title: "A notification of an existing subscription is accepted",
        requirements: ["RFC6665-4.1.3-notify"]
    ) { evidence, outcome in
        // Who was told that nothing would be notified need not accept that something is.
        for subscription in Subscription.all(in: evidence) where !subscription.success.refusesSubscription {
            let ends = subscription.ends(in: evidence)
            for notify in subscription.notifications {
                guard let final = evidence.dissection.responses(to: notify).first(where: \.isFinal) else { continue }
                let isOver = ends.contains { $0.number < final.number }
                guard !isOver, !evidence.isFaulty(notify) else { continue }
                outcome.note(
                    [481, 489].contains(final.responseStatus ?? 0)
                        ? Breach(
                            of: final.sender, "2xx to a NOTIFY of an existing subscription",
                            "\(final.label) to \(inWords([notify]))", [subscription.request, notify, final]) : nil)
            }
        }
    }

    /// Other packages may be notified of without SUBSCRIBE, such as that of waiting messages; these two may not.
    private static let unasked = GeneralRule(
        id: "rfc6665.asked", title: "Nothing is notified of a conference, or of a REFER, without a subscription",
        requirements: ["RFC6665-4.2.1-creation"]
    ) { evidence, outcome in
        for notify in evidence.messages where notify.requestMethod == "NOTIFY" && notify.repeats == nil {
            guard notify.sender == .server, let package = notify.eventPackage,
                ["conference", "refer"].contains(package)
            else { continue }
            let isAsked = evidence.call(of: notify).contains { request in
                ["SUBSCRIBE", "REFER"].contains(request.requestMethod) && request.sender == notify.receiver
                    && request.number < notify.number
            }
            let isShown = evidence.showsBeginning && evidence.isWhole(for: notify.receiver)
            outcome.note(
                isAsked
                    ? nil
                    : Breach(
                        of: .server, "a SUBSCRIBE, or a REFER, before a NOTIFY of “\(package)”",
                        "none in the call of \(inWords([notify]))", [notify], decision: isShown ? .presence : nil))
        }
    }

    /// Who is expelled has left, and its subscription may go on (§7.2.2.11 (2)).
    private static let releasedSubscription = GeneralRule(
        id: "oma.noresource", title: "When a conference ends, its subscriptions end with the reason noresource",
        requirements: ["TS-7.2.2.11-terminate"]
    ) { evidence, outcome in
        for subscription in Subscription.all(in: evidence) where subscription.package == "conference" {
            guard let client = subscription.subscriber, let release = evidence.release(of: subscription) else {
                continue
            }
            let isGivenUp = evidence.call(of: subscription.request).contains { message in
                message.requestMethod == "SUBSCRIBE" && message.number > subscription.request.number
                    && message.number < release.number && message.values(of: "Expires").first == "0"
            }
            // Who never answers a NOTIFY has lost its subscription already.
            guard !isGivenUp, evidence.ignoredNotification(at: client) == nil else { continue }
            guard let end = subscription.notifications.first(where: { $0.subscriptionState == "terminated" }) else {
                outcome.note(
                    Breach(
                        of: .server, "a NOTIFY that says terminated;reason=noresource",
                        "none to \(client) after \(inWords([release]))", [subscription.success, release],
                        decision: evidence.isWhole(for: client)
                            ? evidence.silence(since: release.number, atLeast: Evidence.noticeLimit) : nil))
                continue
            }
            let state = end.values(of: "Subscription-State").first ?? ""
            let isNamed = state.lowercased().filter { !$0.isWhitespace }.contains("reason=noresource")
            outcome.note(
                isNamed
                    ? nil
                    : Breach(
                        of: end.sender, "terminated;reason=noresource when a conference ends",
                        "\(state) (\(inWords([end])))", [release, end]))
        }
    }
}

extension Evidence {
    /// The BYE by which the server ends, for a subscriber, the conference that it has subscribed to.
    fileprivate func release(of subscription: Subscription) -> DissectedMessage? {
        guard let client = subscription.subscriber, let focus = subscription.request.requestTarget else { return nil }
        let isExpelled = messages.contains { message in
            message.requestMethod == "REFER" && message.referMethod == "BYE"
                && message.referredResources.contains { identifies($0, client) }
        }
        guard !isExpelled else { return nil }
        return messages.first { bye in
            bye.requestMethod == "BYE" && bye.repeats == nil && bye.sender == .server && bye.receiver == client
                && bye.number > subscription.success.number
                && call(of: bye).contains { message in
                    message.sender == .server && message.addresses(in: "Contact").contains { $0.isSame(as: focus) }
                }
        }
    }
}
