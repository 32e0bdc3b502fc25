import Network
import ReferenceServer
import SIPSyntax
import Testing

/// The orderly end of the server.
struct StoppingTests {
    @Test func `Both parties of a session hear of its end, and nothing new begins`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        let session = try stand.establish()
        #expect(!stand.server.isIdle)
        stand.instruct(.stop)
        for client in [Client.a, .b] {
            let byes = stand.received(by: client).filter { $0.method == .bye }
            #expect(byes.count == 1)
            for bye in byes { stand.send(client.answer(200, to: bye), from: client) }
        }
        #expect(stand.server.isIdle)
        #expect(Set(stand.closed).isSuperset(of: [session.a, session.b]))
        stand.send(Client.a.page("Too late", to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [503])
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test func `An invitation that rings is taken back`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invite = try #require(stand.received(by: .b).first { $0.method == .invite })
        stand.send(Client.b.answer(180, to: invite), from: .b)
        _ = stand.received(by: .a)
        stand.instruct(.stop)
        #expect(stand.received(by: .b).contains { $0.method == .cancel })
        #expect(stand.received(by: .a).contains { ($0.status ?? 0) >= 400 })
    }

    @Test func `What the operator sees is what there is`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        _ = try stand.establish()
        stand.send(Client.a.page("Kept", to: .c), from: .a)
        let status = stand.server.status(at: stand.now)
        #expect(status.registrations.map(\.user) == [Client.a.imAddress, Client.b.imAddress])
        #expect(status.sessions.map(\.kind) == [.oneToOne])
        #expect(status.sessions.first?.users == [Client.a.imAddress, Client.b.imAddress])
        #expect(status.stores.map(\.user) == [Client.c.imAddress])
        #expect(status.stores.map(\.deferredMessages) == [1])
    }
}
