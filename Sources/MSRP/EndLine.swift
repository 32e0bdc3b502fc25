import Bytes

/// The end-line of one transaction, to be found among the bytes of its chunk.
///
/// Bodies may hold any dash lines but this one (RFC 4975 §7.1).
struct EndLine: Sendable, Equatable {
    enum Search: Equatable {
        /// The CRLF before the line stands at `start`; the message ends at `end`.
        case found(start: Int, continuation: MSRPMessage.Continuation, end: Int)
        /// Nothing so far; more bytes can only make a match that starts at or after this offset.
        case absent(resume: Int)
    }

    private let identifier: [UInt8]
    /// CRLF, seven hyphens and the transaction identifier.
    private let pattern: [UInt8]

    init(transactionID: some Collection<UInt8>) {
        identifier = Array(transactionID)
        pattern = [.carriageReturn, .lineFeed] + Array(repeating: UInt8(ascii: "-"), count: 7) + identifier
    }

    /// Looks for the line at or after an offset.
    ///
    /// One byte in seven is looked at: seven hyphens in a row cannot hide between two of them.
    func search(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Search {
        let hyphen = UInt8(ascii: "-")
        var probe = start + 8
        while probe < bytes.count {
            guard bytes[probe] == hyphen else {
                probe += 7
                continue
            }
            var first = probe
            while first > start + 2, bytes[first - 1] == hyphen { first -= 1 }
            switch match(bytes, at: first - 2) {
            case .found(let start, let continuation, let end):
                return .found(start: start, continuation: continuation, end: end)
            case .undecided:
                return .absent(resume: first - 2)
            case .different:
                var past = probe + 1
                while past < bytes.count, bytes[past] == hyphen { past += 1 }
                probe = past + 8
            }
        }
        return .absent(resume: max(start, min(probe - 8, bytes.count)))
    }

    /// Whether hyphens and the identifier occur anywhere, which a body must not hold even amid a line.
    ///
    /// RFC 4975 §7.1
    func occurs(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        var probe = 6
        while probe < bytes.count {
            guard bytes[probe] == hyphen else {
                probe += 7
                continue
            }
            while probe < bytes.count, bytes[probe] == hyphen { probe += 1 }
            if bytes[probe...].starts(with: identifier) { return true }
            probe += 6
        }
        return false
    }

    enum Match {
        case found(start: Int, continuation: MSRPMessage.Continuation, end: Int)
        case undecided
        case different
    }

    /// Compares the bytes at an offset with CRLF and the line.
    func match(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Match {
        let length = pattern.count
        for index in 0..<min(length, bytes.count - start) where bytes[start + index] != pattern[index] {
            return .different
        }
        let flag = start + length
        guard flag < bytes.count else { return .undecided }
        guard let continuation = MSRPMessage.Continuation(rawValue: bytes[flag]) else { return .different }
        guard flag + 1 < bytes.count else { return .undecided }
        guard bytes[flag + 1] == .carriageReturn else { return .different }
        guard flag + 2 < bytes.count else { return .undecided }
        guard bytes[flag + 2] == .lineFeed else { return .different }
        return .found(start: start, continuation: continuation, end: flag + 3)
    }
}
