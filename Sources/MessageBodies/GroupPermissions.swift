/// What a user may do in the sessions of a group.
package struct GroupPermissions: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let initiateConference = GroupPermissions(rawValue: 1 << 0)
    package static let join = GroupPermissions(rawValue: 1 << 1)
    package static let inviteUsersDynamically = GroupPermissions(rawValue: 1 << 2)
    package static let conferenceState = GroupPermissions(rawValue: 1 << 3)
    package static let anonymity = GroupPermissions(rawValue: 1 << 4)
    package static let privateMessage = GroupPermissions(rawValue: 1 << 5)
    package static let expelling = GroupPermissions(rawValue: 1 << 6)

    /// Every permission with the action that gives it, in the order of the group schema.
    static let actions: [(permission: GroupPermissions, action: String)] = [
        (.conferenceState, "allow-conference-state"), (.inviteUsersDynamically, "allow-invite-users-dynamically"),
        (.join, "join-handling"), (.initiateConference, "allow-initiate-conference"),
        (.anonymity, "allow-anonymity"), (.privateMessage, "allow-private-message"),
        (.expelling, "allow-expelling"),
    ]

    /// The permission that an action gives; none when the action is not known.
    init(action: String) {
        self = Self.actions.first { $0.action == action }?.permission ?? []
    }
}

extension Ruleset.Rule {
    /// A rule that says of each permission whether it is given.
    package init(id: String, conditions: [Ruleset.Condition] = [], permissions: GroupPermissions) {
        self.init(
            id: id, conditions: conditions,
            actions: GroupPermissions.actions.map {
                Ruleset.Action($0.action, permissions.contains($0.permission))
            })
    }
}
