/// What a server knows of a user by which the user proves who it is.
package enum AccountSecret: Hashable, Sendable {
    case password(String)
    /// The keys of the user's SIM card.
    case subscriber(Milenage)
}
