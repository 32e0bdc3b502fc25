import MessageBodies
import SDP
import SIPSyntax

/// Users who invite themselves to a session that is running.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.4 and §7.2.1.5
extension Conference {
    /// What an INVITE was sent to.
    enum Door {
        case group
        /// The session identity, which only those know who have been in the session.
        case session
    }

    /// The reason not to let a user in, in the order of the specification.
    func refusal(of request: ConferenceRequest, through door: Door) -> Refusal? {
        let user = request.originator.user
        switch door {
        case .group:
            if request.comesFromFocus { return Refusal(403, .isFocusAssigned) }
            guard mayJoin(user) else { return Refusal(403, .serviceNotAuthorised) }
        case .session:
            guard mayJoin(user) else { return Refusal(403, .functionNotAllowed) }
        }
        let others = inOrder.filter { $0.counts && $0.address != user }.count
        if let maximum = rules.maximumParticipants, others >= maximum { return Refusal(486, .tooManyParticipants) }
        if request.asksForPrivacy, !rules.allowsAnonymity(of: user) { return Refusal(403, .anonymityNotAllowed) }
        return nil
    }

    /// Lets a user in, who may come in.
    ///
    /// - Returns: the participant, whom `accept` answers.
    mutating func join(_ request: ConferenceRequest) throws(Refusal) -> Participant.ID {
        let id = try admit(request)
        seat(request.lines, of: id)
        return id
    }

    /// Ends the dialog that a user has who comes in again.
    mutating func replace(_ user: String) -> [Effect] {
        guard let participant = participant(at: user), participant.standing == .connected else { return [] }
        return [.command(.release, participant.id)] + closeMedia(of: participant.id) + forgetGrowth(of: participant.id)
            + endSubscriptions(of: participant.id)
    }

    /// Whether the user was invited, or the group lets him in.
    ///
    /// §7.2.2.9
    private func mayJoin(_ user: String) -> Bool {
        if participant(at: user)?.standing == .banned { return false }
        switch rules.audience {
        case .adHoc: return participant(at: user) != nil
        case .group(let group): return group.permissions(of: user).contains(.join)
        }
    }

    /// Seats a user who joins in the lines that are there: those that he offers, one after the other.
    private mutating func seat(_ offered: [MediaDescription], of id: Participant.ID) {
        var open = lines.filter { !$0.isFile && $0.offerer == originator }[...]
        for (index, media) in offered.enumerated() {
            let line = media.canBeAnchored ? open.popFirst() : nil
            participants[id]?.media.take(media, as: line?.id, at: index)
        }
        participants[id]?.offered = offered
    }
}
