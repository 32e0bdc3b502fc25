import Conformance
import HTTPSyntax
import MessageBodies

/// Stores the document of a group that the user owns.
///
/// RFC 4825 §7.1, OMA Shared Group XDM
struct GroupCreation: Procedure {
    private let group: GroupDescription
    private let owner: String

    init(_ group: GroupDescription, owner: String) {
        self.group = group
        self.owner = owner
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .begin:
            let document = GroupDocument(group, owner: owner)
            return [.access(.replacement(of: document, name: group.group.name))]
        case .document(.answered(let response)) where [200, 201].contains(response.status):
            return [.report(.groupCreated(uri: group.uri)), .finish]
        case .document(.answered(let response)):
            return [.report(.groupRefused(uri: group.uri, reason: response.outcome)), .finish]
        case .document(.unanswered(let reason)):
            return [.report(.groupRefused(uri: group.uri, reason: reason)), .finish]
        case .document(.abandoned):
            return [.report(.groupRefused(uri: group.uri, reason: "The user has logged out")), .finish]
        case .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told:
            return []
        }
    }
}

extension GroupDocument {
    /// The document that makes a group what its description says.
    init(_ description: GroupDescription, owner: String) {
        let group = description.group
        var permissions: GroupPermissions = [.initiateConference, .join, .inviteUsersDynamically, .conferenceState]
        if group.allowsAnonymity { permissions.insert(.anonymity) }
        if group.allowsPrivateMessages { permissions.insert(.privateMessage) }
        var rules = [
            Ruleset.Rule(
                id: "owner", conditions: [.identity(ones: [owner], many: [])],
                permissions: permissions.union(.expelling)),
            Ruleset.Rule(id: "members", conditions: [.isListMember(true)], permissions: permissions),
        ]
        if group.isOpen { rules.append(Ruleset.Rule(id: "everybody", permissions: permissions)) }
        self.init(
            uri: description.uri, displayName: group.name,
            members: description.members.map { ResourceLists.Entry($0) }, invitesMembers: group.invitesMembers,
            maximumParticipants: group.maximumParticipants,
            sessionPolicy: SessionPolicy(autoRelease: group.releasesWithOriginator), rules: Ruleset(rules: rules))
    }
}
