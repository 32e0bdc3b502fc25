package import Bytes

/// The side that is challenged: answers with a name and a password, and uses a nonce for as long as it is good.
///
/// RFC 7616 §3.4, §3.6; RFC 3261 §22.2 and §22.3
package struct DigestResponder: Sendable {
    package let username: String
    private let password: String
    private var generator: SeededGenerator
    /// The last challenge of each realm.
    private var spaces: [String: Space] = [:]

    private struct Space: Sendable {
        let challenge: DigestChallenge
        var count: UInt32 = 0
    }

    /// How many realms are remembered.
    private static let maximumRealms = 16

    package init(username: String, password: String, generator: SeededGenerator) {
        self.username = username
        self.password = password
        self.generator = generator
    }

    /// Takes the challenges of a refused request, the first that can be answered in each realm.
    ///
    /// - Returns: false when answering them would be the same in vain as before, or they cannot be answered.
    package mutating func accept(_ challenges: [DigestChallenge], after refused: [DigestCredentials]) -> Bool {
        var accepted: Set<String> = []
        for challenge in challenges where !accepted.contains(challenge.realm) {
            // RFC 3261 §22.1: the same credentials are not tried twice.
            let isInVain = refused.contains { $0.realm == challenge.realm } && !challenge.isStale
            guard !isInVain, spaces[challenge.realm] != nil || spaces.count < Self.maximumRealms else { return false }
            accepted.insert(challenge.realm)
            spaces[challenge.realm] = Space(challenge: challenge)
        }
        return !accepted.isEmpty
    }

    /// The credentials of a request for all realms that have challenged so far, or for these.
    package mutating func credentials(
        for realms: Set<String>? = nil, method: String, uri: String, content: [UInt8]
    ) -> [DigestCredentials] {
        spaces.keys.sorted().filter { realms?.contains($0) ?? true }.compactMap { realm in
            guard var space = spaces[realm] else { return nil }
            space.count += 1
            spaces[realm] = space
            let digits = String(space.count, radix: 16)
            let use = space.challenge.qualities.first.map { quality in
                DigestCredentials.Use(
                    quality, count: String(repeating: "0", count: 8 - digits.count) + digits,
                    clientNonce: generator.token(length: 16))
            }
            return DigestCredentials(
                answering: space.challenge, use: use, username: username, password: password, method: method,
                uri: uri, content: content)
        }
    }
}
