import Bytes
import Conformance
import MSRP
import Network
import SIPSyntax

/// Turns the entries of a trace into messages: datagrams one by one, streams cut by their protocol.
struct TraceReader {
    private struct Flow: Hashable {
        var source: SocketAddress
        var destination: SocketAddress
        var isStream: Bool
    }

    private struct Observation: Hashable {
        var flow: Flow
        var atReceiver: Bool
    }

    private(set) var messages: [DissectedMessage] = []
    private(set) var ends: [Dissection.ConnectionEnd] = []
    private let cast: Cast
    private var dissectors: [Observation: StreamDissector] = [:]
    /// Messages whose other end has not reported them yet, per flow, oldest first.
    private var unmatched: [Observation: [Int]] = [:]

    init(cast: Cast) {
        self.cast = cast
    }

    mutating func read(_ entry: TraceEntry) {
        let flow = Flow(
            source: entry.source, destination: entry.destination, isStream: entry.transport == .tcp)
        let observation = Observation(flow: flow, atReceiver: entry.witness == .receiver)
        switch entry.content {
        case .datagram(let bytes):
            guard bytes.contains(where: { $0 != .carriageReturn && $0 != .lineFeed && $0 != 0 }) else { return }
            add(.sip(bytes), of: entry, observation)
        case .opened:
            let back = Flow(source: flow.destination, destination: flow.source, isStream: true)
            for flow in [flow, back] {
                for atReceiver in [false, true] {
                    dissectors[Observation(flow: flow, atReceiver: atReceiver)] = nil
                }
            }
        case .stream(let bytes):
            for piece in dissectors[observation, default: StreamDissector()].append(bytes) {
                add(piece, of: entry, observation)
            }
        case .gap:
            dissectors[observation, default: StreamDissector()].skipGap()
        case .closed:
            ends.append(
                Dissection.ConnectionEnd(
                    source: entry.source, destination: entry.destination, time: entry.time, after: messages.count))
        }
    }

    private mutating func add(_ piece: StreamDissector.Piece, of entry: TraceEntry, _ observation: Observation) {
        let (bytes, content, flaws) = Self.content(of: piece)
        if merge(bytes, observation, entry) { return }
        messages.append(
            DissectedMessage(
                number: messages.count + 1, packet: entry.packet, time: entry.time, source: entry.source,
                destination: entry.destination, transport: entry.transport,
                sender: cast.party(at: entry.source.address)?.name,
                receiver: cast.party(at: entry.destination.address)?.name,
                wasSent: entry.witness != .receiver, wasReceived: entry.witness != .sender, step: entry.step,
                bytes: bytes, content: content, flaws: flaws, repeats: nil, answers: nil))
        if entry.witness != .path { unmatched[observation, default: []].append(messages.count - 1) }
    }

    /// Whether the other end of the flow has reported the same message already; then this is one message, seen twice.
    private mutating func merge(_ bytes: [UInt8], _ observation: Observation, _ entry: TraceEntry) -> Bool {
        guard entry.witness != .path else { return false }
        let other = Observation(flow: observation.flow, atReceiver: !observation.atReceiver)
        guard let place = unmatched[other]?.firstIndex(where: { messages[$0].bytes == bytes }),
            let index = unmatched[other]?.remove(at: place)
        else { return false }
        messages[index].wasSent = true
        messages[index].wasReceived = true
        return true
    }

    private static func content(
        of piece: StreamDissector.Piece
    ) -> (bytes: [UInt8], content: DissectedMessage.Content, flaws: [Flaw]) {
        switch piece {
        case .sip(let bytes):
            do {
                let message = try SIPMessage(parsing: bytes)
                return (bytes, .sip(message), Flaw.flaws(of: message))
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                return (bytes, .unreadable(protocolName: "SIP", reason: reason), [])
            }
        case .msrp(let bytes):
            do {
                let message = try MSRPMessage(parsing: bytes)
                return (bytes, .msrp(message), Flaw.flaws(of: message))
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                return (bytes, .unreadable(protocolName: "MSRP", reason: reason), [])
            }
        case .unreadable(let bytes, let protocolName, let reason):
            return (bytes, .unreadable(protocolName: protocolName, reason: reason), [])
        }
    }
}
