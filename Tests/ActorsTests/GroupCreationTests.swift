import Actors
import Conformance
import HTTPSyntax
import MessageBodies
import Testing

@Suite struct GroupCreationTests {
    private static let uri = "sip:im-group-1@example.com"
    private static let target =
        "/xcap-root/org.openmobilealliance.groups/users/sip:alice@example.com/IM%20Group%201"

    private func description(_ adjust: (inout Group) -> Void = { _ in }) -> GroupDescription {
        var group = Group(
            name: "IM Group 1", members: [PartyName("A"), PartyName("B")], invitesMembers: true, isOpen: false,
            allowsAnonymity: false,
            allowsPrivateMessages: true, releasesWithOriginator: false, maximumParticipants: 5)
        adjust(&group)
        return GroupDescription(
            uri: Self.uri, members: ["sip:alice@example.com", "sip:bob@example.com"], group: group)
    }

    private func document(_ adjust: (inout Group) -> Void = { _ in }) throws -> GroupDocument {
        var world = World.withDocuments()
        world.perform(World.alice, .createGroup(description(adjust)))
        return try GroupDocument(parsing: try #require(world.xdms.requests.first).content)
    }

    @Test func `The document of a group is put into the tree of its owner, as what it is`() throws {
        var world = World.withDocuments()
        world.perform(World.alice, .createGroup(description()))
        let request = try #require(world.xdms.requests.first)
        #expect(request.method == "PUT")
        #expect(request.target == Self.target)
        #expect(request.first(.contentType) == "application/vnd.oma.poc.groups+xml")
        #expect(world.tellings == [.groupCreated(uri: Self.uri)])
    }

    @Test func `A group that exists is replaced`() {
        var world = World.withDocuments()
        world.xdms.documents[Self.target] = Array("<group/>".utf8)
        world.perform(World.alice, .createGroup(description()))
        #expect(world.tellings == [.groupCreated(uri: Self.uri)])
    }

    @Test func `A group that the server turns away is refused with its reason`() {
        var world = World.withDocuments()
        world.xdms.status = .conflict
        world.perform(World.alice, .createGroup(description()))
        #expect(world.tellings == [.groupRefused(uri: Self.uri, reason: "409 Conflict")])
    }

    @Test func `A group cannot be stored where no document server is known`() {
        var world = World()
        world.perform(World.alice, .createGroup(description()))
        #expect(world.tellings == [.groupRefused(uri: Self.uri, reason: "No document server is known")])
    }

    @Test func `The document names the group, its members and how many may take part`() throws {
        let document = try document()
        #expect(document.uri == Self.uri)
        #expect(document.displayName == "IM Group 1")
        #expect(document.members.map(\.uri) == ["sip:alice@example.com", "sip:bob@example.com"])
        #expect(document.supportsIM)
        #expect(document.invitesMembers)
        #expect(document.maximumParticipants == 5)
        #expect(document.sessionPolicy.autoRelease == false)
    }

    @Test func `Members may take part, the owner may expel, and strangers may nothing`() throws {
        let document = try document()
        let member: GroupPermissions = [
            .initiateConference, .join, .inviteUsersDynamically, .conferenceState, .privateMessage,
        ]
        #expect(document.permissions(of: "sip:bob@example.com") == member)
        #expect(document.permissions(of: "sip:alice@example.com") == member.union(.expelling))
        #expect(document.permissions(of: "sip:carol@example.com") == [])
    }

    @Test func `An open chat room admits everybody, under a chat alias where it says so`() throws {
        let document = try document { group in
            group.invitesMembers = false
            group.isOpen = true
            group.allowsAnonymity = true
            group.allowsPrivateMessages = false
            group.releasesWithOriginator = true
            group.maximumParticipants = nil
        }
        #expect(
            document.permissions(of: "sip:carol@example.com")
                == [.initiateConference, .join, .inviteUsersDynamically, .conferenceState, .anonymity])
        #expect(!document.invitesMembers)
        #expect(document.sessionPolicy.autoRelease == true)
        #expect(document.maximumParticipants == nil)
    }

    @Test func `groupDocumentMistyped puts the document as another type`() {
        var world = World.withDocuments(alice: [.groupDocumentMistyped])
        world.perform(World.alice, .createGroup(description()))
        #expect(world.xdms.requests.map { $0.first(.contentType) } == ["text/xml"])
    }
}
