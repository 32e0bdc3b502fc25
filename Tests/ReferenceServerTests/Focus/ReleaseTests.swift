import Bytes
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// When a session ends.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.8
@Suite struct ReleaseTests {
    /// The BYEs that have come to the clients, which are answered.
    private func byes(_ gathering: inout Gathering) -> [String] {
        [Client.a, .b, .c, .d].filter { client in
            guard let bye = gathering.stand.received(by: client).first(where: { $0.method == .bye }) else {
                return false
            }
            gathering.stand.send(client.answer(200, to: bye), from: client)
            return true
        }.map(\.name)
    }

    @Test func `An ad-hoc session ends with its originator`() throws {
        var gathering = try Gathering.adHoc()
        gathering.leave(.a)
        #expect(byes(&gathering) == ["bob", "cid"])
        gathering.stand.send(Client.b.invite(to: gathering.identity), from: .b)
        #expect(gathering.stand.received(by: .b).last?.warningCode == "123")
    }

    @Test func `An ad-hoc session ends when one is left`() throws {
        var gathering = try Gathering.adHoc()
        gathering.leave(.b)
        #expect(byes(&gathering) == [])
        gathering.leave(.c)
        #expect(byes(&gathering) == ["ann"])
    }

    @Test func `An operator may let it go on with one`() throws {
        var configuration = Stand.configuration
        configuration.conferences.remainingParticipants = 0
        var gathering = try Gathering.adHoc(configuration)
        gathering.leave(.b)
        gathering.leave(.c)
        #expect(byes(&gathering) == [])
    }

    @Test func `The session of a group goes on without its originator`() throws {
        var gathering = try Gathering.team()
        gathering.leave(.a)
        #expect(byes(&gathering) == [])
        gathering.say("Without ann", by: .b)
        #expect(gathering.texts(to: .c) == ["Without ann"])
    }

    @Test(arguments: [true, false]) func `A session ends when it has lasted long enough`(byGroup: Bool) throws {
        let group = Groups.members { if byGroup { $0.sessionPolicy.maximumDuration = 600 } }
        let configuration = Groups.configuration(group) {
            if !byGroup { $0.conferences.maximumDuration = .seconds(600) }
        }
        var gathering = Gathering(configuration)
        try gathering.gather([.b, .c], Client.a.invite(to: Groups.team))
        gathering.stand.pass(.seconds(599))
        #expect(byes(&gathering) == [])
        gathering.stand.pass(.seconds(2))
        #expect(byes(&gathering) == ["ann", "bob", "cid"])
    }

    @Test func `A client that does not refresh its session is removed`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.pass(.seconds(1790))
        #expect(byes(&gathering).contains("ann"))
    }

    @Test func `Nothing is remembered of a session that has ended`() throws {
        var gathering = try Gathering.adHoc()
        gathering.leave(.a)
        _ = byes(&gathering)
        gathering.stand.pass(.seconds(200))
        #expect(gathering.stand.timerCount == 1, "Only the registrations are left")
        #expect(Set(gathering.stand.closed) == Set(gathering.connections.values))
    }

    @Test func `A client that comes again has one dialog in the place of the other`() throws {
        var gathering = try Gathering.adHoc()
        _ = gathering.stand.received(by: .b)
        gathering.disconnect(.b)
        gathering.stand.send(Client.b.invite(to: gathering.identity), from: .b)
        let bye = try #require(gathering.stand.received(by: .b).first)
        #expect(bye.method == .bye)
    }
}
