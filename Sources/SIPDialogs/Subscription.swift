package import SIPSyntax

/// One subscription as its notifier keeps it.
///
/// RFC 6665 §4.2, and RFC 3515 for those that a REFER creates
package struct Subscription: Sendable {
    package enum State: Hashable, Sendable {
        case active
        /// The last NOTIFY has been given to send, and is not answered.
        case ending
        case ended
    }

    /// How a subscription ends.
    ///
    /// RFC 6665 §4.1.3
    package enum Reason: String, Hashable, Sendable {
        case deactivated
        case noResource = "noresource"
        case rejected
        case timeout
    }

    /// How long a subscription may last, in seconds.
    package struct Lifetime: Hashable, Sendable {
        /// What a subscriber gets that asks for no time, or for more.
        package var maximum: Int
        /// The shortest time that is not refused as too brief.
        package var minimum: Int

        package init(maximum: Int = 3600, minimum: Int = 60) {
            self.maximum = maximum
            self.minimum = minimum
        }
    }

    package enum Event: Sendable {
        /// A SUBSCRIBE in the dialog of the subscription.
        case subscribe(SIPMessage)
        /// A final response to the latest NOTIFY.
        case answered(SIPMessage)
        /// The latest NOTIFY has no answer.
        case unanswered
        /// The latest NOTIFY is in the care of the session whose dialog it uses.
        case entrusted
        /// The time has run out.
        case expired
    }

    package enum Effect: Equatable, Sendable {
        /// Answer the SUBSCRIBE.
        case respond(SIPMessage)
        /// Send a NOTIFY; none follows before it is answered.
        case notify(SIPMessage)
        /// Send a NOTIFY in the dialog that the subscription shares with a session.
        case notifyInSession(fields: [SIPField], body: [UInt8])
        /// The state is wanted in full, with this reason when it is the last.
        case stateWanted(last: Reason?)
        case arm(after: Duration)
        case disarm
        case end
    }

    /// What a NOTIFY says of the resource.
    package struct Notification: Hashable, Sendable {
        package var contentType: String
        package var body: [UInt8]

        package init(contentType: String, body: [UInt8]) {
            self.contentType = contentType
            self.body = body
        }
    }

    package let event: EventType
    package private(set) var state = State.active

    /// The dialog of the subscription; nil when it uses that of a session.
    private var dialog: Dialog?
    private let contact: String
    private let lifetime: Lifetime
    /// The fields that every NOTIFY has besides those of the subscription.
    private let fields: [SIPField]
    /// How long the subscription was given, in seconds.
    private var expires: Int

    /// Whether no NOTIFY has told yet how long the subscription lasts; later it would be less, by a clock not known here.
    private var owesExpiry = true
    private var isUnanswered = false
    /// What has still to be sent, in order, and whether it is the last.
    private var pending: [(notification: Notification?, last: Reason?)] = []

    /// How many notifications may wait for the one before them to be answered.
    package static let maximumPending = 100

    /// The subscription that a SUBSCRIBE begins, and the response to it.
    ///
    /// The first NOTIFY is due at once; for a subscription of no time it is the only one.
    ///
    /// - Returns: nil for a request that cannot begin a dialog or has no event that can be read.
    package static func begin(
        _ request: SIPMessage, localTag: String, contact: String, lifetime: Lifetime = Lifetime(),
        fields: [SIPField] = []
    ) -> (Subscription, [Effect])? {
        guard let event = (try? request.event()) ?? nil, let dialog = Dialog(server: request, localTag: localTag) else {
            return nil
        }
        let expires = min((try? request.expires()) ?? lifetime.maximum, lifetime.maximum)
        let subscription = Subscription(
            event: event, dialog: dialog, contact: contact, lifetime: lifetime, fields: fields, expires: expires)
        let response = subscription.response(200, to: request, localTag: localTag)
        let isFetch = expires == 0
        return (
            subscription,
            [.respond(response)] + (isFetch ? [] : [.arm(after: .seconds(expires))])
                + [.stateWanted(last: isFetch ? .timeout : nil)]
        )
    }

    /// The subscription that a REFER creates, which uses the session's dialog when the REFER does.
    ///
    /// RFC 3515 §2.4.4 and §2.4.6: the first of a dialog is named by nothing, but any may be named by its CSeq
    package init?(referring request: SIPMessage, localTag: String, contact: String, fields: [SIPField] = []) {
        let isInSession = (try? request.to())?.tag != nil
        let dialog = isInSession ? nil : Dialog(server: request, localTag: localTag)
        guard isInSession || dialog != nil, let number = (try? request.cSeq())?.number else { return nil }
        let id = Parameter("id", String(number))
        self.init(
            event: EventType("refer", parameters: isInSession ? [id] : []), dialog: dialog, contact: contact,
            lifetime: Lifetime(maximum: 300), fields: fields, expires: 300)
    }

    private init(
        event: EventType, dialog: Dialog?, contact: String, lifetime: Lifetime, fields: [SIPField], expires: Int
    ) {
        self.event = event
        self.dialog = dialog
        self.contact = contact
        self.lifetime = lifetime
        self.fields = fields
        self.expires = expires
    }

    /// The dialog of the subscription, unless it uses that of a session.
    package var id: DialogID? { dialog?.id }

    /// The time that a REFER gives.
    package var duration: Duration { .seconds(expires) }

    /// The reason to refuse a SUBSCRIBE as too brief: Min-Expires.
    ///
    /// RFC 6665 §4.2.1.1
    package static func isTooBrief(_ request: SIPMessage, lifetime: Lifetime = Lifetime()) -> Bool {
        guard let wanted = (try? request.expires()) ?? nil else { return false }
        return wanted > 0 && wanted < min(lifetime.minimum, 3600)
    }

    /// Tells the subscriber how the resource is, for the last time with a reason.
    package mutating func notify(_ notification: Notification?, last: Reason? = nil) -> [Effect] {
        guard state == .active, pending.count < Self.maximumPending else { return [] }
        if last != nil { state = .ending }
        pending.append((notification, last))
        return (last == nil ? [] : [.disarm]) + sendNext()
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.active, .subscribe(let request)):
            return subscribed(again: request)
        case (.ending, .subscribe(let request)):
            return [.respond(SIPMessage(status: 481, to: request))]
        case (.active, .expired):
            return [.stateWanted(last: .timeout)]
        case (.active, .answered(let response)), (.ending, .answered(let response)):
            return answered(response)
        case (.active, .entrusted), (.ending, .entrusted):
            return settled()
        case (.active, .unanswered), (.ending, .unanswered):
            return end()
        case (.ending, .expired), (.ended, _):
            return []
        }
    }

    private mutating func subscribed(again request: SIPMessage) -> [Effect] {
        switch dialog?.accepts(request) {
        case .inOrder?: break
        case .repeated?, .outOfOrder?: return [.respond(SIPMessage(status: 500, to: request))]
        case .foreign?, nil: return [.respond(SIPMessage(status: 481, to: request))]
        }
        if Self.isTooBrief(request, lifetime: lifetime) {
            var response = SIPMessage(status: 423, to: request)
            response.add(.minExpires, String(lifetime.minimum))
            return [.respond(response)]
        }
        expires = min((try? request.expires()) ?? lifetime.maximum, lifetime.maximum)
        let response = response(200, to: request, localTag: "")
        owesExpiry = true
        guard expires > 0 else { return [.respond(response), .stateWanted(last: .timeout)] }
        return [.respond(response), .arm(after: .seconds(expires)), .stateWanted(last: nil)]
    }

    /// RFC 6665 §4.2.2: a NOTIFY that fails for good ends the subscription.
    private mutating func answered(_ response: SIPMessage) -> [Effect] {
        guard let status = response.status, status >= 200 else { return [] }
        dialog?.receive(response)
        return status < 300 || response.contains(.retryAfter) ? settled() : end()
    }

    private mutating func settled() -> [Effect] {
        isUnanswered = false
        return state == .ending && pending.isEmpty ? end() : sendNext()
    }

    private mutating func end() -> [Effect] {
        state = .ended
        pending = []
        return [.disarm, .end]
    }

    private mutating func sendNext() -> [Effect] {
        guard !isUnanswered, !pending.isEmpty else { return [] }
        let (notification, last) = pending.removeFirst()
        isUnanswered = true
        var all = [SIPField(.event, event.description), SIPField(.subscriptionState, standing(last).description)]
        all += [SIPField(.contact, contact)] + fields
        if let notification { all.append(SIPField(.contentType, notification.contentType)) }
        let body = notification?.body ?? []
        guard let request = dialog?.request(.notify, fields: all, body: body) else {
            return [.notifyInSession(fields: all, body: body)]
        }
        return [.notify(request)]
    }

    private mutating func standing(_ last: Reason?) -> SubscriptionState {
        if let last { return SubscriptionState("terminated", parameters: [Parameter("reason", last.rawValue)]) }
        guard owesExpiry else { return SubscriptionState("active") }
        owesExpiry = false
        return SubscriptionState("active", parameters: [Parameter("expires", String(expires))])
    }

    private func response(_ status: Int, to request: SIPMessage, localTag: String) -> SIPMessage {
        var response = SIPMessage(status: status, to: request, toTag: localTag.isEmpty ? nil : localTag)
        response.fields += request.fields.filter { $0.name == .recordRoute }
        response.add(.contact, contact)
        response.add(.expires, String(expires))
        return response
    }
}
