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

    /// Verifies a request by the values of its field for credentials; without any, its sender is known by what it
    /// claims to be.
    mutating func verify(
        _ values: [String], method: String, subject: Subject, content: [UInt8], claiming identity: String,
        at time: Instant
    ) -> Verdict {
        let credentials = values.lazy.compactMap(DigestCredentials.init(parsing:)).first { $0.realm == realm }
        let asked =
            credentials.map { accounts[$0.username] } ?? accounts.values.first { $0.identities.contains(identity) }
        func challenge(isStale: Bool) -> Verdict {
            .challenged(
                verifier.challenges(
                    isStale: isStale, to: asked?.username ?? "", having: asked?.secret, at: time))
        }
        guard let credentials else { return challenge(isStale: false) }
        let known = accounts
        let verdict = verifier.verify(
            credentials, method: method, content: content, at: time, secretOf: { known[$0]?.secret })
        let isForThis =
            switch subject {
            case .anyURI: true
            case .uri(let uri): credentials.uri == uri
            }
        switch verdict {
        case .authentic(let username):
            guard isForThis, let account = accounts[username] else { return challenge(isStale: false) }
            return .authentic(account)
        case .stale: return challenge(isStale: isForThis)
        case .wrong: return challenge(isStale: false)
        }
    }
}
