package import Bytes

/// The side that is challenged: answers with a name and a password, and uses a nonce for as long as it is good.
///
/// RFC 7616 §3.4, §3.6; RFC 3261 §22.2 and §22.3
package struct DigestResponder: Sendable {
    /// What the user proves who it is by.
    package enum Secret: Hashable, Sendable {
        case password(String)
        case subscriber(SubscriberModule)
    }

    package let username: String
    private var secret: Secret
    private var generator: SeededGenerator
    /// The last challenge of each realm.
    private var spaces: [String: Space] = [:]

    private struct Space: Sendable {
        let challenge: DigestChallenge
        let password: [UInt8]
        /// What is to be told instead of a response, where the network is behind the SIM card.
        let synchronization: [UInt8]?
        var count: UInt32 = 0
    }

    /// How many realms are remembered.
    private static let maximumRealms = 16

    package init(username: String, secret: Secret, generator: SeededGenerator) {
        self.username = username
        self.secret = secret
        self.generator = generator
    }

    /// Takes the challenges of a refused request, the first that can be answered in each realm.
    ///
    /// - Returns: false when answering them would be the same in vain as before, or they cannot be answered.
    package mutating func accept(_ challenges: [DigestChallenge], after refused: [DigestCredentials]) -> Bool {
        var accepted: Set<String> = []
        for challenge in challenges where !accepted.contains(challenge.realm) {
            // RFC 3261 §22.1: the same credentials are not tried twice.
            guard !refused.contains(where: { isInVain($0, after: challenge) }),
                spaces[challenge.realm] != nil || spaces.count < Self.maximumRealms
            else { return false }
            guard challenge.algorithm.needsSubscriber == isSubscriber else { continue }
            guard let space = space(for: challenge) else { return false }
            accepted.insert(challenge.realm)
            spaces[challenge.realm] = space
        }
        return !accepted.isEmpty
    }

    private var isSubscriber: Bool { if case .subscriber = secret { true } else { false } }

    /// The SIM card that is asked; nil for a password.
    package var module: SubscriberModule? { if case .subscriber(let module) = secret { module } else { nil } }

    /// Takes over what the card has accepted where others have asked it.
    package mutating func catchUp(with other: SubscriberModule) {
        guard case .subscriber(var module) = secret else { return }
        module.catchUp(with: other)
        secret = .subscriber(module)
    }

    /// Whether these credentials have been refused for good.
    ///
    /// A network may ask a SIM card anew at any time, and does after it has been told how far it is behind.
    private func isInVain(_ refused: DigestCredentials, after challenge: DigestChallenge) -> Bool {
        guard refused.realm == challenge.realm, !challenge.isStale else { return false }
        guard challenge.algorithm.needsSubscriber, refused.nonce != challenge.nonce else { return true }
        return refused.synchronization == nil && refused.use.map { $0.count == "00000001" } != false
            && !refused.response.isEmpty
    }

    private mutating func space(for challenge: DigestChallenge) -> Space? {
        switch secret {
        case .password(let password):
            return Space(challenge: challenge, password: Array(password.utf8), synchronization: nil)
        case .subscriber(var module):
            defer { secret = .subscriber(module) }
            switch module.answer(nonce: challenge.nonce) {
            case .response(let response): return Space(challenge: challenge, password: response, synchronization: nil)
            case .synchronization(let token): return Space(challenge: challenge, password: [], synchronization: token)
            case .forged: return nil
            }
        }
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
                answering: space.challenge, use: use, username: username, password: space.password,
                synchronization: space.synchronization, method: method, uri: uri, content: content)
        }
    }
}
