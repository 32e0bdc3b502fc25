import SIPDialogs
import SIPSyntax
import SIPTransactions

/// An INVITE dialog in which the server itself is one of the two user agents.
///
/// RFC 3261 §13 to §15 and RFC 4028. What the session is for, its owner knows: it gives commands and hears notices.
struct ServedDialog {
    enum State: Equatable {
        /// The party has been invited, and nothing has come back.
        case calling
        /// A provisional response has come back.
        case proceeding
        /// The invitation is over before anything came back, so that CANCEL must wait.
        ///
        /// RFC 3261 §9.1
        case cancelAwaited
        /// CANCEL has been sent.
        case cancelled
        /// The party has invited the server, which has not answered finally.
        case invited
        /// One side has accepted the invitation of the other.
        case established
        /// The BYE of the server is not sent or not answered yet; the owner may still have to hear of the end.
        case releasing(owed: Ending?)
        case ended
    }

    /// What a request of this dialog is for.
    enum Errand: Hashable {
        case invite
        case modify
        /// Refreshes the session timer.
        case refresh
        case bye
        /// Ends a dialog that came too late or too often.
        case dismiss
        /// A request of the owner, by its CSeq number.
        case other(UInt32)
    }

    enum Timer: Hashable {
        /// Ends the wait for the party to accept.
        case ringing
        /// Ends the wait for the party to answer a cancelled INVITE.
        case cancelled
        /// Cares for the 2xx response of the server.
        case accepted(AcceptedInvite.Timer)
        case refresh
        case expiry
        /// Tries a modification again that has met one of the party.
        case retry
    }

    enum Event {
        case response(SIPMessage, Errand)
        case timeout(Errand)
        case transportFailure(Errand)
        /// A request in the dialog, other than ACK and CANCEL.
        case request(SIPMessage, TransactionKey)
        case acknowledged
        /// A CANCEL of this INVITE has come, and has been answered.
        case cancelled(TransactionKey)
        case timer(Timer)
    }

    /// What the owner hears.
    enum Notice: Equatable {
        /// A provisional response to the invitation.
        case proceeding(SIPMessage)
        /// The party has accepted the invitation, and its response has been acknowledged.
        case accepted(SIPMessage)
        /// The invitation has failed; the dialog is over.
        case refused(Rejection)
        /// The party has cancelled its invitation; the dialog is over.
        case cancelled
        /// The ACK for the acceptance of the party's invitation has come.
        case confirmed
        /// A re-INVITE has come, which waits for `accept`, `reject` or `refuse`.
        case modifying(SIPMessage)
        /// The party no longer wants the modification, which still waits for its answer.
        case modificationCancelled
        /// The party has accepted the modification, and its response has been acknowledged.
        case modified(SIPMessage)
        case modificationRefused(Rejection)
        /// A request of another method, for the owner to answer.
        case request(SIPMessage, TransactionKey)
        /// The final answer to a request of the owner, by its CSeq number.
        case answered(UInt32, Rejection)
        case ended(Ending)
    }

    /// How a dialog came to its end after it was established.
    enum Ending: Equatable {
        /// The party has sent BYE.
        case byParty
        /// The BYE of the server has been answered, or never will be.
        case byServer
        /// Nothing that the server sent has been acknowledged, or the party no longer knows the dialog.
        case lost
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
        case notice(Notice)
        /// The dialog may be forgotten.
        case end
    }

    /// What the owner decides for all time of the dialog.
    struct Terms {
        let timing: TransactionTiming
        /// How long the party may ring.
        let ringing: Duration
        var timerPolicy = SessionTimerPolicy()
        /// Who refreshes when the party leaves that open.
        var refresher = SessionInterval.Refresher.server
        /// The methods that the dialog takes; those it does not know itself go to the owner.
        var methods: [SIPMethod] = [.invite, .ack, .cancel, .bye, .options]
        /// The extensions that the party may require.
        var extensions: Set<String> = ["timer", "pref"]

        /// The value of Allow.
        var allow: String { methods.map(\.name).joined(separator: ", ") }
    }

    let terms: Terms
    /// The INVITE that began the dialog, of the server or of the party.
    let invite: SIPMessage
    /// The Contact of the server.
    let contact: String
    /// The transaction of the party's INVITE; nil when the server has invited.
    let inviteKey: TransactionKey?
    let localTag: String

    var state: State
    var dialog: Dialog?
    var timer: SessionTimer?
    /// The latest description that the server has sent.
    var description: [UInt8]

    /// The latest 2xx of the server to an INVITE.
    var accepted: Accepted?
    /// The ACK for the latest 2xx of the party, to be sent again with it.
    var acknowledgement: SIPMessage?
    /// A re-INVITE of the party that has not been answered.
    var modification: Modification?
    /// The re-INVITE of the server that has not been answered.
    var reinvitation: Reinvitation?
    /// A re-INVITE of the server whose answer nobody waits for any more.
    var abandoned: SIPMessage?
    /// A modification that waits until there is no other.
    var waiting: Offer?

    struct Accepted {
        var machine: AcceptedInvite
        let response: SIPMessage
        let key: TransactionKey
    }

    struct Modification {
        let request: SIPMessage
        let key: TransactionKey
    }

    struct Reinvitation {
        /// What has come back, and whether the owner has thought better of it meanwhile.
        enum Progress {
            case calling
            case proceeding
            /// CANCEL must wait for a provisional response: RFC 3261 §9.1.
            case cancelAwaited
            case cancelled
        }

        let errand: Errand
        let request: SIPMessage
        let offer: Offer?
        var progress = Progress.calling
    }

    /// A description to be offered in a re-INVITE.
    struct Offer: Equatable {
        /// What becomes of an offer that meets another modification.
        enum Patience {
            /// It is refused with 491.
            case none
            /// It waits.
            case waits
        }

        var fields: [SIPField] = []
        var body: [UInt8]
        var patience = Patience.none
    }

    var id: DialogID? { dialog?.id }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.calling, .response(let response, .invite)), (.proceeding, .response(let response, .invite)):
            return answered(response)
        case (.calling, .timeout(.invite)), (.proceeding, .timeout(.invite)):
            return fail(Refusal(408))
        case (.calling, .transportFailure(.invite)), (.proceeding, .transportFailure(.invite)):
            return fail(Refusal(480, because: "The client cannot be reached"))
        case (.calling, .timer(.ringing)), (.proceeding, .timer(.ringing)):
            return giveUp() + [.notice(.refused(.unanswered(Refusal(408))))]

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

        case (.invited, .cancelled(let key)) where key == inviteKey:
            return end([.refuse(Refusal(487), key), .notice(.cancelled)])

        case (.established, .response(let response, .invite)):
            return repeated(response)
        case (.established, .acknowledged):
            return confirmed()
        case (_, .timer(.accepted(let timer))):
            return care(.timer(timer))
        case (.established, .request(let request, let key)):
            return requested(request, key)
        case (.established, .response(let response, .modify)), (.established, .response(let response, .refresh)):
            return reinvitationAnswered(response)
        case (.established, .timeout(.modify)), (.established, .transportFailure(.modify)):
            return modificationFailed(.unanswered(Refusal(408))) + lose()
        case (.established, .timeout(.refresh)), (.established, .transportFailure(.refresh)),
            (.established, .timer(.expiry)):
            return lose()
        case (.established, .timer(.refresh)):
            return refresh()
        case (.established, .timer(.retry)):
            return offerWaiting()
        case (.established, .cancelled(let key)) where modification?.key == key:
            return [.notice(.modificationCancelled)]

        case (.releasing, .acknowledged):
            return awaitsAcknowledgement ? care(.ack) + bye() : []
        case (.releasing(let owed), .response(let response, .bye)) where !response.isProvisional:
            return end(owed.map { [.notice(.ended($0))] } ?? [])
        case (.releasing(let owed), .timeout(.bye)), (.releasing(let owed), .transportFailure(.bye)):
            return end(owed.map { [.notice(.ended($0))] } ?? [])
        case (.releasing, .response(let response, .modify)), (.releasing, .response(let response, .refresh)):
            return lateAnswer(response)
        // RFC 3261 §15.1.2: BYEs may cross.
        case (.releasing, .request(let request, let key)) where request.method == .bye:
            return [.respond(SIPMessage(status: 200, to: request), key)]

        case (.established, .response(let response, .other(let number))),
            (.releasing, .response(let response, .other(let number))):
            return response.isProvisional ? [] : [.notice(.answered(number, .answered(response)))]
        case (.established, .timeout(.other(let number))), (.releasing, .timeout(.other(let number))),
            (.established, .transportFailure(.other(let number))), (.releasing, .transportFailure(.other(let number))):
            return [.notice(.answered(number, .unanswered(Refusal(408))))]
        case (_, .request(_, let key)):
            return [.refuse(Refusal(481), key)]

        case (.calling, _), (.proceeding, _), (.cancelAwaited, _), (.cancelled, _), (.invited, _), (.established, _),
            (.releasing, _), (.ended, _):
            return []
        }
    }

    mutating func end(_ effects: [Effect]) -> [Effect] {
        state = .ended
        return effects + [.end]
    }
}
