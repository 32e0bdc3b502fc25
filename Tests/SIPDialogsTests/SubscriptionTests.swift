import SIPDialogs
import SIPSyntax
import Testing

/// The notifier of a subscription, one test for each arrow: RFC 6665 §4.2, RFC 3515 §2.4.
@Suite struct SubscriptionTests {
    private static func subscribe(expires: Int? = 600, sequence: Int = 1, toTag: String? = nil) -> SIPMessage {
        var request = SIPMessage(.subscribe, uri: "sip:room@example.com")
        request.add(.via, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK\(sequence)")
        request.add(.from, "<sip:alice@example.com>;tag=a1")
        request.add(.to, "<sip:room@example.com>" + (toTag.map { ";tag=\($0)" } ?? ""))
        request.add(.callID, "call")
        request.add(.cSeq, "\(sequence) SUBSCRIBE")
        request.add(.contact, "<sip:alice@192.0.2.1>")
        request.add(.event, "conference;id=7")
        request.add(.recordRoute, "<sip:p1.example.com;lr>")
        if let expires { request.add(.expires, String(expires)) }
        return request
    }

    private static let state = Subscription.Notification(contentType: "text/plain", body: Array("all".utf8))

    /// A subscription whose first notification has been answered.
    private static func begun() throws -> Subscription {
        var (subscription, _) = try #require(
            Subscription.begin(subscribe(), localTag: "n1", contact: "<sip:focus@192.0.2.9>"))
        let effects = subscription.notify(state)
        _ = subscription.handle(.answered(try answer(200, to: effects)))
        return subscription
    }

    private static func notifications(_ effects: [Subscription.Effect]) -> [SIPMessage] {
        effects.compactMap { effect in
            if case .notify(let request) = effect { request } else { nil }
        }
    }

    private static func answer(_ status: Int, to effects: [Subscription.Effect]) throws -> SIPMessage {
        SIPMessage(status: status, to: try #require(notifications(effects).first))
    }

    @Test func `SUBSCRIBE is answered, and the state is due at once`() throws {
        let (subscription, effects) = try #require(
            Subscription.begin(Self.subscribe(), localTag: "n1", contact: "<sip:focus@192.0.2.9>"))
        #expect(subscription.id == DialogID(callID: "call", localTag: "n1", remoteTag: "a1"))
        #expect(subscription.event.description == "conference;id=7")
        #expect(effects.count == 3)
        guard case .respond(let response) = effects[0] else { return #expect(Bool(false)) }
        #expect(response.status == 200)
        #expect(response.first(.expires) == "600")
        #expect(response.first(.contact) == "<sip:focus@192.0.2.9>")
        #expect(response.first(.recordRoute) == "<sip:p1.example.com;lr>")
        #expect(try response.to()?.tag == "n1")
        #expect(effects[1...] == [.arm(after: .seconds(600)), .stateWanted(last: nil)])
    }

    @Test(arguments: [(nil, 3600), (9000, 3600), (0, 0)] as [(Int?, Int)])
    func `The time is what was asked for, within the maximum`(asked: Int?, given: Int) throws {
        let (_, effects) = try #require(
            Subscription.begin(Self.subscribe(expires: asked), localTag: "n1", contact: "<sip:f@192.0.2.9>"))
        guard case .respond(let response) = effects[0] else { return #expect(Bool(false)) }
        #expect(response.first(.expires) == String(given))
        #expect(effects.last == .stateWanted(last: given == 0 ? .timeout : nil))
    }

    @Test(arguments: [(59, true), (60, false), (0, false)]) func `A time too brief is told as such`(
        seconds: Int, isTooBrief: Bool
    ) {
        #expect(Subscription.isTooBrief(Self.subscribe(expires: seconds)) == isTooBrief)
    }

    @Test func `A request without an event begins nothing`() {
        var request = Self.subscribe()
        request.remove(.event)
        #expect(Subscription.begin(request, localTag: "n1", contact: "<sip:f@192.0.2.9>") == nil)
    }

    @Test func `A notification goes to the subscriber with all that it needs`() throws {
        var (subscription, _) = try #require(
            Subscription.begin(
                Self.subscribe(), localTag: "n1", contact: "<sip:focus@192.0.2.9>",
                fields: [SIPField(.userAgent, "Notifier/1")]))
        let notification = try #require(Self.notifications(subscription.notify(Self.state)).first)
        #expect(notification.requestURI == "sip:alice@192.0.2.1")
        #expect(notification.list(.route) == ["<sip:p1.example.com;lr>"])
        #expect(notification.first(.event) == "conference;id=7")
        #expect(notification.first(.subscriptionState) == "active;expires=600")
        #expect(notification.first(.contact) == "<sip:focus@192.0.2.9>")
        #expect(notification.first(.userAgent) == "Notifier/1")
        #expect(notification.first(.contentType) == "text/plain")
        #expect(try notification.from()?.tag == "n1")
        #expect(try notification.to()?.tag == "a1")
    }

    @Test func `One notification follows another when that is answered`() throws {
        var subscription = try Self.begun()
        let first = subscription.notify(Self.state)
        #expect(Self.notifications(first).count == 1)
        #expect(subscription.notify(Self.state) == [])
        let second = subscription.handle(.answered(try Self.answer(200, to: first)))
        let next = try #require(Self.notifications(second).first)
        #expect(next.first(.subscriptionState) == "active", "The time left is not known here")
        #expect(try next.cSeq()?.number == 3)
    }

    @Test func `A provisional response is no answer`() throws {
        var subscription = try Self.begun()
        let first = subscription.notify(Self.state)
        #expect(subscription.handle(.answered(try Self.answer(100, to: first))) == [])
        #expect(subscription.notify(Self.state) == [])
    }

    @Test(arguments: [481, 500]) func `A refused notification ends the subscription`(status: Int) throws {
        var subscription = try Self.begun()
        let effects = subscription.notify(Self.state)
        #expect(subscription.handle(.answered(try Self.answer(status, to: effects))) == [.disarm, .end])
        #expect(subscription.state == .ended)
        #expect(subscription.notify(Self.state) == [])
        #expect(subscription.handle(.expired) == [])
    }

    @Test func `A subscriber that wants to be asked again later stays one`() throws {
        var subscription = try Self.begun()
        var response = try Self.answer(503, to: subscription.notify(Self.state))
        response.add(.retryAfter, "5")
        #expect(subscription.handle(.answered(response)) == [])
        #expect(subscription.state == .active)
    }

    @Test func `A notification without an answer ends the subscription`() throws {
        var subscription = try Self.begun()
        _ = subscription.notify(Self.state)
        #expect(subscription.handle(.unanswered) == [.disarm, .end])
    }

    @Test func `A refresh is answered, and the state told again`() throws {
        var subscription = try Self.begun()
        let effects = subscription.handle(.subscribe(Self.subscribe(expires: 300, sequence: 2, toTag: "n1")))
        guard case .respond(let response) = effects.first else { return #expect(Bool(false)) }
        #expect(response.status == 200)
        #expect(response.first(.expires) == "300")
        #expect(effects[1...] == [.arm(after: .seconds(300)), .stateWanted(last: nil)])
        let notification = Self.notifications(subscription.notify(Self.state)).first
        #expect(notification?.first(.subscriptionState) == "active;expires=300")
    }

    @Test(arguments: [(5, 2, "n1", 423), (300, 1, "n1", 500), (300, 2, "other", 481)])
    func `A refresh that is not one is refused`(expires: Int, sequence: Int, tag: String, status: Int) throws {
        var subscription = try Self.begun()
        let request = Self.subscribe(expires: expires, sequence: sequence, toTag: tag)
        let effects = subscription.handle(.subscribe(request))
        guard case .respond(let response) = effects.first else { return #expect(Bool(false)) }
        #expect(effects.count == 1)
        #expect(response.status == status)
        if status == 423 { #expect(response.first(.minExpires) == "60") }
    }

    @Test func `A subscriber that wants no more is told the state once more`() throws {
        var subscription = try Self.begun()
        let effects = subscription.handle(.subscribe(Self.subscribe(expires: 0, sequence: 2, toTag: "n1")))
        #expect(effects.last == .stateWanted(last: .timeout))
        let last = subscription.notify(Self.state, last: .timeout)
        #expect(last.first == .disarm)
        #expect(Self.notifications(last).first?.first(.subscriptionState) == "terminated;reason=timeout")
        #expect(subscription.state == .ending)
        #expect(subscription.handle(.answered(try Self.answer(200, to: last))) == [.disarm, .end])
    }

    @Test func `A subscription that runs out is ended in the same way`() throws {
        var subscription = try Self.begun()
        #expect(subscription.handle(.expired) == [.stateWanted(last: .timeout)])
    }

    @Test func `While it ends, nothing can be refreshed`() throws {
        var subscription = try Self.begun()
        _ = subscription.notify(nil, last: .noResource)
        let effects = subscription.handle(.subscribe(Self.subscribe(sequence: 2, toTag: "n1")))
        guard case .respond(let response) = effects.first else { return #expect(Bool(false)) }
        #expect(response.status == 481)
        #expect(subscription.handle(.expired) == [])
    }

    @Test func `What waits is sent before the last`() throws {
        var subscription = try Self.begun()
        let first = subscription.notify(Self.state)
        _ = subscription.notify(Self.state)
        #expect(subscription.notify(nil, last: .noResource) == [.disarm])
        let second = subscription.handle(.answered(try Self.answer(200, to: first)))
        #expect(Self.notifications(second).first?.body.isEmpty == false)
        let third = subscription.handle(.answered(try Self.answer(200, to: second)))
        let last = try #require(Self.notifications(third).first)
        #expect(last.first(.subscriptionState) == "terminated;reason=noresource")
        #expect(last.first(.contentType) == nil)
        #expect(subscription.handle(.answered(try Self.answer(200, to: third))) == [.disarm, .end])
    }

    @Test func `More than may wait is left out`() throws {
        var subscription = try Self.begun()
        _ = subscription.notify(Self.state)
        for _ in 0..<Subscription.maximumPending { _ = subscription.notify(Self.state) }
        #expect(subscription.notify(Self.state) == [])
    }

    private static func refer(toTag: String?) -> SIPMessage {
        var request = subscribe(expires: nil, sequence: 9, toTag: toTag)
        request.startLine = .request(.refer, uri: "sip:room@example.com")
        request.set(.cSeq, "9 REFER")
        request.remove(.event)
        return request
    }

    @Test func `REFER subscribes to its own outcome`() throws {
        var subscription = try #require(
            Subscription(referring: Self.refer(toTag: nil), localTag: "n1", contact: "<sip:f@192.0.2.9>"))
        #expect(subscription.event.description == "refer")
        #expect(subscription.duration == .seconds(300))
        let notification = try #require(Self.notifications(subscription.notify(Self.state)).first)
        #expect(notification.first(.event) == "refer")
        #expect(try notification.from()?.tag == "n1")
    }

    @Test func `REFER in the dialog of a session is told its outcome there`() throws {
        var subscription = try #require(
            Subscription(referring: Self.refer(toTag: "s1"), localTag: "n1", contact: "<sip:f@192.0.2.9>"))
        #expect(subscription.id == nil)
        let effects = subscription.notify(Self.state)
        guard case .notifyInSession(let fields, let body) = effects.first else { return #expect(Bool(false)) }
        #expect(fields.first { $0.name == .event }?.value == "refer;id=9")
        #expect(body == Self.state.body)
        #expect(subscription.notify(nil, last: .noResource) == [.disarm])
        let last = subscription.handle(.entrusted)
        #expect(last.count == 1)
        #expect(subscription.handle(.entrusted) == [.disarm, .end])
    }
}
