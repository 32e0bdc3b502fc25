/// Why a call has no answer; the reasons are for people.
package enum HTTPCallFailure: Error, Hashable {
    /// Nobody is there, or the name leads nowhere.
    case unreachable(reason: String)
    /// Whoever is there does not prove to be whom the URL names.
    case untrusted(reason: String)
    /// The file with the certificates that are trusted cannot be read, or has none.
    case noAuthorities(reason: String)
    /// The time is over.
    case late
    /// What came is no answer, or nothing came.
    case unanswered(reason: String)
}
