/// A group of the test case: the document that its owner stores at the XDMS.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.3 and §7.2.2.9
package struct Group: Sendable, Hashable {
    /// The name as the ETS writes it, such as `IM Group 1`.
    package var name: String
    package var members: [PartyName]
    /// Whether the server invites the members when the first of them comes (a pre-defined conference), or not (a chat room).
    package var invitesMembers: Bool
    /// Whether users who are no members may join.
    package var isOpen: Bool
    package var allowsAnonymity: Bool
    package var allowsPrivateMessages: Bool
    /// Whether the session ends when its originator leaves.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.8
    package var releasesWithOriginator: Bool
    package var maximumParticipants: Int?

    package init(
        name: String, members: [PartyName], invitesMembers: Bool, isOpen: Bool, allowsAnonymity: Bool,
        allowsPrivateMessages: Bool, releasesWithOriginator: Bool, maximumParticipants: Int? = nil
    ) {
        self.name = name
        self.members = members
        self.invitesMembers = invitesMembers
        self.isOpen = isOpen
        self.allowsAnonymity = allowsAnonymity
        self.allowsPrivateMessages = allowsPrivateMessages
        self.releasesWithOriginator = releasesWithOriginator
        self.maximumParticipants = maximumParticipants
    }
}
