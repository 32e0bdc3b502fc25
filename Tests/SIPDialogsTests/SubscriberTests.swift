import SIPDialogs
import SIPSyntax
import Testing

@Suite("A subscription at its subscriber: RFC 6665 §4.1")
struct SubscriberTests {
    private static let patience = Duration.seconds(32)

    private static func request(_ method: SIPMethod = .subscribe, expires: String? = "3600") -> SIPMessage {
        var request = SIPMessage(
            method, uri: "sip:conf@example.com",
            fields: [
                SIPField(.from, "<sip:alice@example.com>;tag=a1"), SIPField(.to, "<sip:conf@example.com>"),
                SIPField(.callID, "call"), SIPField(.cSeq, "1 \(method.name)"),
                SIPField(.contact, "<sip:alice@192.0.2.1>"), SIPField(.accept, "application/conference-info+xml"),
            ])
        if method == .subscribe { request.add(.event, "conference") }
        if let expires { request.add(.expires, expires) }
        return request
    }

    private static func response(
        _ status: Int, to request: SIPMessage = request(), _ fields: [(SIPFieldName, String)] = []
    ) -> SIPMessage {
        var response = SIPMessage(status: status, to: request, toTag: "f1")
        response.add(.contact, "<sip:conf@192.0.2.9>")
        for (name, value) in fields { response.add(name, value) }
        return response
    }

    private static func notify(
        _ number: Int = 1, state: String? = "active;expires=3600", event: String = "conference", tag: String = "f1"
    ) -> SIPMessage {
        var notify = SIPMessage(
            .notify, uri: "sip:alice@192.0.2.1",
            fields: [
                SIPField(.from, "<sip:conf@example.com>;tag=\(tag)"), SIPField(.to, "<sip:alice@example.com>;tag=a1"),
                SIPField(.callID, "call"), SIPField(.cSeq, "\(number) NOTIFY"),
                SIPField(.contact, "<sip:conf@192.0.2.9>"), SIPField(.event, event),
            ])
        if let state { notify.add(.subscriptionState, state) }
        return notify
    }

    private func subscriber(_ request: SIPMessage = request()) throws -> Subscriber {
        try #require(Subscriber.begin(request, patience: Self.patience)).0
    }

    /// A subscription that has been answered and notified of.
    private func active() throws -> Subscriber {
        var subscriber = try subscriber()
        _ = subscriber.handle(.response(Self.response(200)))
        _ = subscriber.handle(.notify(Self.notify()))
        #expect(subscriber.state == .active)
        return subscriber
    }

    private func answers(_ effects: [Subscriber.Effect]) -> [Int] {
        effects.compactMap { if case .answer(let status) = $0 { status } else { nil } }
    }

    private func sent(_ effects: [Subscriber.Effect]) -> [SIPMessage] {
        effects.compactMap { if case .send(let request) = $0 { request } else { nil } }
    }

    private func ending(_ effects: [Subscriber.Effect]) -> Subscriber.Ending? {
        for case .ended(let ending) in effects { return ending }
        return nil
    }

    // MARK: notify_wait

    @Test func `It begins with the SUBSCRIBE and Timer N`() throws {
        let (subscriber, effects) = try #require(Subscriber.begin(Self.request(), patience: Self.patience))
        #expect(subscriber.state == .notifyWait)
        #expect(effects == [.send(Self.request()), .arm(.notify, after: Self.patience)])
    }

    @Test func `A SUBSCRIBE without an event asks for nothing`() {
        var request = Self.request()
        request.remove(.event)
        #expect(Subscriber.begin(request, patience: Self.patience) == nil)
    }

    @Test func `A success response creates the dialog and grants a time`() throws {
        var subscriber = try subscriber()
        let effects = subscriber.handle(.response(Self.response(200, [(.expires, "600")])))
        #expect(subscriber.state == .notifyWait)
        #expect(subscriber.dialog?.remoteTarget == "sip:conf@192.0.2.9")
        #expect(effects == [.arm(.refresh, after: .seconds(300)), .arm(.expiry, after: .seconds(600))])
    }

    @Test func `A provisional response says nothing`() throws {
        var subscriber = try subscriber()
        #expect(subscriber.handle(.response(Self.response(100))) == [])
    }

    @Test(arguments: [("active", Subscriber.State.active), ("pending", .pending), ("Active;expires=60", .active)])
    func `A NOTIFY says how the subscription stands, also before the response`(
        state: String, expected: Subscriber.State
    ) throws {
        var subscriber = try subscriber()
        let effects = subscriber.handle(.notify(Self.notify(state: state)))
        #expect(subscriber.state == expected)
        #expect(answers(effects) == [200])
        #expect(effects.contains(.cancel(.notify)))
        _ = subscriber.handle(.response(Self.response(200)))
        #expect(subscriber.state == expected)
    }

    @Test func `A SUBSCRIBE in a dialog that a NOTIFY has created goes on counting`() throws {
        var subscriber = try subscriber()
        _ = subscriber.handle(.notify(Self.notify()))
        let refresh = try #require(sent(subscriber.handle(.timer(.refresh))).first)
        #expect(try refresh.cSeq()?.number == 2)
        #expect(refresh.requestURI == "sip:conf@192.0.2.9")
    }

    @Test func `A NOTIFY that ends the subscription at once is answered`() throws {
        var subscriber = try subscriber()
        let effects = subscriber.handle(.notify(Self.notify(state: "terminated;reason=rejected")))
        #expect(answers(effects) == [200])
        #expect(ending(effects) == .terminated(reason: "rejected"))
        #expect(subscriber.state == .terminated)
    }

    @Test(arguments: [300, 403, 404, 481, 489, 500, 603])
    func `A refusal ends what had not begun`(status: Int) throws {
        var subscriber = try subscriber()
        #expect(ending(subscriber.handle(.response(Self.response(status)))) == .refused(status: status))
    }

    @Test func `423 brings the SUBSCRIBE again for longer`() throws {
        var subscriber = try subscriber(Self.request(expires: "10"))
        let effects = subscriber.handle(.response(Self.response(423, [(.minExpires, "60")])))
        let again = try #require(sent(effects).first)
        #expect(again.first(.expires) == "60")
        #expect(try again.cSeq()?.number == 2)
        #expect(try again.to()?.tag == nil)
    }

    @Test func `Silence ends it`() throws {
        var subscriber = try subscriber()
        #expect(ending(subscriber.handle(.failed(status: 408))) == .refused(status: 408))
    }

    @Test func `Timer N ends it`() throws {
        var subscriber = try subscriber()
        _ = subscriber.handle(.response(Self.response(200)))
        #expect(ending(subscriber.handle(.timer(.notify))) == .unnotified)
    }

    // MARK: NOTIFY requests that do not fit

    @Test func `A NOTIFY of another dialog gets 481`() throws {
        var subscriber = try active()
        #expect(answers(subscriber.handle(.notify(Self.notify(2, tag: "other")))) == [481])
    }

    @Test func `A NOTIFY of another Call-ID creates no dialog`() throws {
        var subscriber = try subscriber()
        var notify = Self.notify()
        notify.set(.callID, "other")
        #expect(answers(subscriber.handle(.notify(notify))) == [481])
        #expect(subscriber.dialog == nil)
    }

    @Test func `A NOTIFY that is out of order gets 500`() throws {
        var subscriber = try active()
        _ = subscriber.handle(.notify(Self.notify(5)))
        #expect(answers(subscriber.handle(.notify(Self.notify(4)))) == [500])
        #expect(answers(subscriber.handle(.notify(Self.notify(5)))) == [500])
    }

    @Test func `A NOTIFY of another event gets 489`() throws {
        var subscriber = try active()
        #expect(answers(subscriber.handle(.notify(Self.notify(2, event: "presence")))) == [489])
    }

    @Test(arguments: [nil, "@@@"])
    func `A NOTIFY that does not say how the subscription stands gets 400`(state: String?) throws {
        var subscriber = try active()
        #expect(answers(subscriber.handle(.notify(Self.notify(2, state: state)))) == [400])
    }

    // MARK: active

    @Test func `A refresh repeats what was asked for, in the dialog`() throws {
        var subscriber = try active()
        let effects = subscriber.handle(.timer(.refresh))
        let refresh = try #require(sent(effects).first)
        #expect(try refresh.to()?.tag == "f1")
        #expect(refresh.first(.event) == "conference" && refresh.first(.expires) == "3600")
        #expect(refresh.first(.accept) == "application/conference-info+xml")
        #expect(refresh.first(.contact) == "<sip:alice@192.0.2.1>")
        #expect(effects.last == .arm(.notify, after: Self.patience))
    }

    @Test func `All of the state may be asked for at any time`() throws {
        var subscriber = try active()
        #expect(sent(subscriber.handle(.refresh)).count == 1)
    }

    @Test(arguments: [404, 405, 410, 416, 481, 489, 501, 604])
    func `A refresh that finds nothing ends the subscription`(status: Int) throws {
        var subscriber = try active()
        let refresh = try #require(sent(subscriber.handle(.timer(.refresh))).first)
        let effects = subscriber.handle(.response(Self.response(status, to: refresh)))
        #expect(ending(effects) == .refused(status: status))
    }

    @Test(arguments: [403, 500, 503])
    func `A refresh that fails otherwise leaves what was granted`(status: Int) throws {
        var subscriber = try active()
        let refresh = try #require(sent(subscriber.handle(.timer(.refresh))).first)
        #expect(subscriber.handle(.response(Self.response(status, to: refresh))) == [.cancel(.notify)])
        #expect(subscriber.state == .active)
        #expect(ending(subscriber.handle(.timer(.expiry))) == .expired)
    }

    @Test func `A long subscription is refreshed ten minutes before its end, a short one half-way`() throws {
        var subscriber = try active()
        let long = subscriber.handle(.notify(Self.notify(2, state: "active;expires=3600")))
        #expect(long.contains(.arm(.refresh, after: .seconds(3000))))
        let short = subscriber.handle(.notify(Self.notify(3, state: "active;expires=60")))
        #expect(short.contains(.arm(.refresh, after: .seconds(30))))
    }

    @Test func `The notifier ends it`() throws {
        var subscriber = try active()
        let effects = subscriber.handle(.notify(Self.notify(2, state: "terminated;reason=noresource")))
        #expect(answers(effects) == [200])
        #expect(ending(effects) == .terminated(reason: "noresource"))
        #expect(answers(subscriber.handle(.notify(Self.notify(3)))) == [481])
    }

    // MARK: ending

    @Test func `Unsubscribing asks for no time, and waits for the last NOTIFY`() throws {
        var subscriber = try active()
        let effects = subscriber.handle(.unsubscribe)
        #expect(sent(effects).first?.first(.expires) == "0")
        #expect(subscriber.state == .ending(.sent))
        let last = subscriber.handle(.notify(Self.notify(2, state: "terminated;reason=timeout")))
        #expect(ending(last) == .terminated(reason: "timeout"))
    }

    @Test func `Before there is a dialog, unsubscribing waits for one`() throws {
        var subscriber = try subscriber()
        #expect(sent(subscriber.handle(.unsubscribe)).isEmpty)
        #expect(subscriber.state == .ending(.intended))
        #expect(sent(subscriber.handle(.response(Self.response(200)))).first?.first(.expires) == "0")
        #expect(subscriber.state == .ending(.sent))
    }

    @Test func `A NOTIFY that crosses the end is answered and says nothing more`() throws {
        var subscriber = try active()
        _ = subscriber.handle(.unsubscribe)
        let effects = subscriber.handle(.notify(Self.notify(2)))
        #expect(answers(effects) == [200])
        #expect(sent(effects).isEmpty)
        #expect(subscriber.state == .ending(.sent))
    }

    @Test(arguments: [481, 500])
    func `A refused end is an end`(status: Int) throws {
        var subscriber = try active()
        let farewell = try #require(sent(subscriber.handle(.unsubscribe)).first)
        let effects = subscriber.handle(.response(Self.response(status, to: farewell)))
        #expect(ending(effects) == .refused(status: status))
    }

    @Test func `After the end nothing has an effect`() throws {
        var subscriber = try active()
        _ = subscriber.handle(.notify(Self.notify(2, state: "terminated")))
        let events: [Subscriber.Event] = [
            .timer(.notify), .timer(.refresh), .timer(.expiry), .refresh, .unsubscribe, .failed(status: 408),
            .response(Self.response(200)),
        ]
        for event in events { #expect(subscriber.handle(event) == []) }
    }

    // MARK: REFER

    @Test func `A REFER is notified of, and never refreshed`() throws {
        let request = Self.request(.refer, expires: nil)
        var subscriber = try subscriber(request)
        #expect(subscriber.handle(.response(Self.response(202, to: request))) == [])
        let effects = subscriber.handle(.notify(Self.notify(state: "active;expires=60", event: "refer")))
        #expect(answers(effects) == [200])
        #expect(!effects.contains { if case .arm = $0 { true } else { false } })
    }

    @Test func `A REFER that asked for no subscription has none when the response says so`() throws {
        var request = Self.request(.refer, expires: nil)
        request.add(.referSub, "false")
        var subscriber = try subscriber(request)
        let accepted = subscriber.handle(.response(Self.response(202, to: request, [(.referSub, "false")])))
        #expect(ending(accepted) == .notCreated)
    }

    @Test func `A REFER that asked for no subscription has one when the response does not say so`() throws {
        var request = Self.request(.refer, expires: nil)
        request.add(.referSub, "false")
        var subscriber = try subscriber(request)
        _ = subscriber.handle(.response(Self.response(202, to: request)))
        #expect(subscriber.state == .notifyWait)
        let last = subscriber.handle(.notify(Self.notify(state: "terminated;reason=noresource", event: "refer")))
        #expect(ending(last) == .terminated(reason: "noresource"))
    }
}
