import Conformance
import Dissection

// Rules about REFER, and about sessions that take the place of others.
extension GeneralRule {
    static let references: [GeneralRule] = [referFragment, referWithoutSubscription, referSubField, replacedDialog]

    private static let referFragment = GeneralRule(
        id: "rfc3515.sipfrag", title: "What becomes of a REFER is told by the status line of a response",
        requirements: ["RFC3515-2.4.5-sipfrag"]
    ) { evidence, outcome in
        for subscription in Subscription.all(in: evidence) where subscription.package == "refer" {
            if !subscription.isSuppressed, let last = subscription.notifications.last {
                outcome.note(unfinished(subscription, last, evidence))
            }
            for notify in subscription.notifications {
                let type = (notify.contentType ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
                let isFragment = type == "message/sipfrag" && notify.payload?.text.hasPrefix("SIP/2.0 ") == true
                outcome.note(
                    isFragment
                        ? nil
                        : Breach(
                            of: notify.sender, "a message/sipfrag that begins with a status line",
                            "\(type.isEmpty ? "no Content-Type" : type) in \(inWords([notify]))",
                            [subscription.request, notify]))
            }
        }
    }

    /// A REFER whose outcome is never told, unless the trace ends before it can be known.
    ///
    /// RFC 3515 §2.4.4; a request other than INVITE has its final response within the time of a transaction
    private static func unfinished(
        _ subscription: Subscription, _ last: DissectedMessage, _ evidence: Evidence
    ) -> Breach? {
        let isOver = !subscription.ends(in: evidence).isEmpty
        let isFinal = subscription.notifications.contains { notify in
            notify.payload?.text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 >= 200 } ?? false
        }
        // Whoever does not answer a NOTIFY gets no other (RFC 6665 §4.2.2).
        let isIgnored = subscription.subscriber.flatMap(evidence.ignoredNotification) != nil
        guard !isOver, !isFinal, !isIgnored else { return nil }
        let mayRing =
            subscription.request.referMethod == "INVITE" && subscription.request.requestTarget?.function == nil
        let isShown = !mayRing && evidence.isWhole(for: subscription.subscriber)
        return Breach(
            of: last.sender, "a NOTIFY with the final response to what the REFER asks for",
            "none after \(inWords([last]))", [subscription.request, last],
            decision: isShown
                ? evidence.silence(since: last.number, atLeast: Evidence.transactionLimit + Evidence.noticeLimit) : nil)
    }

    private static let referWithoutSubscription = GeneralRule(
        id: "rfc4488.refer-sub", title: "A REFER that was accepted without a subscription is not notified of",
        requirements: ["RFC4488-4-refer-sub"]
    ) { evidence, outcome in
        for subscription in Subscription.all(in: evidence) where subscription.package == "refer" {
            guard subscription.success.refusesSubscription else { continue }
            guard let notify = subscription.notifications.first else {
                let success = subscription.success
                let isShown =
                    subscription.subscriber.flatMap { evidence.calm(at: $0, .pager, after: success.number) } != nil
                outcome.note(
                    isShown
                        ? nil
                        : Breach(
                            of: success.sender, "no NOTIFY of a REFER whose 2xx says Refer-Sub: false",
                            "none so far after \(inWords([success])), and the trace ends too early to tell",
                            [subscription.request, success], decision: nil))
                continue
            }
            outcome.note(
                Breach(
                    of: notify.sender, "no NOTIFY of a REFER whose 2xx says Refer-Sub: false",
                    "\(inWords([notify])) after \(inWords([subscription.success]))",
                    [subscription.request, subscription.success, notify]))
        }
    }

    /// What the 2xx says is asked for only where the REFER goes to a conference: elsewhere the texts contradict
    /// each other (OMA-TS-SIMPLE_IM-V1_0 §12.1.3.4 and §12.2.2.7 (5)).
    private static let referSubField = GeneralRule(
        id: "oma.refer-sub", title: "The 2xx to a REFER without subscription says Refer-Sub: false",
        requirements: ["TS-7.2.1.7-refer-sub", "TS-7.2.1.8-refer-sub"]
    ) { evidence, outcome in
        for subscription in Subscription.all(in: evidence) where subscription.package == "refer" {
            let (request, success) = (subscription.request, subscription.success)
            guard request.refusesSubscription, request.requestTarget?.function == nil, success.sender == .server else {
                continue
            }
            outcome.note(
                success.refusesSubscription
                    ? nil
                    : Breach(
                        of: success.sender, "Refer-Sub: false in the 2xx to a REFER that says it",
                        "none in \(inWords([success]))", [request, success],
                        clause: request.referMethod == "BYE"
                            ? "OMA-TS-SIMPLE_IM-V1_0 §7.2.1.8" : "OMA-TS-SIMPLE_IM-V1_0 §7.2.1.7"))
        }
    }

    private static let replacedDialog = GeneralRule(
        id: "rfc3891.replaced", title: "An INVITE replaces a dialog that its receiver has, and that dialog ends",
        requirements: ["RFC3891-3-match"]
    ) { evidence, outcome in
        for invite in evidence.messages where invite.requestMethod == "INVITE" && invite.repeats == nil {
            guard let client = invite.receiver, client != .server, invite.isOutsideDialog,
                let name = invite.values(of: DissectedPart.replacesCallID.rawValue).first
            else { continue }
            let known = evidence.messages(ofCall: name).filter { $0.sender == client || $0.receiver == client }
            let own = invite.values(of: DissectedPart.replacesToTag.rawValue).first
            let theirs = invite.values(of: DissectedPart.replacesFromTag.rawValue).first
            let dialog = known.filter { $0.isOfDialog(of: client, own: own, theirs: theirs) }
            guard let first = dialog.first(where: { evidence.isSuccess($0, to: "INVITE") }) else {
                outcome.note(
                    Breach(
                        of: evidence.source(of: invite),
                        "Replaces with a dialog that \(client) has, by its own tag first",
                        "none of this name (\(inWords([invite])))", [invite],
                        decision: evidence.showsBeginning && evidence.isWhole(for: client) ? .presence : nil,
                        clause: "RFC 3891 §3"))
                continue
            }
            guard let success = evidence.dissection.responses(to: invite).first(where: \.isSuccess) else { continue }
            let end = evidence.dialog(of: first).first { $0.requestMethod == "BYE" }
            outcome.note(
                end != nil
                    ? nil
                    : Breach(
                        of: client, "a BYE in the dialog that \(client) lets be replaced",
                        "none after \(inWords([success]))", [first, invite, success],
                        decision: evidence.isWhole(for: client)
                            ? evidence.farewell(of: client, after: success)
                                ?? evidence.silence(since: success.number, atLeast: Evidence.noticeLimit) : nil,
                        clause: "RFC 3891 §3"))
        }
    }
}

extension Evidence {
    /// The REGISTER by which the client has left the service after a message, and left everything else as it was.
    fileprivate func farewell(of client: PartyName, after message: DissectedMessage) -> Decision? {
        let left = messages.suffix(from: message.number).first { $0.isDeregistration && $0.sender == client }
        return left.map { .fence($0.reference) }
    }
}

extension DissectedMessage {
    /// Whether the message is of the dialog in which a client has this tag and its peer that one.
    fileprivate func isOfDialog(of client: PartyName, own: String?, theirs: String?) -> Bool {
        guard let summary = sipSummary else { return false }
        let isOwnFrom = (sender == client) == (responseStatus == nil)
        let (mine, other) = isOwnFrom ? (summary.fromTag, summary.toTag) : (summary.toTag, summary.fromTag)
        return mine == own && other == theirs
    }
}
