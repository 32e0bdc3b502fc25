/// What the operator decides about sessions of several users.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.8 and §7.2.3; a group document has precedence where it says something else.
package struct ConferencePolicy: Hashable, Sendable {
    /// How many users an ad-hoc session may have.
    package var maximumAdHocParticipants = 25

    package var aliasCollision = AliasCollision.rename

    /// Whether a session of a group ends when its originator leaves.
    package var originatorLeaves = OriginatorLeaves.sessionGoesOn

    /// How few users may remain before the session ends: 0 or 1.
    ///
    /// A chat room, to which nobody is invited, may always be left to one.
    package var remainingParticipants = 1

    /// How long a session lasts at most; nil for any time.
    package var maximumDuration: Duration?

    package var expulsion = Expulsion.forTheSession

    package var privateMessages = PrivateMessages.allowed

    /// Who may invite further users to an ad-hoc session.
    package var adHocAdding = AdHocAdding.byParticipants

    /// What becomes of an alias that another user has.
    ///
    /// §7.2.3.2 changes it; the test case that checks this wants the user refused.
    package enum AliasCollision: Hashable, Sendable {
        case rename
        case reject
    }

    /// The variable auto-release.
    package enum OriginatorLeaves: Hashable, Sendable {
        case sessionEnds
        case sessionGoesOn
    }

    /// Whether a user who was expelled may come back.
    package enum Expulsion: Hashable, Sendable {
        case forTheSession
        case untilRejoining
    }

    package enum PrivateMessages: Hashable, Sendable {
        case allowed
        case refused
    }

    package enum AdHocAdding: Hashable, Sendable {
        case byOriginator
        case byParticipants
    }

    package init() {}
}
