import Bytes
import MSRP
import SIPSyntax

/// Cuts one direction of a connection into messages, whatever the protocol; what cannot be cut is kept.
struct StreamDissector {
    enum Piece {
        case sip([UInt8])
        case msrp([UInt8])
        case unreadable([UInt8], protocolName: String, reason: String)
    }

    private enum State {
        case undecided([UInt8])
        case sip(SIPStreamFramer)
        case msrp(MSRPStreamFramer)
        /// Framing is lost; everything until the end of the connection is one piece.
        case lost
    }

    private var state = State.undecided([])

    /// The messages that these bytes complete.
    mutating func append(_ bytes: [UInt8]) -> [Piece] {
        switch state {
        case .undecided(var start):
            start += bytes
            let visible = start.drop { $0 == .carriageReturn || $0 == .lineFeed }
            let magic = Array("MSRP ".utf8)
            if visible.count < magic.count, visible.elementsEqual(magic.prefix(visible.count)) {
                state = .undecided(start)
                return []
            }
            state = visible.starts(with: magic) ? .msrp(MSRPStreamFramer()) : .sip(SIPStreamFramer())
            return append(start)
        case .sip(var framer):
            var pieces: [Piece] = []
            framer.append(bytes)
            do {
                while let message = try framer.next() { pieces.append(.sip(message)) }
                state = .sip(framer)
            } catch {
                state = .lost
                pieces.append(
                    .unreadable(
                        bytes, protocolName: "SIP", reason: "\(error.rule.rawValue) at byte \(error.offset)"))
            }
            return pieces
        case .msrp(var framer):
            var pieces: [Piece] = []
            framer.append(bytes)
            do {
                while let message = try framer.next() { pieces.append(.msrp(message)) }
                state = .msrp(framer)
            } catch {
                state = .lost
                pieces.append(
                    .unreadable(
                        bytes, protocolName: "MSRP", reason: "\(error.rule.rawValue) at byte \(error.offset)"))
            }
            return pieces
        case .lost:
            return []
        }
    }

    /// Forgets what is incomplete: the witness missed bytes, and what follows starts anywhere.
    mutating func skipGap() {
        state = .lost
    }
}
