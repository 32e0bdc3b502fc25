import SDP

/// A user in a conference, or one who may be in it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.3.1: the table of the switch
struct Participant {
    typealias ID = Int

    enum Standing: Equatable {
        /// The focus has invited the user, who has not answered.
        case invited
        /// The user has invited himself, and is not answered.
        case joining
        case connected
        /// The focus ends his dialog.
        case leaving
        /// As before, because another participant wants it.
        case expelled
        /// The user has left or never came, and may come back.
        case absent
        /// The user was expelled, and may not come back.
        case banned
    }

    let id: ID
    /// The IM Address of the user.
    let address: String
    /// How others know the user: in conference state and in messages.
    var entity: String
    var displayName: String?
    var standing: Standing
    var media: ParticipantMedia
    /// Whether the client has named its IM release, so that it may get private messages.
    ///
    /// §7.2.3.4 step b
    var hasRelease = false

    /// The lines that the user has offered when he invited himself.
    var offered: [MediaDescription] = []
    /// The REFER that has asked for this invitation or expulsion.
    var referral: Int?
    /// What the participant is offered now.
    var proposal: Proposal?
    /// What he is to be offered after that.
    var changes: [Change] = []

    /// A change of the media of one participant.
    enum Change: Equatable {
        case add([Int])
        case close(Set<Int>)
    }

    struct Proposal {
        let change: Change
        var media: ParticipantMedia
    }

    /// Whether the user counts when there may not be too many.
    var counts: Bool {
        switch standing {
        case .invited, .joining, .connected: true
        case .leaving, .expelled, .absent, .banned: false
        }
    }
}
