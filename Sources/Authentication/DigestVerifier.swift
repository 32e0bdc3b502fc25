package import Bytes
import Cryptography
package import Network

/// The side that challenges: gives nonces out, and verifies what comes back with them.
///
/// RFC 7616 §3.3, §3.4, §5.4 and §5.5
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
        var counts = NonceCounts()
    }

    private let terms: Terms
    private var generator: SeededGenerator
    private var nonces: [String: Nonce] = [:]
    /// The nonces in the order in which they were given out; those before `oldest` are forgotten.
    private var order: [String] = []
    private var oldest = 0

    package init(_ terms: Terms, generator: SeededGenerator) {
        self.terms = terms
        self.generator = generator
    }

    /// A challenge for each algorithm, with a new nonce.
    package mutating func challenges(isStale: Bool, at time: Instant) -> [DigestChallenge] {
        let nonce = generator.token(length: 32)
        nonces[nonce] = Nonce(issued: time)
        order.append(nonce)
        while nonces.count > terms.nonces { forgetOldest() }
        return terms.algorithms.map { algorithm in
            DigestChallenge(
                realm: terms.realm, nonce: nonce, algorithm: algorithm, qualities: terms.qualities, isStale: isStale)
        }
    }

    /// Verifies the credentials of a request; each of them is accepted once.
    package mutating func verify(
        _ credentials: DigestCredentials, method: String, content: [UInt8], at time: Instant,
        password: (_ username: String) -> String?
    ) -> Verdict {
        let known = password(credentials.username)
        // Computed for unknown names too, so that the time it takes does not tell which names there are.
        let expected = credentials.expectedResponse(
            password: Array((known ?? "").utf8), method: method, content: content)
        let isRight = Array(expected.utf8).isEqualInConstantTime(to: Array(credentials.response.lowercased().utf8))
        guard isRight, known != nil, credentials.realm == terms.realm, terms.algorithms.contains(credentials.algorithm),
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
