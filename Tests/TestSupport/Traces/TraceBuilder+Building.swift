package import Conformance
import Network

extension TraceBuilder {
    static func sipSockets(
        _ sender: PartyName, _ receiver: PartyName, _ transport: TransportProtocol
    ) -> (SocketAddress, SocketAddress) {
        func port(_ party: PartyName) -> UInt16 { transport == .tcp && party != .server ? 40_000 : 5060 }
        return (
            SocketAddress(sender.address, port: port(sender)), SocketAddress(receiver.address, port: port(receiver))
        )
    }

    static func msrpSockets(
        _ sender: PartyName, _ receiver: PartyName, openedBy opener: PartyName
    ) -> (SocketAddress, SocketAddress) {
        func port(_ party: PartyName) -> UInt16 { party == opener ? 42_000 : 2855 }
        return (
            SocketAddress(sender.address, port: port(sender)), SocketAddress(receiver.address, port: port(receiver))
        )
    }

    /// The index of the line with this label.
    package func index(of label: String) -> Int {
        guard let index = lines.firstIndex(where: { $0.label == label }) else {
            preconditionFailure("There is no line “\(label)”, only \(lines.map(\.label))")
        }
        return index
    }

    package func message(_ label: String) -> SIPText {
        guard case .sip(let text) = lines[index(of: label)].content else {
            preconditionFailure("“\(label)” is no SIP message")
        }
        return text
    }

    package func chunk(_ label: String) -> MSRPText {
        guard case .msrp(let text) = lines[index(of: label)].content else {
            preconditionFailure("“\(label)” is no MSRP message")
        }
        return text
    }

    package mutating func change(_ label: String, _ alter: (inout SIPText) -> Void) {
        var text = message(label)
        alter(&text)
        lines[index(of: label)].content = .sip(text)
    }

    package mutating func changeChunk(_ label: String, _ alter: (inout MSRPText) -> Void) {
        var text = chunk(label)
        alter(&text)
        lines[index(of: label)].content = .msrp(text)
    }

    /// Takes lines away.
    package mutating func omit(_ labels: String...) {
        for label in labels {
            lines.remove(at: index(of: label))
            if counts[label] == 1 { counts[label] = nil }
        }
    }

    /// Takes away every line with one of these words in its label.
    package mutating func omit(all words: String...) {
        lines.removeAll { line in words.contains { line.label.contains($0) } }
    }

    /// Ends the trace after a line.
    package mutating func cut(after label: String) { lines.removeSubrange((index(of: label) + 1)...) }

    /// Begins the trace with a line.
    package mutating func cut(before label: String) { lines.removeSubrange(..<index(of: label)) }

    /// Puts a line in another place; it takes the time of its new neighbour.
    package mutating func move(_ label: String, before other: String) {
        var line = lines.remove(at: index(of: label))
        let place = index(of: other)
        line.time = lines[place].time
        lines.insert(line, at: place)
    }

    /// Sends a line again, so much later.
    package mutating func `repeat`(_ label: String, after delay: Duration = .microseconds(500)) {
        var line = lines[index(of: label)]
        line.time = line.time + delay
        let place = lines.firstIndex { $0.time > line.time } ?? lines.count
        lines.insert(line, at: place)
    }

    /// Adds lines in the place after another.
    package mutating func insert(after label: String, _ add: (inout TraceBuilder) -> Void) {
        let place = index(of: label) + 1
        let count = lines.count
        add(&self)
        let added = lines[count...].map { line in
            var line = line
            line.time = lines[place - 1].time + .microseconds(10)
            return line
        }
        lines.removeSubrange(count...)
        lines.insert(contentsOf: added, at: place)
    }

    /// The trace of these lines.
    package func trace(testCaseID: String? = nil) -> Trace {
        Trace(
            testCaseID: testCaseID, cast: .sample, datagramsKeepOrder: keepsOrder, entries: lines.flatMap(entries),
            end: (lines.last?.time ?? Self.start) + silence, defects: defects)
    }

    private func entries(of line: Line) -> [TraceEntry] {
        func entry(_ witness: Witness) -> TraceEntry {
            let content: TraceEntry.Content =
                switch line.content {
                case .sip(let text): line.transport == .udp ? .datagram(text.bytes) : .stream(text.bytes)
                case .msrp(let text): .stream(text.bytes)
                case .raw(let bytes): line.transport == .udp ? .datagram(bytes) : .stream(bytes)
                case .opened: .opened
                case .gap(let count): .gap(count: count)
                case .closed: .closed
                }
            let time = witness == .receiver ? line.time + .microseconds(200) : line.time
            return TraceEntry(
                time: time, source: line.source, destination: line.destination, witness: witness, content: content,
                step: line.step)
        }
        if let witness { return [entry(witness)] }
        if line.sender == .server { return line.isLost ? [] : [entry(.receiver)] }
        if line.receiver == .server || line.isLost { return [entry(.sender)] }
        return [entry(.sender), entry(.receiver)]
    }
}
