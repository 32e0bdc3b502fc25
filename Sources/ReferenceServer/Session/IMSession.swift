import Network
import SDP
import SIPSyntax

/// A 1-to-1 session of which the participating functions are a back-to-back user agent: two dialogs, and two MSRP legs
/// for each media line.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2 and §6.1.2.2; the two functions of one server act as one.
struct IMSession {
    enum State: Equatable {
        /// The callee has been invited.
        case inviting
        /// The callee has accepted, and so has the server towards the caller.
        case established
        case ended
    }

    enum Effect: Equatable {
        case command(ServedDialog.Command, Side)
        /// These are the message lines from now on, and no others.
        case relay([RelayedLine], offerer: Side)
        /// Nothing is relayed any more, and the session may be forgotten.
        case end
    }

    /// One media line that is relayed, with the paths of the parties.
    struct RelayedLine: Equatable {
        let line: Int
        let paths: [Side: [String]]
        /// Whether the line carries a file.
        let isFile: Bool
    }

    let media: MediaPlace
    /// Who is called, as the core asserts it to the caller.
    let callee: Originator
    private(set) var state = State.inviting
    private(set) var legs: [Side: SessionLeg]
    private let faults: Faults
    /// Whether another session has taken the place of this one.
    var isReplaced = false

    /// The description of the caller, which the callee has not answered.
    private let offer: SessionDescription
    /// The modification that is under way.
    private var modification: (by: Side, offer: SessionDescription)?

    /// Begins a session with an offer that the callee gets as this description.
    static func begin(
        offering offer: SessionDescription, to callee: Originator, legs: [Side: SessionLeg],
        at media: MediaPlace, faults: Faults
    ) -> (IMSession, description: [UInt8]) {
        var session = IMSession(media: media, callee: callee, legs: legs, offer: offer, faults: faults)
        let description = session.describe(offer, for: .callee)
        return (session, description)
    }

    private init(
        media: MediaPlace, callee: Originator, legs: [Side: SessionLeg], offer: SessionDescription,
        faults: Faults
    ) {
        self.faults = faults
        self.media = media
        self.callee = callee
        self.legs = legs
        self.offer = offer
    }

    mutating func handle(_ notice: ServedDialog.Notice, of side: Side) -> [Effect] {
        switch (state, notice, side) {
        case (.inviting, .proceeding(let response), .callee):
            return [.command(.progress(DialogAnswer(like: response)), .caller)]
        case (.inviting, .accepted(let response), .callee):
            return accepted(response)
        case (.inviting, .refused(let rejection), .callee):
            return end([.command(rejection.passedOn, .caller)])
        case (.inviting, .cancelled, .caller):
            return end([.command(.release, .callee)])

        case (.established, .modifying(let request), _):
            return modify(request, by: side)
        case (.established, .modificationCancelled, _):
            return [.command(.cancelModification, side.other)]
        case (.established, .modified(let response), _):
            return modified(response, by: side)
        case (.established, .modificationRefused(let rejection), _):
            guard let modification else { return [] }
            self.modification = nil
            return [.command(rejection.passedOn, modification.by)]
        case (.established, .ended, _):
            return end(faults.ends(isReplaced: isReplaced) ? [.command(.release, side.other)] : [])
        case (.inviting, _, _), (.established, _, _), (.ended, _, _):
            return []
        }
    }

    private mutating func accepted(_ response: SIPMessage) -> [Effect] {
        guard let answer = try? SessionDescription(parsing: response.body) else {
            let refusal = Refusal(502, because: "The answer of the client cannot be used")
            return end([.command(.release, .callee), .command(.refuse(refusal), .caller)])
        }
        state = .established
        return [
            .relay(lines(offer, by: .caller, answer), offerer: .caller),
            .command(.accept(acceptance(answer, like: response, for: .caller)), .caller),
        ]
    }

    /// Passes a re-INVITE on to the other party.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2.4 and §6.1.2.2.3
    private mutating func modify(_ request: SIPMessage, by side: Side) -> [Effect] {
        guard let offer = try? SessionDescription(parsing: request.body), !offer.media.isEmpty else {
            return [.command(.refuse(Refusal(488, because: "No session description")), side)]
        }
        guard modification == nil else { return [.command(.refuse(Refusal(491)), side)] }
        modification = (side, offer)
        return [.command(.modify(.init(body: describe(offer, for: side.other))), side.other)]
    }

    private mutating func modified(_ response: SIPMessage, by side: Side) -> [Effect] {
        guard let modification else { return [] }
        self.modification = nil
        guard let given = try? SessionDescription(parsing: response.body) else {
            return [.command(.refuse(Refusal(488)), modification.by)]
        }
        let answer = faults.answer(given, to: modification.offer)
        return [
            .relay(lines(modification.offer, by: modification.by, answer), offerer: modification.by),
            .command(.accept(acceptance(answer, like: response, for: modification.by)), modification.by),
        ]
    }

    /// The 2xx response for one party to its INVITE, after that of the other.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.2.2
    private mutating func acceptance(
        _ answer: SessionDescription, like response: SIPMessage, for side: Side
    ) -> DialogAnswer {
        var acceptance = DialogAnswer(like: response, body: describe(answer, for: side))
        if side == .caller, !response.asksForPrivacy {
            acceptance.fields.append(SIPField(.pAssertedIdentity, callee.field))
        }
        return acceptance
    }

    private mutating func describe(_ theirs: SessionDescription, for side: Side) -> [UInt8] {
        legs[side]?.describe(theirs, at: media) ?? []
    }

    /// The message lines that both the offer and the answer have.
    private func lines(
        _ offer: SessionDescription, by side: Side, _ answer: SessionDescription
    ) -> [RelayedLine] {
        let (offered, answered) = (offer.anchoredPaths, answer.anchoredPaths)
        return offered.keys.sorted().compactMap { line in
            guard let theirs = offered[line], let ours = answered[line] else { return nil }
            return RelayedLine(
                line: line, paths: [side: theirs, side.other: ours], isFile: offer.media[line].carriesFile)
        }
    }

    private mutating func end(_ effects: [Effect]) -> [Effect] {
        state = .ended
        return [.end] + effects
    }
}

extension Rejection {
    /// The command that lets another party know of it.
    fileprivate var passedOn: ServedDialog.Command {
        switch self {
        case .answered(let response) where response.isSuccess: .refuse(Refusal(500))
        case .answered(let response): .reject(DialogAnswer(like: response))
        case .unanswered(let refusal): .refuse(refusal)
        }
    }
}
