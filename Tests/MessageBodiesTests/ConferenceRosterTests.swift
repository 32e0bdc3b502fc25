import MessageBodies
import Testing

@Suite struct ConferenceRosterTests {
    private typealias User = ConferenceInfo.User

    private func document(
        _ state: ConferenceInfo.State, _ version: UInt32?, _ users: [User] = [],
        usersState: ConferenceInfo.State? = nil
    ) -> ConferenceInfo {
        ConferenceInfo(entity: "sip:s@x", state: state, version: version, usersState: usersState, users: users)
    }

    private func user(_ name: String, _ status: ConferenceInfo.Status = .connected) -> User {
        User(entity: "sip:\(name)@x", status: status)
    }

    /// A roster that knows the users a and b, at version 3.
    private func roster() -> ConferenceRoster {
        var roster = ConferenceRoster()
        #expect(roster.merge(document(.full, 3, [user("a"), user("b")])) == .updated)
        return roster
    }

    private func names(_ users: [User]) -> [Character] { users.compactMap { $0.entity.dropFirst(4).first } }

    @Test func `Full state says who is connected`() {
        var roster = roster()
        #expect(names(roster.connected) == ["a", "b"])
        #expect(roster.merge(document(.full, 9, [user("c"), user("d", .disconnected)])) == .updated)
        #expect(names(roster.users) == ["c", "d"])
        #expect(names(roster.connected) == ["c"])
        #expect(roster.version == 9)
    }

    @Test func `A change with the next version adds and replaces users`() {
        var roster = roster()
        #expect(roster.merge(document(.partial, 4, [user("b", .disconnected), user("c")])) == .updated)
        #expect(names(roster.users) == ["a", "b", "c"])
        #expect(names(roster.connected) == ["a", "c"])
    }

    @Test func `A version that is missing is a gap, and nothing changes until full state comes`() {
        var roster = roster()
        let before = roster
        #expect(roster.merge(document(.partial, 5, [user("c")])) == .gap(after: 3))
        #expect(roster == before)
        #expect(roster.merge(document(.full, 6, [user("c")])) == .updated)
        #expect(roster.merge(document(.partial, 7, [user("d")])) == .updated)
        #expect(names(roster.connected) == ["c", "d"])
    }

    @Test func `A change before any full state is a gap`() {
        var roster = ConferenceRoster()
        #expect(roster.merge(document(.partial, 1, [user("a")])) == .gap(after: nil))
        #expect(roster.users.isEmpty)
    }

    @Test(arguments: [1, 2, 3] as [UInt32]) func `A change that is known already changes nothing`(version: UInt32) {
        var roster = roster()
        let before = roster
        #expect(roster.merge(document(.partial, version, [user("c")])) == .outdated)
        #expect(roster == before)
    }

    @Test func `The last version has no next one, and does no harm`() {
        var roster = ConferenceRoster()
        #expect(roster.merge(document(.full, .max, [user("a")])) == .updated)
        #expect(roster.merge(document(.partial, 0, [user("b")])) == .outdated)
    }

    @Test func `Changes without a version are taken as they come`() {
        var roster = roster()
        #expect(roster.merge(document(.partial, nil, [user("c")])) == .updated)
        #expect(roster.version == 3)
        #expect(names(roster.users) == ["a", "b", "c"])
    }

    @Test func `A deleted user is gone, and a deleted conference has no users`() {
        var roster = roster()
        let gone = User(entity: "sip:a@x", state: .deleted, endpoints: [])
        #expect(roster.merge(document(.partial, 4, [gone, gone])) == .updated)
        #expect(names(roster.users) == ["b"])
        #expect(roster.merge(document(.deleted, 5)) == .ended)
        #expect(roster.users.isEmpty)
    }

    @Test func `A partial document whose list of users is full replaces the list`() {
        var roster = roster()
        #expect(roster.merge(document(.partial, 4, [user("c")], usersState: .full)) == .updated)
        #expect(names(roster.users) == ["c"])
    }

    @Test func `A partial user keeps what the change leaves out`() throws {
        var roster = ConferenceRoster()
        let own = User(entity: "sip:a@x", displayText: "Ann", isOwn: true, status: .connected)
        #expect(roster.merge(document(.full, 1, [own])) == .updated)
        let change = User(
            entity: "sip:a@x", state: .partial,
            endpoints: [
                ConferenceInfo.Endpoint(entity: "sip:a@x", status: .disconnected, state: .partial),
                ConferenceInfo.Endpoint(entity: "sip:a@y", status: .connected),
            ])
        #expect(roster.merge(document(.partial, 2, [change])) == .updated)
        let user = try #require(roster.own)
        #expect(user.displayText == "Ann" && user.endpoints.map(\.status) == [.disconnected, .connected])
        let removal = User(
            entity: "sip:a@x", state: .partial,
            endpoints: [ConferenceInfo.Endpoint(entity: "sip:a@y", status: nil, state: .deleted)])
        #expect(roster.merge(document(.partial, 3, [removal])) == .updated)
        #expect(roster.user("sip:a@x")?.isConnected == false)
    }
}
