import MessageBodies

/// Who may do what in a session, and when it ends: the group's document, and the operator where that is silent.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.3 and §7.2.2.7 to §7.2.2.9
struct ConferenceRules: Equatable {
    /// What a session is a session of.
    enum Audience: Equatable {
        /// Users whom the originator has listed.
        case adHoc
        case group(GroupDocument)
    }

    let policy: ConferencePolicy
    let anonymity: ServicePolicy.Anonymity
    var audience: Audience

    var group: GroupDocument? {
        switch audience {
        case .adHoc: nil
        case .group(let group): group
        }
    }

    func permits(_ user: String, _ permission: GroupPermissions, otherwise: Bool) -> Bool {
        group.map { $0.permissions(of: user).contains(permission) } ?? otherwise
    }

    func allowsAnonymity(of user: String) -> Bool {
        permits(user, .anonymity, otherwise: anonymity == .allowed)
    }

    func allowsPrivateMessages(of user: String) -> Bool {
        permits(user, .privateMessage, otherwise: policy.privateMessages == .allowed)
    }

    func allowsState(for user: String) -> Bool { permits(user, .conferenceState, otherwise: true) }

    func allowsAdding(by user: String, originator: String) -> Bool {
        permits(user, .inviteUsersDynamically, otherwise: policy.adHocAdding == .byParticipants || user == originator)
    }

    /// The specification leaves open who may; the originator may, and whom the group lets.
    func allowsExpelling(by user: String, originator: String) -> Bool {
        user == originator || permits(user, .expelling, otherwise: false)
    }

    var maximumParticipants: Int? {
        switch audience {
        case .adHoc: policy.maximumAdHocParticipants
        case .group(let group): group.maximumParticipants
        }
    }

    var maximumDuration: Duration? {
        group?.sessionPolicy.maximumDuration.map { .seconds($0) } ?? policy.maximumDuration
    }

    /// Whether the session ends when its originator leaves.
    var endsWithOriginator: Bool {
        switch audience {
        case .adHoc: true
        case .group(let group): group.sessionPolicy.autoRelease ?? (policy.originatorLeaves == .sessionEnds)
        }
    }

    /// With how few users left the session ends; a 1-to-1 session always does when one is left.
    func remainingParticipants(ofInvited count: Int) -> Int {
        switch audience {
        case .adHoc: count <= 2 ? 1 : policy.remainingParticipants
        case .group(let group):
            group.sessionPolicy.minimumParticipants ?? (group.invitesMembers ? policy.remainingParticipants : 0)
        }
    }
}
