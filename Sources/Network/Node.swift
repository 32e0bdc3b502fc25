/// A party as the network sees it: events in, effects out, with no socket, clock or task inside.
///
/// Both drivers (virtual time and real sockets) know parties only by this protocol.
package protocol Node {
    /// The points this node listens on, opened by the driver before `start`.
    var listeningPoints: [ListeningPoint] { get }

    mutating func handle(_ event: NodeEvent, at time: Instant) -> [NodeEffect]
}

/// A protocol of the transport layer.
package enum TransportProtocol: String, Hashable, Sendable {
    case udp
    case tcp

    /// The port of SIP where no other one is said.
    ///
    /// RFC 3261 §19.1.2
    package var sipPort: UInt16 { 5060 }
}

/// An address and port on which a node receives datagrams or accepts connections.
package struct ListeningPoint: Hashable, Sendable {
    package var transport: TransportProtocol
    package var address: SocketAddress

    package init(_ transport: TransportProtocol, _ address: SocketAddress) {
        self.transport = transport
        self.address = address
    }
}

/// One connection of a node.
///
/// A node numbers the connections that it opens with even numbers from 0, the driver those it accepts with odd ones from 1.
package struct ConnectionID: Hashable, Sendable {
    package let number: Int

    package init(_ number: Int) {
        self.number = number
    }
}

/// One timer of a node, named by the node; arming it again replaces it.
package struct TimerID: Hashable, Sendable {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }
}

/// What the network or the clock tells a node.
package enum NodeEvent: Sendable {
    case start
    case datagram([UInt8], from: SocketAddress, to: SocketAddress)
    case connected(ConnectionID, local: SocketAddress, remote: SocketAddress)
    case accepted(ConnectionID, local: SocketAddress, remote: SocketAddress)
    case received(ConnectionID, [UInt8])
    /// The connection has ended or could not be opened; the reason is for people.
    case closed(ConnectionID, reason: String?)
    /// A datagram could not be delivered, for instance because the port is closed (ICMP); the reason is for people.
    case undeliverable(to: SocketAddress, reason: String)
    case timer(TimerID)
}

/// What a node asks of the network or the clock.
package enum NodeEffect: Sendable, Equatable {
    case datagram([UInt8], from: SocketAddress, to: SocketAddress)
    /// Opens a connection from this address, with a port of the driver's choice.
    case connect(ConnectionID, from: IPAddress, to: SocketAddress)
    case write(ConnectionID, [UInt8])
    /// Closes the connection after everything written has left; the node hears no `closed` for it.
    case close(ConnectionID)
    case arm(TimerID, after: Duration)
    case cancel(TimerID)
}
