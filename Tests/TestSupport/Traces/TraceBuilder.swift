package import Conformance
package import Network

/// A trace made by hand: who sends what to whom, one line each, to be altered before it is built.
///
/// Each line has a label such as `INVITE A→server` or `200 MESSAGE server→A`; a second one of its kind is
/// `INVITE A→server 2`. The clients are the witnesses, as in a run; `witness = .path` makes it a capture.
package struct TraceBuilder: Sendable {
    package enum Content: Sendable {
        case sip(SIPText)
        case msrp(MSRPText)
        case raw([UInt8])
        case opened
        case gap(Int)
        case closed
    }

    package struct Line: Sendable {
        package var label: String
        package var time: Instant
        package var sender: PartyName
        package var receiver: PartyName
        package var source: SocketAddress
        package var destination: SocketAddress
        package var transport: TransportProtocol
        package var content: Content
        package var step: String?
        /// Whether the message never arrives.
        package var isLost = false
    }

    package static let start = Instant(nanoseconds: 1_767_225_600_000_000_000)

    package var lines: [Line] = []
    /// How SIP travels between the clients and the server.
    package var sipTransport = TransportProtocol.udp
    package var keepsOrder = true
    /// Where datagrams and streams between a client and the server are seen; nil for at the client.
    package var witness: Witness?
    package var step: String?
    package var defects: [String] = []
    /// How long the trace goes on after its last line.
    package var silence = Duration.zero
    package private(set) var now = TraceBuilder.start
    private var counter = 0
    private var connections: Set<String> = []
    /// How many lines have had a label.
    var counts: [String: Int] = [:]

    package init() {}

    /// A number that no other message of the trace has.
    package mutating func fresh() -> Int {
        counter += 1
        return counter
    }

    package mutating func pause(_ duration: Duration) { now = now + duration }

    /// Adds a line of SIP, and the opening of its connection where it is the first on one.
    package mutating func add(_ text: SIPText, from sender: PartyName, to receiver: PartyName, lost: Bool = false) {
        let (source, destination) = Self.sipSockets(sender, receiver, sipTransport)
        if sipTransport == .tcp { open(source, destination, openedBy: receiver == .server ? sender : receiver) }
        add(.sip(text), text.label, sender, receiver, source, destination, sipTransport)
        lines[lines.count - 1].isLost = lost
    }

    /// Adds a line of MSRP on the connection that one of the two has opened.
    package mutating func add(
        _ text: MSRPText, from sender: PartyName, to receiver: PartyName, openedBy opener: PartyName
    ) {
        let (source, destination) = Self.msrpSockets(sender, receiver, openedBy: opener)
        open(source, destination, openedBy: opener)
        add(.msrp(text), text.label, sender, receiver, source, destination, .tcp)
    }

    /// Adds bytes on the MSRP connection.
    package mutating func add(
        raw bytes: [UInt8], from sender: PartyName, to receiver: PartyName, openedBy opener: PartyName
    ) {
        let (source, destination) = Self.msrpSockets(sender, receiver, openedBy: opener)
        open(source, destination, openedBy: opener)
        add(.raw(bytes), "raw", sender, receiver, source, destination, .tcp)
    }

    /// Adds bytes on the one HTTP connection of a client.
    package mutating func add(http text: String, label: String, from sender: PartyName, to receiver: PartyName) {
        func port(_ party: PartyName) -> UInt16 { party == .server ? 8080 : 43_000 }
        let source = SocketAddress(sender.address, port: port(sender))
        let destination = SocketAddress(receiver.address, port: port(receiver))
        open(source, destination, openedBy: sender == .server ? receiver : sender)
        add(.raw(Array(text.utf8)), label, sender, receiver, source, destination, .tcp)
    }

    package mutating func add(datagram bytes: [UInt8], from sender: PartyName, to receiver: PartyName) {
        let (source, destination) = Self.sipSockets(sender, receiver, .udp)
        add(.raw(bytes), "raw", sender, receiver, source, destination, .udp)
    }

    package mutating func gap(_ count: Int, from sender: PartyName, to receiver: PartyName, openedBy opener: PartyName)
    {
        let (source, destination) = Self.msrpSockets(sender, receiver, openedBy: opener)
        add(.gap(count), "gap", sender, receiver, source, destination, .tcp)
    }

    /// Closes the MSRP connection.
    package mutating func close(from sender: PartyName, to receiver: PartyName, openedBy opener: PartyName) {
        let (source, destination) = Self.msrpSockets(sender, receiver, openedBy: opener)
        add(.closed, "close", sender, receiver, source, destination, .tcp)
        connections.remove("\(min(source, destination)) \(max(source, destination))")
    }

    private mutating func open(_ source: SocketAddress, _ destination: SocketAddress, openedBy opener: PartyName) {
        guard connections.insert("\(min(source, destination)) \(max(source, destination))").inserted else { return }
        let isOpener = Cast.sample.party(at: source.address)?.name == opener
        let (from, to) = isOpener ? (source, destination) : (destination, source)
        let other = Cast.sample.party(at: to.address)?.name ?? .server
        add(.opened, "open", opener, other, from, to, .tcp)
    }

    private mutating func add(
        _ content: Content, _ label: String, _ sender: PartyName, _ receiver: PartyName, _ source: SocketAddress,
        _ destination: SocketAddress, _ transport: TransportProtocol
    ) {
        now = now + .milliseconds(1)
        let full = "\(label) \(sender)→\(receiver)"
        let count = (counts[full] ?? 0) + 1
        counts[full] = count
        lines.append(
            Line(
                label: count == 1 ? full : "\(full) \(count)", time: now, sender: sender, receiver: receiver,
                source: source, destination: destination, transport: transport, content: content, step: step))
    }
}

extension Cast {
    /// Alice, Bob, Carol and a server, each at an address of loopback.
    package static let sample = Cast(
        [("A", "alice", 11), ("B", "bob", 12), ("C", "carol", 13)].map { name, user, host in
            Party(
                name: PartyName(name), role: .client, imAddress: "sip:\(user)@parley.example",
                addresses: [IPAddress(127, 0, 0, UInt8(host))])
        } + [Party(name: .server, role: .server, imAddress: nil, addresses: [IPAddress(127, 0, 0, 10)])])
}

extension PartyName {
    package static let a = PartyName("A")
    package static let b = PartyName("B")
    package static let c = PartyName("C")

    package var address: IPAddress { Cast.sample[self]?.addresses[0] ?? IPAddress(127, 0, 0, 99) }

    package var uri: String { Cast.sample[self]?.imAddress ?? "sip:parley.example" }

    package var user: String { String(uri.dropFirst(4).prefix { $0 != "@" }) }
}
