import Bytes

/// The network of SIM cards: makes challenges that a card knows to be its network's, each with a higher number.
///
/// 3GPP TS 33.102 §6.3.2 and §6.3.5 (AuC); RFC 3310 §3.2 and §3.4
struct AuthenticationCenter: Sendable {
    /// One challenge, and the answer to it.
    struct Vector: Sendable {
        let username: String
        /// RAND.
        let challenge: [UInt8]
        /// RAND and AUTN, in Base64.
        let nonce: String
        /// RES.
        let response: [UInt8]
    }

    /// SQN_HE of each subscriber, of 48 bits.
    private var sequences: [String: UInt64] = [:]

    /// What the number goes up by: its five lowest bits are an index that cards count by (3GPP TS 33.102 §C.3.2).
    private static let step: UInt64 = 1 << 5
    private static let mask: UInt64 = 1 << 48 - 1
    /// AMF, which is of no meaning here.
    private static let field: [UInt8] = [0, 0]

    mutating func vector(for username: String, _ milenage: Milenage, _ generator: inout SeededGenerator) -> Vector {
        let sequence = ((sequences[username] ?? 0) + Self.step) & Self.mask
        sequences[username] = sequence
        let challenge = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let number = SequenceNumber.bytes(of: sequence)
        let (response, anonymity) = milenage.response(to: challenge)
        let code = milenage.codes(challenge: challenge, sequence: number, field: Self.field).network
        let token = number.xor(anonymity) + Self.field + code
        return Vector(
            username: username, challenge: challenge, nonce: Base64.text(of: challenge + token), response: response)
    }

    /// Takes the number of a card that is ahead, if it is the card that says so.
    mutating func synchronize(_ vector: Vector, _ milenage: Milenage, by token: String) {
        guard let bytes = Base64.bytes(of: token), bytes.count == 14 else { return }
        let number = Array(bytes[..<6]).xor(milenage.resynchronizationAnonymity(for: vector.challenge))
        let proof = milenage.codes(challenge: vector.challenge, sequence: number, field: Self.field).module
        guard proof == Array(bytes[6...]) else { return }
        sequences[vector.username] = SequenceNumber.number(of: number)
    }
}
