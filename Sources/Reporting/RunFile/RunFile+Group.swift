import Conformance

extension RunFile {
    static func json(of group: Group) -> JSONValue {
        .object(of: [
            "name": .string(group.name), "members": names(group.members),
            "invitesMembers": .bool(group.invitesMembers), "isOpen": .bool(group.isOpen),
            "allowsAnonymity": .bool(group.allowsAnonymity),
            "allowsPrivateMessages": .bool(group.allowsPrivateMessages),
            "releasesWithOriginator": .bool(group.releasesWithOriginator),
            "maximumParticipants": group.maximumParticipants.map { .integer($0) },
        ])
    }

    static func group(_ reader: JSONReader) throws(RunFileError) -> Group {
        Group(
            name: try reader.string("name"), members: try names(reader, "members"),
            invitesMembers: try reader.member("invitesMembers").bool(), isOpen: try reader.member("isOpen").bool(),
            allowsAnonymity: try reader.member("allowsAnonymity").bool(),
            allowsPrivateMessages: try reader.member("allowsPrivateMessages").bool(),
            releasesWithOriginator: try reader.member("releasesWithOriginator").bool(),
            maximumParticipants: try reader.optional("maximumParticipants")?.integer())
    }
}
