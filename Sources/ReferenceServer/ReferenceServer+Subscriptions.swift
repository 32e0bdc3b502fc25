import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Subscriptions and REFER, whose notifier the server is.
///
/// RFC 6665 §4.2, RFC 3515 §2.4 and RFC 4488
extension ReferenceServer {
    private var notificationFields: [SIPField] { [SIPField(.userAgent, ReleaseVersion.server)] }

    /// The Contact of the server where no session has one.
    var contact: String {
        NameAddress(
            uri: configuration.uri(), parameters: [FeatureTag.instantMessaging.parameter]
        ).description
    }

    private func contact(for request: SIPMessage) -> String {
        request.asksForSecurity ? contact.asSecureContact : contact
    }

    /// Begins the subscription that a SUBSCRIBE asks for, which has been authorised.
    ///
    /// The owner notes the number of the subscription before its first notification is due.
    mutating func subscribe(
        _ request: SIPMessage, _ key: TransactionKey, to owner: SubscriptionOwner, note: (inout Self, Int) -> Void
    ) {
        if Subscription.isTooBrief(request) {
            return refuse(Refusal(423, fields: [SIPField(.minExpires, "60")]), key)
        }
        guard subscriptions.count < configuration.limits.sessions,
            let (subscription, effects) = Subscription.begin(
                request, localTag: newTag(), contact: contact(for: request), fields: notificationFields)
        else { return refuse(Refusal(503, fields: [SIPField(.retryAfter, "60")]), key) }
        let id = nextSerial()
        subscriptions.insert(.init(subscription: subscription, owner: owner, session: nil), as: id)
        note(&self, id)
        perform(effects, inSubscription: id, answering: key)
    }

    /// Accepts a REFER, which comes within the dialog of a session or outside of any.
    ///
    /// RFC 4488 §4: a client that wants no subscription, and hears that there is none, gets no NOTIFY.
    ///
    /// - Returns: the number by which the outcome can be told, or nil when nobody wants to hear it.
    mutating func acceptRefer(
        _ request: SIPMessage, _ key: TransactionKey, status: Int = 202, inSession session: DialogOwner? = nil
    ) -> Int? {
        let tag = newTag()
        var response = SIPMessage(status: status, to: request, toTag: session == nil ? tag : nil)
        response.fields += request.fields.filter { $0.name == .recordRoute }
        response.add(.contact, contact(for: request))
        if session == nil { response.add(.supported, "norefersub") }
        guard request.wantsSubscription || faults.has(.referralTold),
            subscriptions.count < configuration.limits.sessions,
            let subscription = Subscription(
                referring: request, localTag: tag, contact: contact(for: request), fields: notificationFields)
        else {
            response.add(.referSub, "false")
            respond(response, key)
            return nil
        }
        if !request.wantsSubscription { response.add(.referSub, "false") }
        respond(response, key)
        let id = nextSerial()
        subscriptions.insert(.init(subscription: subscription, owner: .refer, session: session), as: id)
        arm(.subscription(id), after: subscription.duration)
        tellReferrer(id, status: 100, reason: SIPReasonPhrase.standard(for: 100))
        return id
    }

    /// Tells whoever has sent a REFER what came of it; a final status is the last of it.
    mutating func tellReferrer(_ id: Int?, status: Int, reason: String? = nil) {
        guard let id, faults.notifiesReferrers else { return }
        let line = "SIP/2.0 \(status) \(reason ?? SIPReasonPhrase.standard(for: status))\r\n"
        let notification = Subscription.Notification(
            contentType: faults.outcomeType, body: Array(line.utf8))
        notify(notification, last: status < 200 ? nil : .noResource, inSubscription: id)
    }

    mutating func notify(
        _ notification: Subscription.Notification?, last: Subscription.Reason? = nil, inSubscription id: Int
    ) {
        perform(subscriptions.notify(notification, last: last, in: id), inSubscription: id)
    }

    /// A request in the dialog of a subscription.
    mutating func receive(_ request: SIPMessage, _ key: TransactionKey, inSubscription id: Int) {
        guard request.method == .subscribe else {
            let allow = SIPField(.allow, SIPMethod.subscribe.name)
            return refuse(Refusal(request.method?.isKnown == true ? 405 : 501, fields: [allow]), key)
        }
        perform(subscriptions.handle(.subscribe(request), in: id), inSubscription: id, answering: key)
    }

    mutating func handle(_ event: Subscription.Event, inSubscription id: Int) {
        perform(subscriptions.handle(event, in: id), inSubscription: id)
    }

    private mutating func perform(
        _ effects: [Subscription.Effect], inSubscription id: Int, answering key: TransactionKey? = nil
    ) {
        for effect in effects {
            switch effect {
            case .respond(let response):
                if let key { respond(response, key) }
            case .notify(let request):
                send(request, for: .notification(id))
            case .notifyInSession(let fields, let body):
                guard let session = subscriptions[id]?.session else { continue }
                command(.request(.notify, fields: fields, body: body), to: session)
                handle(.entrusted, inSubscription: id)
            case .stateWanted(let last):
                wantState(of: id, last: last)
            case .arm(let delay): arm(.subscription(id), after: delay)
            case .disarm: disarm(.subscription(id))
            case .end:
                guard let owner = subscriptions[id]?.owner else { continue }
                subscriptions.remove(id)
                disarm(.subscription(id))
                ended(id, of: owner)
            }
        }
    }

    private mutating func wantState(of id: Int, last: Subscription.Reason?) {
        guard let entry = subscriptions[id] else { return }
        switch entry.owner {
        case .refer: notify(entry.latest, last: last, inSubscription: id)
        case .conference(let conference): handle(.stateWanted(subscriber: id, last: last), inConference: conference)
        }
    }

    private mutating func ended(_ id: Int, of owner: SubscriptionOwner) {
        switch owner {
        case .refer: break
        case .conference(let conference): handle(.subscriptionEnded(id), inConference: conference)
        }
    }
}

extension SIPMessage {
    /// Whether the sender of a REFER wants to be told what comes of it.
    ///
    /// RFC 4488 §4; OMA-TS-SIMPLE_IM-V1_0 §12.1.3.4 writes `Norefer-Sub: true`, of which no RFC knows.
    fileprivate var wantsSubscription: Bool {
        if let field = (try? referSub()) ?? nil { return field.createsSubscription }
        return first(SIPFieldName("Norefer-Sub"))?.lowercased().hasPrefix("true") != true
    }
}
