/// What whoever works the real clients says.
package enum Reply: Sendable, Equatable {
    /// The step cannot be done, for a reason in words.
    case cannot(Int, reason: String)
    /// What was asked is so, or is not.
    case answer(Int, isSo: Bool)
    /// Nobody works the clients any more; the reason is a sentence.
    case gone(reason: String)
}
