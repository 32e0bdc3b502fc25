import Authentication
import Bytes
import Network

/// Finds out whether a request is from whom it says, by the credentials in it.
///
/// RFC 3261 §22.1, RFC 7616 §3.3
struct Authenticator {
    enum Verdict: Equatable {
        case authentic(AuthenticationPolicy.Account)
        /// The sender has to try again with one of these.
        case challenged([DigestChallenge])
    }

    /// What the credentials must have been made for.
    enum Subject: Equatable {
        /// The digest-uri is what the sender thinks the request was for; proxies may have changed that since.
        ///
        /// RFC 3261 §22.4
        case anyURI
        case uri(String)
    }

    private let accounts: [String: AuthenticationPolicy.Account]
    private let realm: String
    private var verifier: DigestVerifier

    init(_ policy: AuthenticationPolicy, generator: SeededGenerator) {
        accounts = Dictionary(policy.accounts.map { ($0.username, $0) }) { first, _ in first }
        realm = policy.terms.realm
        verifier = DigestVerifier(policy.terms, generator: generator)
    }

    /// Verifies a request by the values of its field for credentials.
    mutating func verify(
        _ values: [String], method: String, subject: Subject, content: [UInt8], at time: Instant
    ) -> Verdict {
        let credentials = values.lazy.compactMap(DigestCredentials.init(parsing:)).first { $0.realm == realm }
        guard let credentials else { return .challenged(verifier.challenges(isStale: false, at: time)) }
        let accounts = accounts
        let verdict = verifier.verify(credentials, method: method, content: content, at: time) { username in
            accounts[username]?.password
        }
        let isForThis =
            switch subject {
            case .anyURI: true
            case .uri(let uri): credentials.uri == uri
            }
        switch verdict {
        case .authentic(let username):
            guard isForThis, let account = accounts[username] else {
                return .challenged(verifier.challenges(isStale: false, at: time))
            }
            return .authentic(account)
        case .stale:
            return .challenged(verifier.challenges(isStale: isForThis, at: time))
        case .wrong:
            return .challenged(verifier.challenges(isStale: false, at: time))
        }
    }
}
