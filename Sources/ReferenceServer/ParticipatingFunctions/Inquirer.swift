import SIPTransactions

/// Who hears what becomes of a request at the terminating function.
enum Inquirer: Hashable {
    /// The client that has sent it.
    case client(TransactionKey)
    /// A function of the server itself, which has sent a MESSAGE.
    case function(PageErrand)
    /// The conference that has sent an INVITE to this participant.
    case conference(Int, Participant.ID)
}

/// What the server sends a MESSAGE of its own for.
enum PageErrand: Hashable {
    /// It is the copy for one recipient of a message to several.
    case copy(of: Int, recipient: Int)
    /// It tells something, and nobody waits for what comes of it.
    case notice(Int)
}
