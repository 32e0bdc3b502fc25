import Bytes
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// Subscriptions to the state of a conference.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.12, §7.2.2.10 and §7.2.2.11
@Suite struct ConferenceStateTests {
    @Test func `The first notification is whole, the next say what has changed`() throws {
        var gathering = Gathering()
        try gathering.gather([.b, .c])
        gathering.stand.send(Client.a.subscribe(to: gathering.identity), from: .a)
        let received = gathering.stand.received(by: .a)
        let response = try #require(received.first)
        #expect(response.status == 200)
        #expect(response.first(.expires) == "3600")
        #expect(try response.contact()?.uri == "sip:127.0.0.1:5060")
        let first = try #require(received.last)
        #expect(first.first(.event) == "conference")
        #expect(first.first(.subscriptionState) == "active;expires=3600")
        #expect(first.first(.contentType) == "application/conference-info+xml")
        let whole = try #require(first.conferenceInfo)
        #expect(whole.state == .full)
        #expect(whole.version == 1)
        #expect(whole.users.count == 3)
        #expect(whole.users.filter(\.isOwn).map(\.entity) == ["sip:ann@home.example"])
        #expect(whole.users.allSatisfy { $0.endpoints.count == 1 && $0.endpoints.first?.entity != nil })

        gathering.leave(.c)
        #expect(gathering.stand.received(by: .a).filter { $0.method == .notify }.isEmpty, "One at a time")
        gathering.stand.send(Client.a.answer(200, to: first), from: .a)
        let next = try #require(gathering.stand.received(by: .a).first { $0.method == .notify })
        #expect(next.first(.subscriptionState) == "active")
        let change = try #require(next.conferenceInfo)
        #expect(change.state == .partial)
        #expect(change.version == 2)
        #expect(change.users.map(\.entity) == ["sip:cid@home.example"])
        #expect(change.users.first?.endpoints.first?.status == .disconnected)
    }

    @Test func `A subscription for no time is told everything once`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.a.subscribe(to: gathering.identity, expires: 0, number: 9), from: .a)
        let received = gathering.stand.received(by: .a)
        #expect(received.first?.status == 200)
        #expect(received.last?.first(.subscriptionState) == "terminated;reason=timeout")
        #expect(received.last?.conferenceInfo?.users.count == 3)
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String
        let request: @Sendable (_ identity: String) -> SIPMessage
        let client: Client
        let status: Int
        let code: String?

        var testDescription: String { name }
    }

    static let refusals = [
        Refused(
            name: "no session", request: { _ in Client.a.subscribe(to: "sip:unknown@127.0.0.1:5060") }, client: .a,
            status: 404, code: nil),
        Refused(
            name: "not in it", request: { Client.d.subscribe(to: $0) }, client: .d, status: 403, code: "122"),
        Refused(
            name: "another event", request: { Client.a.subscribe(to: $0, event: "presence") }, client: .a, status: 489,
            code: nil),
        Refused(
            name: "too brief", request: { Client.a.subscribe(to: $0, expires: 5) }, client: .a, status: 423, code: nil),
        Refused(
            name: "another body",
            request: {
                var request = Client.a.subscribe(to: $0)
                request.set(.accept, "application/pidf+xml")
                return request
            }, client: .a, status: 406, code: nil),
    ]

    @Test(arguments: refusals) func `Not everybody may know everything`(refused: Refused) throws {
        var gathering = Gathering()
        try gathering.gather([.b, .c])
        _ = gathering.stand.received(by: refused.client)
        gathering.stand.send(refused.request(gathering.identity), from: refused.client)
        let response = gathering.stand.received(by: refused.client).last
        #expect(response?.status == refused.status)
        if let code = refused.code { #expect(response?.warningCode == code) }
    }

    @Test func `A group may keep its state to itself`() throws {
        var gathering = Gathering(
            Groups.configuration(Groups.members(Groups.usual.subtracting(.conferenceState))))
        try gathering.gather([.b, .c], Client.a.invite(to: Groups.team))
        gathering.stand.send(Client.a.subscribe(to: Groups.team), from: .a)
        #expect(gathering.stand.received(by: .a).last?.warningCode == "122")
    }

    @Test func `A group without a session has no state`() throws {
        var gathering = Gathering(Groups.configuration(Groups.members()))
        gathering.stand.send(Client.a.subscribe(to: Groups.team), from: .a)
        let response = gathering.stand.received(by: .a).last
        #expect(response?.status == 403)
        #expect(response?.warningCode == "122")
    }

    @Test func `Whoever leaves is told nothing more`() throws {
        var gathering = try Gathering.adHoc()
        _ = gathering.notifications(to: .c)
        gathering.leave(.c)
        let notification = try #require(gathering.stand.received(by: .c).last { $0.method == .notify })
        #expect(notification.first(.subscriptionState) == "terminated;reason=noresource")
        gathering.stand.send(Client.c.answer(200, to: notification), from: .c)
        gathering.stand.send(Client.a.refer("<sip:dan@home.example>", to: gathering.identity), from: .a)
        try gathering.accept(.d)
        #expect(gathering.stand.received(by: .c).isEmpty)
    }

    @Test func `A subscriber that does not answer is told nothing more`() throws {
        var gathering = Gathering()
        try gathering.gather([.b, .c])
        gathering.stand.send(Client.a.subscribe(to: gathering.identity), from: .a)
        _ = gathering.stand.received(by: .a)
        gathering.stand.pass(.seconds(40))
        _ = gathering.stand.received(by: .a)
        gathering.leave(.c)
        #expect(gathering.stand.received(by: .a).filter { $0.method == .notify }.isEmpty)
    }
}
