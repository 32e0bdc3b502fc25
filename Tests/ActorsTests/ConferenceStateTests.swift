import Actors
import Bytes
import MessageBodies
import SIPSyntax
import Testing

@Suite("The state of a conference: OMA-TS-SIMPLE_IM-V1_0 §7.1.1.11")
struct ConferenceStateTests {
    @Test func `The subscription is a dialog of its own`() throws {
        var world = World()
        world.confer()
        let subscribe = try #require(world.requests(.subscribe, from: World.alice).first)
        #expect(subscribe.requestURI == ScriptedFocus.identity)
        #expect(subscribe.first(.event) == "conference")
        #expect(subscribe.first(.accept) == "application/conference-info+xml")
        #expect(subscribe.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(subscribe.callID != world.requests(.invite, from: World.alice).first?.callID)
        #expect(try subscribe.to()?.tag == nil)
        #expect(world.responses(to: .notify, from: World.alice).map(\.status) == [200])
    }

    @Test(arguments: [ScriptedFocus.NotificationOrder.afterResponse, .beforeResponse])
    func `A NOTIFY before the response is as good as one after it`(order: ScriptedFocus.NotificationOrder) {
        var world = World()
        world.focus.order = order
        world.confer()
        #expect(world.responses(to: .notify, from: World.alice).map(\.status) == [200])
        #expect(world.heard(.participants(2, session: "conf", knowsItself: true), by: World.alice))
    }

    @Test func `Partial states add up to the whole`() {
        var world = World()
        world.confer()
        world.focus.documents = [
            .of([]), .of(["dora"], state: .partial, version: 2),
            .of(["bob"], gone: ["bob"], state: .partial, version: 3),
        ]
        world.notify()
        #expect(world.heard(.participants(3, session: "conf", knowsItself: true), by: World.alice))
        world.notify()
        #expect(world.reports[World.alice]?.last == .participants(2, session: "conf", knowsItself: true))
    }

    @Test func `A state that tells nothing new is not reported`() {
        var world = World()
        world.confer()
        world.notify()
        let reports = world.reports[World.alice]?.filter { if case .participants = $0 { true } else { false } }
        #expect(reports == [.participants(2, session: "conf", knowsItself: true)])
    }

    @Test func `Where a state is missing, all of it is asked for`() {
        var world = World()
        world.confer()
        world.focus.documents = [.of([]), .of(["dora"], state: .partial, version: 7)]
        world.notify()
        #expect(world.requests(.subscribe, from: World.alice).map { $0.first(.expires) } == ["3600", "3600"])
    }

    @Test func `A state that does not mark anybody is searched for the own address`() {
        var world = World()
        world.logInWithFocus()
        world.focus.documents = [.of(["alice", "bob"])]
        world.perform(World.alice, .invite(.users(["sip:bob@example.com"]), session: "conf"))
        #expect(world.heard(.participants(2, session: "conf", knowsItself: true), by: World.alice))
    }

    @Test func `Without the own element the participants are known, but not oneself`() {
        var world = World()
        world.logInWithFocus()
        world.focus.documents = [.of(["bob"])]
        world.perform(World.alice, .invite(.users(["sip:bob@example.com"]), session: "conf"))
        #expect(world.heard(.participants(1, session: "conf", knowsItself: false), by: World.alice))
    }

    @Test func `What cannot be read is reported, and answered all the same`() {
        var world = World()
        world.confer()
        world.focus.documents = [.of(["alice"], entity: "")]
        world.notify("active;expires=3600")
        #expect(world.responses(to: .notify, from: World.alice).count == 2)
    }

    @Test(arguments: [404, 403, 489])
    func `A subscription that is refused is done without`(status: Int) {
        var world = World()
        world.focus.statuses[.subscribe] = status
        world.confer()
        #expect(
            world.heard(
                .unsubscribed(session: "conf", reason: "the request was answered \(status)"), by: World.alice))
    }

    @Test func `A subscription of which nothing is heard is done without after 64 times T1`() {
        var world = World()
        world.focus.order = .never
        world.confer()
        world.run(for: .seconds(33))
        #expect(world.heard(.unsubscribed(session: "conf", reason: "no NOTIFY has come"), by: World.alice))
    }

    @Test func `The subscription is refreshed before it runs out`() throws {
        var world = World()
        world.confer()
        world.run(for: .seconds(3001))
        let subscribes = world.requests(.subscribe, from: World.alice)
        #expect(subscribes.count == 2)
        #expect(try subscribes.last?.to()?.tag == "sub")
        #expect(try subscribes.last?.cSeq()?.number == 2)
    }

    @Test func `A focus that ends the subscription early is done without`() {
        var world = World()
        world.confer()
        world.notify("terminated;reason=rejected")
        #expect(
            world.heard(
                .unsubscribed(session: "conf", reason: "the notifier has ended it (rejected)"), by: World.alice))
    }

    @Test func `A conference that is over ends the subscription without a word`() {
        var world = World()
        world.confer()
        world.notify("terminated;reason=noresource")
        let complaints = world.reports[World.alice]?.filter { if case .unsubscribed = $0 { true } else { false } }
        #expect(complaints == [])
        world.notify()
        #expect(world.responses(to: .notify, from: World.alice).last?.status == 481)
    }

    @Test func `A NOTIFY out of the blue gets 481`() {
        var world = World()
        let notify = """
            NOTIFY sip:alice@127.0.0.11:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKblue
            From: <sip:a@example.com>;tag=x
            To: <sip:alice@example.com>;tag=y
            Call-ID: nobody
            CSeq: 1 NOTIFY
            Event: conference
            Subscription-State: active
            Content-Length: 0


            """
        world.inject(notify, to: World.alice)
        #expect(world.sent(World.alice).last?.status == 481)
    }
}
