import Authentication
import Bytes
import HTTPSyntax
import Network
import SIPSyntax

/// Asks those who pass to prove who they are.
struct Gate {
    /// The methods that are challenged, each by its status: 401 as by a server, 407 as by a proxy.
    var methods: [SIPMethod: Int]
    /// How many of the next requests are told that their nonce is stale, right or wrong.
    var staleness = 0
    private var verifier: DigestVerifier
    private var now = Instant(nanoseconds: 0)

    init(_ methods: [SIPMethod: Int], qualities: [QualityOfProtection] = [.authentication]) {
        self.methods = methods
        verifier = DigestVerifier(
            .init(realm: "example.com", qualities: qualities), generator: SeededGenerator(seed: 99))
    }

    /// What a request is refused with, as long as it does not prove where it comes from.
    mutating func refusal(of request: SIPMessage) -> SIPMessage? {
        guard let method = request.method, let status = methods[method] else { return nil }
        let values = request.all(status == 401 ? .authorization : .proxyAuthorization)
        guard let challenges = challenges(values, method: method.name, content: request.body) else { return nil }
        var refusal = SIPMessage(status: status, to: request, toTag: "gate")
        for challenge in challenges {
            refusal.add(status == 401 ? .wwwAuthenticate : .proxyAuthenticate, challenge.description)
        }
        return refusal
    }

    mutating func refusal(of request: HTTPMessage) -> HTTPMessage? {
        challenges(request.all(.authorization), method: request.method ?? "", content: request.content).map {
            HTTPMessage(.unauthorized, fields: $0.map { HTTPField(.wwwAuthenticate, $0.description) })
        }
    }

    private mutating func challenges(_ values: [String], method: String, content: [UInt8]) -> [DigestChallenge]? {
        if staleness > 0 {
            staleness -= 1
            return verifier.challenges(isStale: !values.isEmpty, at: now)
        }
        guard let credentials = values.lazy.compactMap(DigestCredentials.init(parsing:)).first else {
            return verifier.challenges(isStale: false, at: now)
        }
        let verdict = verifier.verify(credentials, method: method, content: content, at: now) { name in
            ["alice": "wonderland", "bob": "builder"][name].map(AccountSecret.password)
        }
        switch verdict {
        case .authentic: return nil
        case .stale: return verifier.challenges(isStale: true, at: now)
        case .wrong: return verifier.challenges(isStale: false, at: now)
        }
    }
}
