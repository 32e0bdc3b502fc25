import Cryptography

/// The functions by which a subscriber's module and its network know each other, in the example set MILENAGE.
///
/// 3GPP TS 35.206 §4.1
package struct Milenage: Hashable, Sendable {
    private let cipher: AES128
    /// The variant of the operator, already encrypted with the subscriber's key.
    private let variant: [UInt8]

    /// Takes K and OPc, each of 16 bytes; nil where they have not as many.
    package init?(key: [UInt8], encryptedVariant variant: [UInt8]) {
        guard let cipher = AES128(key: key), variant.count == AES128.blockSize else { return nil }
        self.cipher = cipher
        self.variant = variant
    }

    /// Takes K and OP, the same for all subscribers of an operator, each of 16 bytes; nil where they have not as many.
    package init?(key: [UInt8], variant: [UInt8]) {
        guard let cipher = AES128(key: key), variant.count == AES128.blockSize else { return nil }
        self.cipher = cipher
        self.variant = variant.xor(cipher.encrypt(variant))
    }

    /// f1 and f1*: the codes by which the network proves itself (MAC-A), and the module its sequence number (MAC-S).
    func codes(challenge: [UInt8], sequence: [UInt8], field: [UInt8]) -> (network: [UInt8], module: [UInt8]) {
        let input = sequence + field + sequence + field
        let block = cipher.encrypt(challenge.xor(variant)).xor(input.xor(variant).rotated(by: 8))
        let output = cipher.encrypt(block).xor(variant)
        return (Array(output[..<8]), Array(output[8...]))
    }

    /// f2: the response of the module (RES); f5: what hides the sequence number of the network (AK).
    func response(to challenge: [UInt8]) -> (response: [UInt8], anonymity: [UInt8]) {
        let output = output(for: challenge, rotation: 0, constant: 1)
        return (Array(output[8...]), Array(output[..<6]))
    }

    /// f5*: what hides the sequence number of the module.
    func resynchronizationAnonymity(for challenge: [UInt8]) -> [UInt8] {
        Array(output(for: challenge, rotation: 12, constant: 8)[..<6])
    }

    private func output(for challenge: [UInt8], rotation: Int, constant: UInt8) -> [UInt8] {
        var block = cipher.encrypt(challenge.xor(variant)).xor(variant).rotated(by: rotation)
        block[15] ^= constant
        return cipher.encrypt(block).xor(variant)
    }
}

extension [UInt8] {
    /// Bit by bit the exclusive or with as many other bytes.
    func xor(_ other: [UInt8]) -> [UInt8] { zip(self, other).map { $0 ^ $1 } }

    fileprivate func rotated(by count: Int) -> [UInt8] { Array(self[count...] + self[..<count]) }
}
