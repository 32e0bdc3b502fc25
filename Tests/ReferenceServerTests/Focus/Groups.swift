import MessageBodies
import ReferenceServer
import SIPSyntax
import XCAP

/// Groups as tests provision them.
enum Groups {
    static let team = "sip:team@home.example"
    static let room = "sip:room@home.example"

    /// What members of a group may do that has nothing to hide.
    static let usual: GroupPermissions = [
        .initiateConference, .join, .conferenceState, .inviteUsersDynamically, .privateMessage,
    ]

    /// A group of A, B and C, who are invited when one of them begins.
    static func members(
        _ permissions: GroupPermissions = usual, _ alter: (inout GroupDocument) -> Void = { _ in }
    ) -> GroupDocument {
        var group = GroupDocument(
            uri: team, displayName: "The Team",
            members: [
                .init(Client.a.imAddress), .init(Client.b.imAddress, displayName: "Bob of the Team"),
                .init(Client.c.imAddress),
            ], invitesMembers: true, maximumParticipants: 4,
            rules: Ruleset(rules: [
                .init(id: "members", conditions: [.isListMember(true)], permissions: permissions),
                .init(
                    id: "guests", conditions: [.identity(ones: [Client.d.imAddress], many: [])],
                    permissions: permissions),
            ]))
        alter(&group)
        return group
    }

    /// A room that everybody may enter, also under an alias.
    static func chatRoom(
        _ permissions: GroupPermissions = usual.union(.anonymity), _ alter: (inout GroupDocument) -> Void = { _ in }
    ) -> GroupDocument {
        var group = GroupDocument(
            uri: room, displayName: "The Room", invitesMembers: false,
            rules: Ruleset(rules: [.init(id: "all", permissions: permissions)]))
        alter(&group)
        return group
    }

    static func configuration(
        _ groups: GroupDocument..., alter: (inout ReferenceServer.Configuration) -> Void = { _ in }
    ) -> ReferenceServer.Configuration {
        var configuration = Stand.configuration
        configuration.documents = groups.enumerated().map { index, group in
            ReferenceServer.ProvisionedDocument(
                DocumentSelector(.groups, .user("sip:owner@home.example"), name: "group-\(index)"),
                content: group.serialized())
        }
        alter(&configuration)
        return configuration
    }
}

extension Gathering {
    /// A session of the group with everybody in it and subscribed.
    static func team(_ group: GroupDocument = Groups.members(), defects: Set<ServerDefect> = []) throws -> Gathering {
        var gathering = Gathering(Groups.configuration(group), defects: defects)
        try gathering.gather([.b, .c], Client.a.invite(to: Groups.team))
        gathering.everybody = Groups.team
        for client in [Client.a, .b, .c] { try gathering.subscribe(client, to: Groups.team) }
        return gathering
    }

    /// A client enters a room, under an alias if it gives one.
    mutating func enterRoom(_ client: Client, alias: String? = nil, number: Int = 1) throws {
        var request = client.invite(to: Groups.room, branch: "\(client.name)room\(number)")
        request.set(.callID, "room\(number)@\(client.address)")
        if let alias {
            request.set(.from, "\"\(alias)\" <sip:anonymous@anonymous.invalid>;tag=\(client.name)-1")
            request.add(.privacy, "id")
            request.add(.pPreferredIdentity, "<\(client.imAddress)>")
        }
        stand.send(request, from: client)
        disconnect(client)
        try enter(client)
        everybody = Groups.room
        try subscribe(client, to: Groups.room)
    }
}
