/// The digest that the list of files gives for each file.
///
/// FIPS 180-4 §6.2
package struct SHA256: Sendable {
    package let bytes: [UInt8]

    package init(_ message: some Collection<UInt8>) {
        var padded = Array(message)
        let length = UInt64(padded.count) * 8
        padded.append(0x80)
        padded += repeatElement(0, count: (120 - padded.count % 64) % 64)
        padded += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        var state = Self.initial
        var schedule = [UInt32](repeating: 0, count: 64)
        padded.withUnsafeBufferPointer { padded in
            for start in stride(from: 0, to: padded.count, by: 64) {
                Self.absorb(padded, from: start, into: &state, schedule: &schedule)
            }
        }
        bytes = state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
    }

    /// The digest in hexadecimal, lower case.
    package var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // Spelled out where a closure would do: a debug build digests megabytes of reports in its tests.
    private static func absorb(
        _ message: UnsafeBufferPointer<UInt8>, from start: Int, into state: inout [UInt32], schedule: inout [UInt32]
    ) {
        let constants = constants
        for index in 0..<16 {
            let place = start + 4 * index
            let high = UInt32(message[place]) << 24 | UInt32(message[place + 1]) << 16
            schedule[index] = high | UInt32(message[place + 2]) << 8 | UInt32(message[place + 3])
        }
        for index in 16..<64 {
            let early = schedule[index - 15]
            let late = schedule[index - 2]
            let first = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
            let second = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
            schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let mixed = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            let first = h &+ mixed &+ ((e & f) ^ (~e & g)) &+ constants[index] &+ schedule[index]
            let turned = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let second = turned &+ ((a & b) ^ (a & c) ^ (b & c))
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
        }
        for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= word }
    }

    @inline(__always)
    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word &>> count | word &<< (32 &- count) }

    private static let primes: [Int] = {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < 64 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes
    }()

    /// The first 32 bits of the fractional part of the square roots of the first eight primes.
    private static let initial: [UInt32] = primes.prefix(8).map { root(of: $0, degree: 2) }

    /// The same of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = primes.map { root(of: $0, degree: 3) }

    /// The bits after the point of a root, found by halving: the largest x with x^degree ≤ number · 2^(32·degree).
    private static func root(of number: Int, degree: Int) -> UInt32 {
        let target = UInt128(number) << (32 * UInt128(degree))
        var root: UInt128 = 0
        for bit in (0..<37).reversed() {
            let larger = root | (1 << UInt128(bit))
            if (0..<degree).reduce(1 as UInt128, { power, _ in power * larger }) <= target { root = larger }
        }
        return UInt32(truncatingIfNeeded: root)
    }
}
