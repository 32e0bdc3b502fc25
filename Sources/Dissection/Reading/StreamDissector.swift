import Bytes
import HTTPSyntax
import MSRP
import SIPSyntax

/// Cuts one direction of a connection into messages, whatever the protocol; what cannot be cut is kept.
struct StreamDissector {
    enum Piece {
        case sip([UInt8])
        case msrp([UInt8])
        case http([UInt8])
        /// Bytes that break the framing of a protocol, from where it broke.
        case unreadable([UInt8], protocolName: String, reason: String)
        /// The beginning of a message whose end was not seen, or bytes after some that were missed.
        case incomplete([UInt8], protocolName: String)
        /// What follows bytes that could not be cut; it belongs to them.
        case more([UInt8])
    }

    private enum State {
        case undecided([UInt8])
        case sip(SIPStreamFramer)
        case msrp(MSRPStreamFramer)
        case http(HTTPStreamFramer)
        /// The witness missed bytes, and what follows starts anywhere.
        case afterGap
        /// Framing is lost until the end of the connection.
        case lost
    }

    /// How long a first line may be before it counts as none.
    private static let longestStartLine = 16_384

    private var state = State.undecided([])

    /// The messages that these bytes complete.
    mutating func append(_ bytes: [UInt8]) -> [Piece] {
        switch state {
        case .undecided(let start):
            return decide(start + bytes)
        case .sip(var framer):
            state = .lost
            framer.append(bytes)
            var pieces: [Piece] = []
            do throws(SIPSyntaxError) {
                while let message = try framer.next() { pieces.append(.sip(message)) }
                state = .sip(framer)
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                pieces.append(.unreadable(Array(framer.pending), protocolName: "SIP", reason: reason))
            }
            return pieces
        case .msrp(var framer):
            state = .lost
            framer.append(bytes)
            var pieces: [Piece] = []
            do throws(MSRPSyntaxError) {
                while let message = try framer.next() { pieces.append(.msrp(message)) }
                state = .msrp(framer)
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                pieces.append(.unreadable(Array(framer.remaining), protocolName: "MSRP", reason: reason))
            }
            return pieces
        case .http(var framer):
            state = .lost
            framer.append(bytes)
            var pieces: [Piece] = []
            do throws(HTTPSyntaxError) {
                while let message = try framer.next() { pieces.append(.http(message)) }
                state = .http(framer)
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                pieces.append(.unreadable(Array(framer.remaining), protocolName: "HTTP", reason: reason))
            }
            return pieces
        case .afterGap:
            state = .lost
            return [.incomplete(bytes, protocolName: "TCP")]
        case .lost:
            return [.more(bytes)]
        }
    }

    /// What waits for bytes that will not come: the connection or the trace ends here.
    mutating func end() -> Piece? {
        defer { state = .lost }
        // The end of the connection may be the end of a message (RFC 9112 §6.3).
        if case .http(var framer) = state, let message = try? framer.finish() { return .http(message) }
        return pending
    }

    /// What waits for the bytes that the witness has missed.
    mutating func skipGap() -> Piece? {
        if case .lost = state { return nil }
        defer { state = .afterGap }
        return pending
    }

    private var pending: Piece? {
        let (bytes, protocolName): (ArraySlice<UInt8>, String) =
            switch state {
            case .undecided(let start): (start[...], "TCP")
            case .sip(let framer): (framer.pending, "SIP")
            case .msrp(let framer): (framer.remaining, "MSRP")
            case .http(let framer): (framer.remaining, "HTTP")
            case .afterGap, .lost: ([], "")
            }
        guard bytes.contains(where: { !$0.isLineEnd }) else { return nil }
        return .incomplete(Array(bytes), protocolName: protocolName)
    }

    /// Chooses the protocol by the first line, as soon as there is enough of it.
    private mutating func decide(_ start: [UInt8]) -> [Piece] {
        let visible = start.drop(while: \.isLineEnd)
        let magic = Array("MSRP ".utf8)
        guard !visible.elementsEqual(magic.prefix(visible.count)) else {
            state = .undecided(start)
            return []
        }
        if visible.starts(with: magic) {
            state = .msrp(MSRPStreamFramer())
            return append(Array(visible))
        }
        guard let end = visible.firstIndex(of: .lineFeed) else {
            guard visible.count > Self.longestStartLine else {
                state = .undecided(start)
                return []
            }
            return loseFraming(start)
        }
        let line = Array(visible[..<end])
        if line.contains(run: Array("SIP/".utf8)) {
            state = .sip(SIPStreamFramer())
        } else if line.contains(run: Array("HTTP/1.".utf8)) {
            state = .http(HTTPStreamFramer())
        } else {
            return loseFraming(start)
        }
        return append(start)
    }

    private mutating func loseFraming(_ bytes: [UInt8]) -> [Piece] {
        state = .lost
        return [.unreadable(bytes, protocolName: "TCP", reason: "the first line is of no known protocol")]
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == .carriageReturn || self == .lineFeed }
}
