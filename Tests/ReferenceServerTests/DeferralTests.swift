import Bytes
import MessageBodies
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Messages to users who are away.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.1 step 5 and §12.2.2.3
@Suite struct DeferralTests {
    private func stand(_ configuration: ReferenceServer.Configuration = Stand.configuration) -> Stand {
        var stand = Stand(configuration)
        stand.logIn(.a, .b)
        stand.send(Client.b.register(expires: 0, sequence: 2), from: .b)
        precondition(stand.received(by: .b).map(\.status) == [200])
        return stand
    }

    private func kept(_ stand: Stand) -> [DeferredMessage] { stand.server.deferred[Client.b.imAddress] }

    @Test func `A page to a user who is away is kept whole, and then accepted`() throws {
        var stand = stand()
        stand.send(Client.a.page("Hello", to: .b, "Accept-Contact: *;+g.oma.sip-im\nSubject: Lunch"), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [202])
        #expect(stand.received(by: .b).isEmpty)
        let message = try #require(kept(stand).first)
        #expect(message.received == stand.now)
        #expect(message.request.first(.subject) == "Lunch")
        #expect(message.request.first(.pAssertedIdentity) == "<sip:ann@home.example>")
        #expect(message.request.callID == "call@127.0.0.11")
        #expect(message.request.body.text == "Hello")
    }

    @Test func `The record comes before the answer that depends on it`() {
        var stand = stand()
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        let record = stand.latest.firstIndex { if case .persist(.deferred) = $0 { true } else { false } }
        let answer = stand.latest.firstIndex { if case .node(.datagram) = $0 { true } else { false } }
        #expect(record == 0)
        #expect(answer.map { $0 > 0 } == true)
    }

    @Test func `The records bring back what was kept`() {
        var stand = stand()
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        stand.pass(.seconds(40))
        stand.send(Client.a.page("Again", to: .b), from: .a)
        var restored = ReferenceServer(configuration: Stand.configuration, seed: 9)
        restored.restore(stand.journal)
        #expect(restored.deferred[Client.b.imAddress] == kept(stand))
        #expect(kept(stand).count == 2)
        let effects = restored.handle(.start, at: stand.now)
        #expect(effects.contains { if case .arm = $0 { true } else { false } })
    }

    @Test func `Who has only taken the service off his registration is away`() {
        var stand = stand()
        stand.send(Client.b.register(tags: "", sequence: 3), from: .b)
        _ = stand.received(by: .b)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [202])
        #expect(stand.received(by: .b).isEmpty)
        #expect(kept(stand).count == 1)
    }

    @Test func `Who hides is not named in what is kept`() {
        var stand = stand()
        stand.send(Client.a.page("Hello", to: .b, "Accept-Contact: *;+g.oma.sip-im\nPrivacy: id"), from: .a)
        #expect(kept(stand).map { $0.request.contains(.pAssertedIdentity) } == [false])
    }

    @Test func `What is barred is not kept`() {
        var stand = Stand()
        stand.logIn(.a)
        stand.logIn(.b, settings: .init(barsPagers: true))
        stand.send(Client.b.register(expires: 0, sequence: 2), from: .b)
        _ = stand.received(by: .b)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [403])
        #expect(kept(stand).isEmpty)
        #expect(stand.journal.isEmpty)
    }

    @Test func `A full store refuses, and keeps what it has`() {
        var configuration = Stand.configuration
        configuration.limits.deferredMessagesPerUser = 1
        var stand = stand(configuration)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        stand.pass(.seconds(40))
        stand.send(Client.a.page("Again", to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [202, 480])
        #expect(kept(stand).map(\.request.body.text) == ["Hello"])
    }

    @Test func `What has expired is forgotten, in the journal as well`() throws {
        var stand = stand()
        stand.send(Client.a.page("Hello", to: .b, "Accept-Contact: *;+g.oma.sip-im\nExpires: 60"), from: .a)
        let id = try #require(kept(stand).first?.id)
        stand.pass(.seconds(60))
        #expect(kept(stand).isEmpty)
        #expect(stand.journal.last == .discarded(messageID: id, user: Client.b.imAddress))
    }

    @Test func `Nobody is kept anything for who is not a user`() {
        var configuration = Stand.configuration
        configuration.policy.entitledUsers = [Client.a.imAddress]
        var stand = Stand(configuration)
        stand.logIn(.a)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [404])
    }
}
