import Bytes

/// What a SIM card does for HTTP digest: it knows its network, and answers it.
///
/// RFC 3310; 3GPP TS 33.102 §6.3
package struct SubscriberModule: Hashable, Sendable {
    /// What comes of a challenge.
    package enum Answer: Hashable, Sendable {
        /// RES, which takes the place of the password.
        case response([UInt8])
        /// AUTS: the network is behind the module, and learns by this how far.
        case synchronization([UInt8])
        /// The challenge does not come from the network of the module.
        case forged
    }

    package let milenage: Milenage
    /// SQN_MS: the highest sequence number that has been accepted, of 48 bits.
    private var sequence: UInt64

    package init(_ milenage: Milenage, sequence: UInt64 = 0) {
        self.milenage = milenage
        self.sequence = sequence
    }

    /// Takes over what the same card has accepted elsewhere in the meantime: it has one number, whoever asks it.
    package mutating func catchUp(with other: SubscriberModule) {
        sequence = max(sequence, other.sequence)
    }

    /// Answers the nonce of a challenge: RAND, AUTN and what else the server likes, in Base64.
    ///
    /// RFC 3310 §3.2
    package mutating func answer(nonce: String) -> Answer {
        guard let bytes = Base64.bytes(of: nonce), bytes.count >= 32 else { return .forged }
        let challenge = Array(bytes[..<16])
        let (hidden, field, code) = (Array(bytes[16..<22]), Array(bytes[22..<24]), Array(bytes[24..<32]))
        let (response, anonymity) = milenage.response(to: challenge)
        let theirs = hidden.xor(anonymity)
        guard milenage.codes(challenge: challenge, sequence: theirs, field: field).network == code else {
            return .forged
        }
        let number = SequenceNumber.number(of: theirs)
        guard number > sequence else {
            // 3GPP TS 33.102 §6.3.3: the field AMF is all zeros here.
            let own = SequenceNumber.bytes(of: sequence)
            let proof = milenage.codes(challenge: challenge, sequence: own, field: [0, 0]).module
            return .synchronization(own.xor(milenage.resynchronizationAnonymity(for: challenge)) + proof)
        }
        sequence = number
        return .response(response)
    }
}
