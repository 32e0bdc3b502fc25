import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// A 1-to-1 session of which the participating functions are a back-to-back user agent: two dialogs, two MSRP legs.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2 and §6.1.2.2; the two functions of one server act as one.
struct IMSession {
    enum State: Equatable {
        /// The callee has been invited, and nothing has come back.
        case calling
        /// A provisional response has come back.
        case proceeding
        /// The caller has given up before anything came back, so that CANCEL must wait.
        ///
        /// RFC 3261 §9.1
        case cancelAwaited
        /// CANCEL has been sent to the callee.
        case cancelled
        /// The callee has accepted, and so has the server towards the caller.
        case established
        /// BYE has come or gone; the parties that it went to have still to answer.
        case releasing(unanswered: Set<Side>)
        case ended
    }

    /// What a request of this session to one of the parties is for.
    enum Errand: Hashable {
        /// Invites the callee.
        case invite
        /// Passes on a modification to the party.
        case modify(Side)
        /// Refreshes the session timer of the leg to the party.
        case refresh(Side)
        case bye(Side)
        /// Ends a dialog that came too late or too often.
        case dismiss
    }

    enum Timer: Hashable {
        /// Ends the wait for the callee to accept.
        case ringing
        /// Ends the wait for the callee to answer a cancelled INVITE.
        case cancelled
        /// Cares for the 2xx response to this party.
        case accepted(Side, AcceptedInvite.Timer)
        case refresh(Side)
        case expiry(Side)
    }

    enum Event {
        case response(SIPMessage, Errand)
        case timeout(Errand)
        case transportFailure(Errand)
        /// A request in the dialog with this party, other than ACK and CANCEL.
        case request(SIPMessage, TransactionKey, Side)
        case acknowledged(Side)
        /// A CANCEL of this INVITE has come, and has been answered.
        case cancelled(TransactionKey)
        case timer(Timer)
    }

    enum Effect: Equatable {
        case respond(SIPMessage, TransactionKey)
        case refuse(Refusal, TransactionKey)
        case send(SIPMessage, Errand)
        case acknowledge(SIPMessage)
        case cancel(Errand)
        case abandon(Errand)
        case arm(Timer, after: Duration)
        case disarm(Timer)
        /// Messages of the parties, whose paths these are, are to be relayed from now on.
        case bridge(caller: [String], callee: [String])
        case stopRelaying
        case end
    }

    let surroundings: Surroundings
    let invite: SIPMessage
    let inviteKey: TransactionKey
    let callerTag: String
    /// Who is called, as the core asserts it to the caller.
    let callee: Originator
    var state = State.calling
    var legs: [Side: SessionLeg]
    /// The INVITE that went to the callee.
    var outgoing: SIPMessage

    /// The 2xx responses whose ACK has not come.
    var accepted: [Side: Accepted] = [:]
    /// The ACK for the latest 2xx response of each party, to be sent again with it.
    var acknowledgements: [Side: SIPMessage] = [:]
    /// The modification that is under way.
    var modification: Modification?
    /// The INVITE of each refresh and modification that is under way, to make its ACK from.
    var reinvitations: [Errand: SIPMessage] = [:]

    struct Accepted {
        var machine: AcceptedInvite
        let response: SIPMessage
        let key: TransactionKey
    }

    /// A re-INVITE of one party that is being passed on to the other.
    struct Modification {
        /// What has come back, and whether the party has thought better of it meanwhile.
        enum Progress {
            case calling
            case proceeding
            /// CANCEL must wait for a provisional response: RFC 3261 §9.1.
            case cancelAwaited
            case cancelled
        }

        let by: Side
        let request: SIPMessage
        let key: TransactionKey
        var progress = Progress.calling
    }

    /// The dialogs that the session has, and the parties they are with.
    var dialogs: [DialogID: Side] {
        var dialogs: [DialogID: Side] = [:]
        for (side, leg) in legs {
            if let id = leg.dialog?.id { dialogs[id] = side }
        }
        return dialogs
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.calling, .response(let response, .invite)), (.proceeding, .response(let response, .invite)):
            return answered(response)
        case (.calling, .timeout(.invite)), (.proceeding, .timeout(.invite)):
            return fail(Refusal(408))
        case (.calling, .transportFailure(.invite)), (.proceeding, .transportFailure(.invite)):
            return fail(Refusal(480, because: "The client cannot be reached"))
        case (.calling, .cancelled), (.calling, .timer(.ringing)):
            state = .cancelAwaited
            return giveUp(event)
        case (.proceeding, .cancelled), (.proceeding, .timer(.ringing)):
            state = .cancelled
            return [.cancel(.invite)] + giveUp(event)

        case (.cancelAwaited, .response(let response, .invite)) where response.isProvisional:
            state = .cancelled
            return [.cancel(.invite)]
        case (.cancelAwaited, .response(let response, .invite)), (.cancelled, .response(let response, .invite)):
            return response.isProvisional ? [] : dismiss(response) + end([.disarm(.cancelled)])
        case (.cancelAwaited, .timeout(.invite)), (.cancelled, .timeout(.invite)),
            (.cancelAwaited, .transportFailure(.invite)), (.cancelled, .transportFailure(.invite)):
            return end([.disarm(.cancelled)])
        case (.cancelAwaited, .timer(.cancelled)), (.cancelled, .timer(.cancelled)):
            return end([.abandon(.invite)])

        case (.established, .response(let response, .invite)):
            return repeated(response)
        case (.established, .acknowledged(let side)):
            return care(for: side, .ack)
        case (_, .timer(.accepted(let side, let timer))):
            return care(for: side, .timer(timer))
        case (.established, .request(let request, let key, let side)):
            return requested(request, key, by: side)
        case (.established, .response(let response, .modify(let side))):
            return modified(response, by: side)
        case (.established, .timeout(.modify)), (.established, .transportFailure(.modify)):
            return modificationFailed(Refusal(408)) + release(Set(Side.allCases))
        case (.established, .response(let response, .refresh(let side))):
            return refreshed(response, by: side)
        case (.established, .timeout(.refresh)), (.established, .transportFailure(.refresh)),
            (.established, .timer(.expiry)):
            return release(Set(Side.allCases))
        case (.established, .timer(.refresh(let side))):
            return refresh(side)
        case (.established, .cancelled(let key)) where modification?.key == key:
            return cancelModification()

        case (.releasing, .acknowledged(let side)):
            return releaseAcknowledged(by: side)
        case (.releasing, .response(let response, .bye(let side))) where !response.isProvisional:
            return byeAnswered(by: side)
        case (.releasing, .timeout(.bye(let side))), (.releasing, .transportFailure(.bye(let side))):
            return byeAnswered(by: side)
        // RFC 3261 §15.1.2: BYEs may cross.
        case (.releasing, .request(let request, let key, _)) where request.method == .bye:
            return [.respond(SIPMessage(status: 200, to: request), key)]
        case (_, .request(_, let key, _)):
            return [.refuse(Refusal(481), key)]

        case (.calling, _), (.proceeding, _), (.cancelAwaited, _), (.cancelled, _), (.established, _), (.releasing, _),
            (.ended, _):
            return []
        }
    }

    mutating func end(_ effects: [Effect]) -> [Effect] {
        state = .ended
        return effects + [.stopRelaying, .end]
    }
}
