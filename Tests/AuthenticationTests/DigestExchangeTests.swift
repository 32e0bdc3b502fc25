import Authentication
import Bytes
import Network
import Testing

/// The two sides with each other.
struct DigestExchangeTests {
    private var verifier = DigestVerifier(.init(realm: "home.example"), generator: SeededGenerator(seed: 1))
    private var responder = DigestResponder(
        username: "ann", secret: .password("secret"), generator: SeededGenerator(seed: 2))
    private var now = Instant(nanoseconds: 0)

    private mutating func accept(_ challenges: [DigestChallenge], after refused: [DigestCredentials] = []) -> Bool {
        responder.accept(challenges, after: refused)
    }

    private mutating func challenge(isStale: Bool = false) -> [DigestChallenge] {
        verifier.challenges(isStale: isStale, at: now)
    }

    private mutating func credentials(_ method: String = "REGISTER", _ content: String = "") -> DigestCredentials? {
        responder.credentials(method: method, uri: "sip:home.example", content: Array(content.utf8)).first
    }

    private mutating func verify(
        _ credentials: DigestCredentials?, _ method: String = "REGISTER", _ content: String = ""
    ) -> DigestVerifier.Verdict? {
        guard let credentials else { return nil }
        return verifier.verify(credentials, method: method, content: Array(content.utf8), at: now) { name in
            ["ann": "secret", "bob": "other"][name].map(AccountSecret.password)
        }
    }

    @Test mutating func `Who knows the password is authentic`() {
        #expect(credentials() == nil)
        let challenges = challenge()
        #expect(challenges.map(\.algorithm) == [.sha256, .md5])
        #expect(accept(challenges))
        #expect(verify(credentials()) == .authentic(username: "ann"))
    }

    @Test mutating func `One nonce is good for many requests, each with a count of its own`() throws {
        #expect(accept(challenge()))
        let all = (0..<20).compactMap { _ in credentials() }
        #expect(all.map { $0.use?.count }.prefix(2) == ["00000001", "00000002"])
        #expect(Set(all.map { $0.use?.clientNonce }).count == 20)
        for credentials in all { #expect(verify(credentials) == .authentic(username: "ann")) }
    }

    @Test mutating func `Nothing is accepted twice, and requests may overtake each other`() throws {
        #expect(accept(challenge()))
        let all = (0..<100).compactMap { _ in credentials() }
        #expect(verify(all[2]) == .authentic(username: "ann"))
        #expect(verify(all[0]) == .authentic(username: "ann"))
        #expect(verify(all[0]) == .stale)
        #expect(verify(all[2]) == .stale)
        #expect(verify(all[99]) == .authentic(username: "ann"))
        #expect(verify(all[1]) == .stale)
        #expect(verify(all[36]) == .authentic(username: "ann"))
        #expect(verify(all[35]) == .stale)
    }

    @Test mutating func `A nonce is good for its time`() {
        #expect(accept(challenge()))
        now = now + .seconds(300)
        #expect(verify(credentials()) == .authentic(username: "ann"))
        now = now + .milliseconds(1)
        let late = credentials()
        #expect(verify(late) == .stale)
        #expect(accept(challenge(isStale: true), after: [late].compactMap(\.self)))
        #expect(verify(credentials()) == .authentic(username: "ann"))
    }

    @Test mutating func `Only so many nonces are remembered`() {
        verifier = DigestVerifier(.init(realm: "r", nonces: 2), generator: SeededGenerator(seed: 1))
        let first = challenge()
        for _ in 0..<10 { _ = challenge() }
        #expect(accept(first))
        #expect(verify(credentials()) == .stale)
        #expect(accept(challenge(isStale: true)))
        _ = challenge()
        #expect(verify(credentials()) == .authentic(username: "ann"))
    }

    @Test mutating func `Credentials without a count are good once`() {
        verifier = DigestVerifier(.init(realm: "r", qualities: []), generator: SeededGenerator(seed: 1))
        #expect(accept(challenge()))
        #expect(verify(credentials()) == .authentic(username: "ann"))
        #expect(verify(credentials()) == .stale)
    }

    @Test mutating func `With auth-int a request of other content is not authentic`() {
        verifier = DigestVerifier(.init(realm: "r", qualities: [.integrity]), generator: SeededGenerator(seed: 1))
        #expect(accept(challenge()))
        #expect(verify(credentials("PUT", "a"), "PUT", "a") == .authentic(username: "ann"))
        #expect(verify(credentials("PUT", "a"), "PUT", "b") == .wrong)
    }

    @Test mutating func `What was made for another purpose is wrong`() throws {
        #expect(accept(challenge()))
        let good = try #require(credentials())
        #expect(verify(good, "INVITE") == .wrong)
        func altered(_ alter: (inout DigestCredentials) -> Void) -> DigestCredentials {
            var altered = good
            alter(&altered)
            return altered
        }
        for credentials in [
            altered { $0.username = "bob" }, altered { $0.username = "nobody" }, altered { $0.uri = "sip:other" },
            altered { $0.nonce = "other" }, altered { $0.realm = "other" }, altered { $0.use?.count = "00000009" },
            altered { $0.use?.clientNonce = "x" }, altered { $0.use = nil }, altered { $0.algorithm = .md5 },
            altered { $0.response = "" }, altered { $0.response += "0" },
        ] {
            #expect(verify(credentials) == .wrong, "\(credentials)")
        }
        #expect(verify(altered { $0.response = $0.response.uppercased() }) == .authentic(username: "ann"))
    }

    @Test mutating func `A right password with a nonce of nobody is stale, an empty password is not`() {
        let foreign = DigestChallenge(realm: "home.example", nonce: "foreign", algorithm: .sha256)
        #expect(accept([foreign]))
        #expect(verify(credentials()) == .stale)
        responder = DigestResponder(username: "nobody", secret: .password(""), generator: SeededGenerator(seed: 2))
        #expect(accept(challenge()))
        #expect(verify(credentials()) == .wrong)
    }

    @Test mutating func `An algorithm or a quality that was not offered is wrong`() {
        verifier = DigestVerifier(
            .init(realm: "r", algorithms: [.sha256], qualities: [.integrity]), generator: SeededGenerator(seed: 1))
        var challenge = challenge()[0]
        challenge.algorithm = .md5
        #expect(accept([challenge]))
        #expect(verify(credentials()) == .wrong)
        challenge.algorithm = .sha256
        challenge.qualities = [.authentication]
        #expect(accept([challenge]))
        #expect(verify(credentials()) == .wrong)
    }

    @Test mutating func `A wrong password is not tried again`() throws {
        responder = DigestResponder(username: "ann", secret: .password("guess"), generator: SeededGenerator(seed: 2))
        #expect(accept(challenge()))
        let wrong = try #require(credentials())
        #expect(verify(wrong) == .wrong)
        #expect(!accept(challenge(), after: [wrong]))
    }

    @Test mutating func `Each realm is answered with its own nonce`() {
        let other = DigestChallenge(realm: "elsewhere", nonce: "n")
        #expect(accept(challenge() + [other]))
        let all = responder.credentials(method: "INVITE", uri: "sip:b", content: [])
        #expect(all.map(\.realm) == ["elsewhere", "home.example"])
        let some = responder.credentials(for: ["elsewhere"], method: "INVITE", uri: "sip:b", content: [])
        #expect(some.map { $0.use?.count } == ["00000002"])
    }

    @Test mutating func `A server that names ever new realms is not followed forever`() {
        for number in 0..<16 {
            #expect(accept([DigestChallenge(realm: "r\(number)", nonce: "n")]))
        }
        #expect(!accept([DigestChallenge(realm: "r16", nonce: "n")]))
        #expect(accept([DigestChallenge(realm: "r0", nonce: "m")]))
    }

    @Test mutating func `No challenge cannot be accepted`() {
        #expect(!accept([]))
    }
}
