package import Bytes
import Cryptography
package import Network

/// The side that challenges: gives nonces out, and verifies what comes back with them.
///
/// RFC 7616 §3.3, §3.4, §5.4 and §5.5; RFC 3310 for the users of SIM cards
package struct DigestVerifier: Sendable {
    package struct Terms: Sendable, Equatable {
        package var realm: String
        /// A challenge each, the preferred first.
        package var algorithms: [DigestAlgorithm]
        package var qualities: [QualityOfProtection]
        package var nonceLifetime: Duration
        /// How many nonces are remembered; whoever uses an older one is challenged again.
        package var nonces: Int

        package init(
            realm: String, algorithms: [DigestAlgorithm] = [.sha256, .md5],
            qualities: [QualityOfProtection] = [.authentication, .integrity],
            nonceLifetime: Duration = .seconds(300), nonces: Int = 10_000
        ) {
            self.realm = realm
            self.algorithms = algorithms
            self.qualities = qualities
            self.nonceLifetime = nonceLifetime
            self.nonces = nonces
        }
    }

    package enum Verdict: Equatable, Sendable {
        /// The request is from whoever has this name.
        case authentic(username: String)
        /// The password is right, and the nonce is not valid, any more or at all.
        case stale
        /// The name or the password is wrong, or the credentials are for something else.
        case wrong
    }

    private struct Nonce: Sendable {
        let issued: Instant
        /// What was asked of a SIM card; nil where a password is.
        let vector: AuthenticationCenter.Vector?
        var counts = NonceCounts()
    }

    private let terms: Terms
    private var generator: SeededGenerator
    private var nonces: [String: Nonce] = [:]
    /// The nonces in the order in which they were given out; those before `oldest` are forgotten.
    private var order: [String] = []
    private var oldest = 0
    private var center = AuthenticationCenter()

    package init(_ terms: Terms, generator: SeededGenerator) {
        self.terms = terms
        self.generator = generator
    }

    /// A challenge for each algorithm, with a new nonce; or the one of a SIM card, where that is what the user has.
    package mutating func challenges(
        isStale: Bool, to username: String = "", having secret: AccountSecret? = nil, at time: Instant
    ) -> [DigestChallenge] {
        var vector: AuthenticationCenter.Vector?
        if case .subscriber(let milenage)? = secret { vector = center.vector(for: username, milenage, &generator) }
        let nonce = vector?.nonce ?? generator.token(length: 32)
        nonces[nonce] = Nonce(issued: time, vector: vector)
        order.append(nonce)
        while nonces.count > terms.nonces { forgetOldest() }
        return (vector == nil ? terms.algorithms : [.akaV1MD5]).map { algorithm in
            DigestChallenge(
                realm: terms.realm, nonce: nonce, algorithm: algorithm, qualities: terms.qualities, isStale: isStale)
        }
    }

    /// Verifies the credentials of a request; each of them is accepted once.
    ///
    /// A card that is ahead of its network says so by credentials that are wrong, and the next challenge is its own.
    package mutating func verify(
        _ credentials: DigestCredentials, method: String, content: [UInt8], at time: Instant,
        secretOf: (_ username: String) -> AccountSecret?
    ) -> Verdict {
        let known = secretOf(credentials.username)
        var (password, algorithms) = ([UInt8](), terms.algorithms)
        switch known {
        case .password(let text)?: password = Array(text.utf8)
        case .subscriber(let milenage)?:
            // Only what this card has been asked has an answer that it alone can give.
            guard let vector = nonces[credentials.nonce]?.vector, vector.username == credentials.username else {
                return .wrong
            }
            if let token = credentials.synchronization {
                center.synchronize(vector, milenage, by: token)
                return .wrong
            }
            (password, algorithms) = (vector.response, [.akaV1MD5])
        case nil: break
        }
        // Computed for unknown names too, so that the time it takes does not tell which names there are.
        let expected = credentials.expectedResponse(password: password, method: method, content: content)
        let isRight = Array(expected.utf8).isEqualInConstantTime(to: Array(credentials.response.lowercased().utf8))
        guard isRight, known != nil, credentials.realm == terms.realm, algorithms.contains(credentials.algorithm),
            credentials.use.map({ terms.qualities.contains($0.quality) }) ?? true
        else { return .wrong }
        guard let nonce = nonces[credentials.nonce], time - nonce.issued <= terms.nonceLifetime else { return .stale }
        // Without a count there is nothing to tell a repetition by, so the nonce is good for one request.
        let count = credentials.use.map { UInt32($0.count, radix: 16) ?? 0 } ?? .max
        guard nonces[credentials.nonce]?.counts.insert(count) == true else { return .stale }
        return .authentic(username: credentials.username)
    }

    private mutating func forgetOldest() {
        nonces[order[oldest]] = nil
        oldest += 1
        guard oldest > terms.nonces else { return }
        order.removeFirst(oldest)
        oldest = 0
    }
}
