/// A source of random numbers that gives the same numbers for the same seed: SplitMix64.
///
/// Every tag, branch, Call-ID and transaction identifier of a run comes from one of these, so that the seed repeats it.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A generator of its own for a part of the run, which draws nothing from this one afterwards.
    package mutating func split() -> SeededGenerator {
        SeededGenerator(seed: next())
    }

    /// A token of so many lower-case letters and digits, at least one, safe in every grammar here.
    package mutating func token(length: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        return String(decoding: (0..<length).map { _ in alphabet[Int(next() % 36)] }, as: UTF8.self)
    }
}
