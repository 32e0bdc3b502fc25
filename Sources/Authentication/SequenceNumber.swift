/// SQN, by which a network and a SIM card know which challenges are old: 48 bits, the highest first.
///
/// 3GPP TS 33.102 §6.3
package enum SequenceNumber {
    package static func bytes(of number: UInt64) -> [UInt8] {
        (0..<6).map { UInt8(truncatingIfNeeded: number >> (8 * (5 - UInt64($0)))) }
    }

    package static func number(of bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
