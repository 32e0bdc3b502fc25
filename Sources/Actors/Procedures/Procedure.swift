import Conformance
import MessageBodies
import SIPSyntax
import SIPTransactions

/// One procedure of the specification at one client: a machine that lives as long as what it does.
///
/// A client is composed of these; what they share (transactions, connections, timers) is behind their effects.
protocol Procedure: Sendable {
    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect]
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
    /// Begins another procedure beside this one.
    case start(any Procedure)
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
    /// The user has not answered.
    case patience
    /// Retransmits the 2xx of an INVITE.
    case retransmit
    /// No other file is to follow in the session.
    case nextFile
    /// Ends the wait for what should have come by now.
    case giveUp
    /// Looks again whether something has changed.
    case poll
}
