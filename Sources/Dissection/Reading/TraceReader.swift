import Bytes
import Conformance
import MSRP
import Network
import SIPSyntax

/// Turns the entries of a trace into messages: datagrams one by one, streams cut by their protocol.
///
/// What passes between two clients may be seen at both ends; it becomes one message, seen twice.
struct TraceReader {
    private struct Flow: Hashable {
        var source: SocketAddress
        var destination: SocketAddress
        var transport: TransportProtocol

        var reversed: Flow { Flow(source: destination, destination: source, transport: transport) }
    }

    private struct Observation: Hashable {
        var flow: Flow
        var atReceiver: Bool

        var atOtherEnd: Observation { Observation(flow: flow, atReceiver: !atReceiver) }
    }

    private struct Stream {
        var observation: Observation
        var dissector = StreamDissector()
        /// The message that further bytes belong to, once framing is lost, and these bytes.
        var lost: Int?
        var rest: [UInt8] = []
        var last: TraceEntry
    }

    var messages: [DissectedMessage] = []
    private(set) var openings: [ConnectionOpening] = []
    private(set) var ends: [ConnectionEnd] = []
    private(set) var gaps: [StreamGap] = []
    private var streams: [Stream] = []
    private var current: [Observation: Int] = [:]
    private var unmatched: [Observation: UnmatchedMessages] = [:]
    private var parties: [IPAddress: PartyName] = [:]

    /// Reads a whole trace.
    init(_ trace: Trace) {
        self.init(cast: trace.cast)
        for entry in trace.entries { read(entry) }
        finish()
    }

    /// A reader of what is yet to be seen.
    init(cast: Cast) {
        for party in cast.parties {
            for address in party.addresses where parties[address] == nil { parties[address] = party.name }
        }
    }

    mutating func read(_ entry: TraceEntry) {
        let flow = Flow(source: entry.source, destination: entry.destination, transport: entry.transport)
        let observation = Observation(flow: flow, atReceiver: entry.witness == .receiver)
        switch entry.content {
        case .datagram(let bytes):
            if !bytes.isKeepAlive { add(.sip(bytes), of: entry, observation) }
        case .opened:
            openings.append(
                ConnectionOpening(
                    source: entry.source, destination: entry.destination, time: entry.time, after: messages.count))
            // The opener's witness sees both directions from its own end, and so does the other one.
            let back = Observation(flow: flow.reversed, atReceiver: entry.witness == .sender)
            for observation in [observation, back] { end(observation) }
        case .stream(let bytes):
            let index = stream(observation, entry)
            streams[index].last = entry
            for piece in streams[index].dissector.append(bytes) { add(piece, from: index) }
        case .gap:
            gaps.append(StreamGap(source: entry.source, destination: entry.destination))
            let index = stream(observation, entry)
            giveRest(of: index)
            if let piece = streams[index].dissector.skipGap() { add(piece, from: index) }
        case .closed:
            end(observation)
            ends.append(
                ConnectionEnd(
                    source: entry.source, destination: entry.destination, time: entry.time, after: messages.count))
        }
    }

    /// Closes the trace: what still waits for bytes is incomplete.
    mutating func finish() {
        for index in streams.indices where current[streams[index].observation] == index { end(index) }
        nameProtocols()
    }

    /// Hands over what has been read, and forgets it together with the streams that have ended.
    mutating func takeMessages() -> [DissectedMessage] {
        defer { (messages, openings, ends, gaps, unmatched) = ([], [], [], [], [:]) }
        if current.count < streams.count / 2 {
            var kept: [Stream] = []
            for (observation, index) in current {
                current[observation] = kept.count
                kept.append(streams[index])
            }
            streams = kept
        }
        for index in streams.indices { (streams[index].lost, streams[index].rest) = (nil, []) }
        return messages
    }

    private mutating func stream(_ observation: Observation, _ entry: TraceEntry) -> Int {
        if let index = current[observation] { return index }
        streams.append(Stream(observation: observation, last: entry))
        current[observation] = streams.count - 1
        return streams.count - 1
    }

    private mutating func end(_ observation: Observation) {
        if let index = current.removeValue(forKey: observation) { end(index) }
    }

    private mutating func end(_ stream: Int) {
        if let piece = streams[stream].dissector.end() { add(piece, from: stream) }
        giveRest(of: stream)
    }

    /// Gives the bytes that came after framing was lost to the message where it was.
    private mutating func giveRest(of stream: Int) {
        if let lost = streams[stream].lost, !streams[stream].rest.isEmpty {
            messages[lost].extend(by: streams[stream].rest)
        }
        streams[stream].lost = nil
        streams[stream].rest = []
    }

    private mutating func add(_ piece: StreamDissector.Piece, from stream: Int) {
        if case .more(let bytes) = piece {
            // They belong to a message only where that is still there.
            if streams[stream].lost != nil { streams[stream].rest += bytes }
            return
        }
        streams[stream].lost = add(piece, of: streams[stream].last, streams[stream].observation)
    }

    /// Adds a message and returns its index, or nil where it was there already.
    @discardableResult
    private mutating func add(_ piece: StreamDissector.Piece, of entry: TraceEntry, _ observation: Observation) -> Int?
    {
        let (bytes, content) = MessageContent.reading(piece)
        if entry.witness != .path, wasReported(bytes, content, observation, entry) { return nil }
        messages.append(
            DissectedMessage(
                number: messages.count + 1, reading: MessageReading(bytes, content, over: entry.transport),
                entry: entry,
                sender: parties[entry.source.address], receiver: parties[entry.destination.address]))
        if entry.witness != .path { unmatched[observation, default: UnmatchedMessages()].add(messages.count - 1) }
        return messages.count - 1
    }

    /// Whether the other end of the flow has reported the same message already; then this is one message, seen twice.
    private mutating func wasReported(
        _ bytes: [UInt8], _ content: MessageContent, _ observation: Observation, _ entry: TraceEntry
    ) -> Bool {
        guard unmatched[observation.atOtherEnd] != nil else { return false }
        let isPart = if case .incomplete = content { true } else { false }
        let index = unmatched[observation.atOtherEnd]?.take { index in
            isPart ? messages[index].bytes.starts(with: bytes) : messages[index].bytes == bytes
        }
        guard let index else { return false }
        guard !isPart else { return true }
        messages[index].wasSent = true
        messages[index].wasReceived = true
        messages[index].arrival = max(messages[index].arrival, entry.time)
        return true
    }

    /// Gives what could not be read the name of the protocol that the same sockets otherwise speak.
    private mutating func nameProtocols() {
        var spoken: [SocketAddress: String] = [:]
        for message in messages where message.isSIP || message.isMSRP || message.isHTTP {
            for socket in [message.source, message.destination] { spoken[socket] = message.protocolName }
        }
        for index in messages.indices {
            guard case .unreadable(let name, let reason) = messages[index].content else { continue }
            let known = spoken[messages[index].destination] ?? spoken[messages[index].source]
            let isDatagram = messages[index].transport == .udp
            guard isDatagram || name == "TCP" else { continue }
            let ports = [messages[index].source.port, messages[index].destination.port]
            let fallback = isDatagram && ports.contains(5060) ? "SIP" : isDatagram ? "UDP" : "TCP"
            messages[index].name(known ?? fallback, because: reason)
        }
    }
}

/// Messages that one end of a flow has reported and the other has not, oldest first.
private struct UnmatchedMessages {
    private var indices: [Int?] = []
    private var first = 0

    mutating func add(_ index: Int) { indices.append(index) }

    /// Removes the oldest message that satisfies the predicate.
    mutating func take(where predicate: (Int) -> Bool) -> Int? {
        while first < indices.count, indices[first] == nil { first += 1 }
        for place in first..<indices.count {
            guard let index = indices[place], predicate(index) else { continue }
            indices[place] = nil
            return index
        }
        return nil
    }
}

extension [UInt8] {
    /// Whether the datagram only keeps a path open: line ends, zeros, or a message of STUN.
    ///
    /// RFC 5626 §4.4; RFC 5389 §6 for the form of STUN
    fileprivate var isKeepAlive: Bool {
        if allSatisfy({ $0 == .carriageReturn || $0 == .lineFeed || $0 == 0 }) { return true }
        return count >= 20 && self[0] < 0x40 && self[4..<8].elementsEqual([0x21, 0x12, 0xA4, 0x42])
    }
}
