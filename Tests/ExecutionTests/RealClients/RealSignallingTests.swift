import Actors
import Conformance
import TestSupport
import Testing

@testable import Execution

/// What the signalling of a real client is taken for, arrow by arrow.
struct RealSignallingTests {
    private static let invited = ClientReport.invited(by: PartyName.a.uri, session: "invitation-1")

    /// Sends a request of A outside any session, which is answered.
    private static func ask(
        _ trace: inout TraceBuilder, _ method: String, _ status: Int, uri: String? = nil,
        _ fields: [(name: String, value: String)] = [], reason: String = "Whatever"
    ) {
        var text = trace.compose(method, from: .a, to: .a, uri: uri)
        text.fields += fields
        trace.answer(trace.send(text, from: .a, to: .server), status, reason)
    }

    // MARK: Registration

    @Test func `Logged in is who has registered and published, in whatever order`() {
        var watch = Watch()
        #expect(watch.see { $0.answer($0.register(.a, expires: 3600), 200) } == [])
        #expect(watch.see { Self.ask(&$0, "PUBLISH", 200) } == [.loggedIn, .settingsPublished])
        #expect(watch.see { $0.logOut(.a) } == [.loggedOut])
        var other = Watch()
        #expect(other.see { Self.ask(&$0, "PUBLISH", 200) } == [.settingsPublished])
        #expect(other.see { $0.answer($0.register(.a, expires: 3600), 200) } == [.loggedIn])
    }

    @Test func `Who registers without the service any more has left it`() {
        var watch = Watch()
        #expect(watch.see { $0.logIn(.a) } == [.loggedIn, .settingsPublished])
        let reports = watch.see { trace in
            var register = trace.register(.a, expires: 3600)
            trace.lines.removeLast()
            register.text["Contact"] = "<sip:alice@127.0.0.11:5060>;expires=3600"
            trace.answer(trace.send(register.text, from: .a, to: .server), 200)
        }
        #expect(reports == [.loggedOut])
    }

    @Test(arguments: ["REGISTER", "PUBLISH"])
    func `A refusal is something odd, and a challenge is nothing`(method: String) {
        var watch = Watch()
        for status in [401, 407] { #expect(watch.see { Self.ask(&$0, method, status) } == []) }
        #expect(
            watch.see { Self.ask(&$0, method, 403) } == [.protocolTrouble("its \(method) was answered 403")])
    }

    @Test func `A message that comes again tells nothing new`() {
        var watch = Watch()
        #expect(watch.see { Self.ask(&$0, "PUBLISH", 200) }.count == 1)
        #expect(watch.see { $0.repeat("200 PUBLISH server→A", after: .seconds(1)) } == [])
    }

    // MARK: Sessions

    @Test func `A session of the client has the name for which it was asked, and is there with the ACK`() {
        var watch = Watch()
        watch.expect(.invite(.user(PartyName.b.uri), session: "chat"))
        #expect(watch.see { _ = $0.establish(.backToBack) } == [.established(session: "chat")])
    }

    @Test func `A session that nobody has asked for has a name of its own`() {
        var watch = Watch()
        #expect(watch.see { _ = $0.establish(.backToBack) } == [.established(session: "own-1")])
    }

    @Test func `An invitation is told once, when the client is alerted`() {
        var watch = Watch(.b)
        #expect(
            watch.see { _ = $0.establish(.backToBack) } == [Self.invited, .established(session: "invitation-1")])
    }

    @Test func `A session ends once, for whoever ends it`() {
        for (party, reason, name) in [(PartyName.a, "it left", "own-1"), (.b, "it was ended", "invitation-1")] {
            var watch = Watch(party)
            var chat: TraceBuilder.Chat?
            _ = watch.see { chat = $0.establish(.backToBack) }
            let reports = watch.see { trace in
                guard let chat else { return }
                trace.leave(.a, chat)
            }
            #expect(reports == [.ended(session: name, reason: reason)])
        }
    }

    @Test(arguments: [(486, true), (422, false)])
    func `A refused invitation is over, unless another interval is asked for`(status: Int, isOver: Bool) {
        var watch = Watch()
        watch.expect(.invite(.user(PartyName.b.uri), session: "chat"))
        let reports = watch.see { trace in
            trace.answer(trace.send(trace.composeInvite(from: .a, to: .b), from: .a, to: .server), status)
        }
        #expect(reports == (isOver ? [.declined(session: "chat", status: status)] : []))
    }

    @Test func `An invitation that the client refuses is over`() {
        var watch = Watch(.b)
        let reports = watch.see { trace in
            let invite = trace.composeInvite(from: .a, to: .b)
            let onward = trace.send(trace.forward(invite, from: .a, .backToBack), from: .server, to: .b)
            trace.answer(onward, 180, "Ringing")
            trace.answer(onward, 480, "Temporarily Unavailable")
        }
        #expect(reports == [Self.invited, .ended(session: "invitation-1", reason: "it refused with 480")])
    }

    @Test(arguments: [
        (488, ClientReport.retrieved(.deferred)),
        (403, .retrievalFailed(.deferred, reason: "its INVITE was answered 403")),
    ])
    func `A store that has nothing is retrieved, and one that refuses is not`(status: Int, report: ClientReport) {
        var watch = Watch()
        let reports = watch.see { trace in
            var invite = trace.composeInvite(from: .a, to: .a)
            invite.startLine = "INVITE sip:Deferred@parley.example SIP/2.0"
            trace.answer(trace.send(invite, from: .a, to: .server), status)
        }
        #expect(reports == [report, .declined(session: "own-1", status: status)])
    }

    // MARK: Within sessions

    @Test func `What a REFER is for its user knows`() {
        let refused = "403"
        let table: [(ClientAction, Int, [ClientReport])] = [
            (.add([], session: "talk"), 202, [.referred(session: "talk", status: 202)]),
            (.expel("", session: "talk"), 403, [.referred(session: "talk", status: 403)]),
            (.record(session: "talk", name: "x"), 202, [.recording(session: "talk")]),
            (.record(session: "talk", name: "x"), 403, [.recordingFailed(session: "talk", reason: refused)]),
            (.stopRecording(session: "talk"), 202, [.recordingEnded(session: "talk")]),
            (.stopRecording(session: "talk"), 403, [.recordingFailed(session: "talk", reason: refused)]),
            (.delete(.deferred, .all), 202, []),
            (.delete(.deferred, .all), 403, [.deletionFailed(.deferred, reason: "its REFER was answered 403")]),
            (.wait, 202, []),
        ]
        for (action, status, expected) in table {
            var watch = Watch()
            watch.expect(action)
            #expect(watch.see { Self.ask(&$0, "REFER", status) } == expected, "\(action)")
        }
    }

    @Test func `Conference state that is refused is not to be had in any session that goes on`() {
        var watch = Watch()
        _ = watch.see { _ = $0.establish(.backToBack) }
        #expect(
            watch.see { Self.ask(&$0, "SUBSCRIBE", 489) }
                == [.unsubscribed(session: "own-1", reason: "its SUBSCRIBE was answered 489")])
    }

    @Test func `Conference state counts once the client has accepted it`() {
        var watch = Watch()
        let reports = watch.see { trace in
            var conference = trace.convene(by: .a, inviting: [.b])
            trace.subscribe(.a, to: &conference)
        }
        #expect(reports.first == .established(session: "own-1"))
        guard case .participants(_, "own-1", knowsItself: true) = reports.last else {
            Issue.record("\(reports)")
            return
        }
    }

    @Test func `Any other answer is told as such`() {
        var watch = Watch()
        #expect(watch.see { Self.ask(&$0, "OPTIONS", 200) } == [.answered(method: "OPTIONS", status: 200)])
    }

    @Test func `What others do is nothing of this client`() {
        var watch = Watch(.c)
        #expect(
            watch.see { trace in
                trace.logIn(.a)
                _ = trace.establish(.backToBack)
            } == [])
    }
}
