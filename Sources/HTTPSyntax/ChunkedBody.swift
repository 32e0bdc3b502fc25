import Bytes

/// Reads a body that comes in chunks, as far as there are bytes.
///
/// RFC 9112 §7.1
struct ChunkedBody: Equatable {
    private enum State: Equatable {
        case size
        case data(remaining: Int)
        /// The CRLF after the data.
        case dataEnd
        case trailer
        case complete
    }

    /// The longest line of a size with its extensions, or of a trailer.
    private static let maximumLine = 4096

    private var state = State.size
    /// How many bytes have been read for good.
    private(set) var offset = 0
    /// Up to where the end of the present line has been looked for.
    private var searched = 0
    /// How many bytes the trailers have had.
    private var trailerCount = 0
    /// Where in the body the data of the chunks lie.
    private(set) var data: [Range<Int>] = []

    var isComplete: Bool { state == .complete }

    /// Goes on with a body that begins with the bytes read before.
    mutating func read(_ body: some RandomAccessCollection<UInt8>) throws(HTTPSyntaxError) -> Bool {
        while true {
            switch state {
            case .size:
                guard let line = try line(of: body, longest: .chunkExtension) else { return false }
                let size = try Self.size(line, at: offset)
                advance(past: line)
                state = size == 0 ? .trailer : .data(remaining: size)
            case .data(let remaining):
                let count = min(remaining, body.count - offset)
                guard count > 0 else { return false }
                note(offset..<offset + count)
                offset += count
                state = count == remaining ? .dataEnd : .data(remaining: remaining - count)
            case .dataEnd:
                for (index, expected) in [UInt8.carriageReturn, .lineFeed].enumerated() {
                    guard offset + index < body.count else { return false }
                    guard body[body.index(body.startIndex, offsetBy: offset + index)] == expected else {
                        throw HTTPSyntaxError(.chunkData, at: offset + index)
                    }
                }
                offset += 2
                state = .size
            case .trailer:
                guard let line = try line(of: body, longest: .trailerSection) else { return false }
                if line.isEmpty {
                    state = .complete
                } else {
                    guard line.prefix(while: { $0 != UInt8(ascii: ":") }).isToken, line.contains(UInt8(ascii: ":"))
                    else { throw HTTPSyntaxError(.trailerSection, at: offset) }
                    trailerCount += line.count
                    guard trailerCount <= Self.maximumLine else { throw HTTPSyntaxError(.headerLimit, at: offset) }
                }
                advance(past: line)
            case .complete:
                return true
            }
        }
    }

    private mutating func note(_ range: Range<Int>) {
        if let last = data.last, last.upperBound == range.lowerBound {
            data[data.count - 1] = last.lowerBound..<range.upperBound
        } else {
            data.append(range)
        }
    }

    private mutating func advance(past line: [UInt8]) {
        offset += line.count + 2
        searched = offset
    }

    /// The bytes up to the next CRLF, or nil until it is there; no other line end is one.
    private mutating func line(
        of body: some RandomAccessCollection<UInt8>, longest rule: HTTPRule
    ) throws(HTTPSyntaxError) -> [UInt8]? {
        var place = max(searched, offset)
        while place < body.count {
            let index = body.index(body.startIndex, offsetBy: place)
            if body[index] == .lineFeed {
                guard place > offset, body[body.index(before: index)] == .carriageReturn else {
                    throw HTTPSyntaxError(rule, at: place)
                }
                let line = body[body.index(body.startIndex, offsetBy: offset)..<body.index(before: index)]
                guard !line.contains(.carriageReturn) else { throw HTTPSyntaxError(rule, at: place) }
                return Array(line)
            }
            place += 1
            guard place - offset <= Self.maximumLine else { throw HTTPSyntaxError(rule, at: place) }
        }
        searched = place
        return nil
    }

    /// The number before the extensions, of which none is known, and all are passed over.
    private static func size(_ line: [UInt8], at offset: Int) throws(HTTPSyntaxError) -> Int {
        let digits = line.prefix(while: \.isHexDigit)
        guard (1...8).contains(digits.count), let size = Int(digits.text, radix: 16) else {
            throw HTTPSyntaxError(.chunkSize, at: offset)
        }
        guard let next = line[digits.count...].trimmed.first else { return size }
        guard next == UInt8(ascii: ";"), line.allSatisfy({ !$0.isControl || $0 == .horizontalTab }) else {
            throw HTTPSyntaxError(.chunkExtension, at: offset + digits.count)
        }
        return size
    }
}
