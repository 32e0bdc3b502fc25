import Conformance
import MessageBodies
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// One procedure of the specification at one client: a machine that lives as long as what it does.
///
/// A client is composed of these; what they share (transactions, connections, timers) is behind their effects.
protocol Procedure: Sendable {
    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect]

    /// The dialog of an established session, which an invitation from outside may replace.
    ///
    /// RFC 3891 §3
    var replaceable: DialogID? { get }
}

extension Procedure {
    var replaceable: DialogID? { nil }
}

/// What a procedure hears.
enum ProcedureEvent: Sendable {
    /// The procedure has been taken into the client; said once, before anything else.
    case begin
    case user(ClientAction)
    /// A request within the procedure's dialog, or the one that began the procedure.
    case request(SIPMessage, TransactionKey)
    /// The ACK to a 2xx that the procedure gave.
    case acknowledged(SIPMessage)
    /// The peer cancels the INVITE that the procedure has not answered yet.
    case cancelled
    case response(SIPMessage, to: SIPMethod)
    case failed(SIPMethod, TransactionFailure)
    case timer(ProcedureTimer)
    /// Something that concerns the MSRP session with this session-id of ours.
    case media(MediaEvent, leg: String)
    /// What a procedure around the same session has to tell.
    case told(SessionNews)
    case document(DocumentOutcome)
}

/// Why a request got no response from the peer.
enum TransactionFailure: Sendable, Equatable {
    case timeout
    case transport

    /// The response that the user agent core takes the failure for.
    ///
    /// RFC 3261 §8.1.3.1
    var status: Int {
        switch self {
        case .timeout: 408
        case .transport: 503
        }
    }
}

/// What a procedure asks of the client that it is part of.
enum ProcedureEffect: Sendable {
    /// Sends the request, without Via, as a new client transaction.
    case send(SIPMessage)
    /// Sends the ACK of a 2xx, which has no transaction of its own.
    case acknowledge(SIPMessage)
    /// Cancels the procedure's INVITE, which has had a provisional response.
    case cancelInvite
    /// Gives up the procedure's INVITE, to which no final response comes.
    case abandonInvite
    case respond(SIPMessage, to: TransactionKey)
    /// Requests with this Call-ID and To tag are the procedure's from now on.
    case claim(callID: String, tag: String)
    case media(MediaCommand)
    /// Asks the document servers; one request of a procedure at a time.
    case access(DocumentRequest)
    /// Ends the connection to the document servers.
    case leaveDocuments
    /// Keeps what the user has seen of a store, for what he says of it later.
    case remember(StoredItemList, of: MessageStore)
    case arm(ProcedureTimer, after: Duration)
    case disarm(ProcedureTimer)
    case report(ClientReport)
    /// Tells the sender that the message in this wrapper has arrived, if he asks for that.
    case confirm(CPIMMessage, author: String)
    /// Begins another procedure beside this one.
    case start(any Procedure)
    /// Invites to another session, of this name.
    case invite(Invitation, alias: String?, session: String, purpose: SessionInvitation.Purpose)
    /// Begins the subscription that goes along with the session of this name; each hears what the other tells.
    case accompany(any Procedure, session: String)
    case tell(SessionNews)
    /// Takes the name of the session over from the procedure that has it.
    case succeed(session: String)
    /// Lets the user leave the session of that procedure, which this one replaces.
    case dismiss(ProcedureID)
    /// Remembers a session that is over, for as long as it may be entered again.
    case depart(DepartedSession)
    /// Hands everything that is this procedure's over to another one.
    case become(any Procedure)
    case finish
}

/// A timer of a procedure.
enum ProcedureTimer: String, Sendable {
    case registrationRefresh
    case publicationRefresh
    case sessionRefresh
    /// The session has not been refreshed in time.
    case sessionExpiry
    /// No NOTIFY has come: Timer N of RFC 6665.
    case notification
    case subscriptionRefresh
    /// The subscription has not been refreshed in time.
    case subscriptionExpiry
    /// The user has not answered.
    case patience
    /// Retransmits the 2xx of an INVITE.
    case retransmit
    /// No other file is to follow in the session.
    case nextFile
    /// Those have not come who files are held back for.
    case audience
    /// Ends the wait for what should have come by now.
    case giveUp
    /// Looks again whether something has changed.
    case poll
}
