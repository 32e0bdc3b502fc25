/// Whose a served dialog is, and what it is there; nobody has two dialogs of the same name.
enum DialogOwner: Hashable {
    /// The dialog with one party of a 1-to-1 session.
    case session(Int, Side)
    /// The dialog of a conference with one of its participants.
    case conference(Int, Participant.ID)
    /// The dialog with a user who gets what was kept for him.
    case delivery(Int)
    /// The dialog with the sender of a large message for a user who is away.
    case sink(Int)
}
