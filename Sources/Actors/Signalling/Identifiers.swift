import Bytes

/// The identifiers that one procedure makes up, all from the seed of the run.
struct Identifiers: Sendable {
    private var generator: SeededGenerator
    private let host: String

    init(generator: SeededGenerator, host: String) {
        self.generator = generator
        self.host = host
    }

    /// Identifiers for a part of the client, which draws nothing from these afterwards.
    mutating func split() -> Identifiers { Identifiers(generator: generator.split(), host: host) }

    mutating func splitGenerator() -> SeededGenerator { generator.split() }

    /// A tag, with the 32 bits of randomness that RFC 3261 §19.3 asks for.
    mutating func tag() -> String { generator.token(length: 10) }

    mutating func callID() -> String { "\(generator.token(length: 20))@\(host)" }

    /// The number that names and dates a session description (RFC 4566 §5.2).
    mutating func sessionNumber() -> String { String(generator.next() >> 16) }

    /// How long to wait after two re-INVITEs have met.
    ///
    /// RFC 3261 §14.1: in units of 10 ms, the owner of the Call-ID from 2.1 to 4 s, the other side up to 2 s.
    mutating func pauseAfterGlare(owningCallID: Bool) -> Duration {
        .milliseconds(10 * Int.random(in: owningCallID ? 210...400 : 0...200, using: &generator))
    }

    mutating func token() -> String { generator.token(length: 12) }

    /// The session-id of an MSRP URI, with the 80 bits of randomness that RFC 4975 §14.1 asks for.
    mutating func msrpSession() -> String { generator.token(length: 20) }
}
