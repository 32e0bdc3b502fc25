/// A party as the network sees it: events in, effects out, with no socket, clock or task inside.
///
/// Both drivers (virtual time and real sockets) know parties only by this protocol.
package protocol Node {
    /// The points this node listens on, opened by the driver before `start`.
    var listeningPoints: [ListeningPoint] { get }

    mutating func handle(_ event: NodeEvent, at time: Instant) -> [NodeEffect]
}

/// A protocol of the transport layer.
package enum TransportProtocol: String, CaseIterable, Hashable, Sendable {
    case udp
    case tcp
    /// TLS over TCP.
    case tls

    /// Whether it carries a stream, in which nothing is lost.
    package var isReliable: Bool { self != .udp }

    /// The port of SIP where no other one is said.
    ///
    /// RFC 3261 §19.1.2
    package var sipPort: UInt16 { self == .tls ? 5061 : 5060 }

    /// The parameter of a SIP URI that leads somewhere by this transport, with the semicolon before it.
    ///
    /// RFC 3261 §19.1.1, whose §26.2.2 deprecates `tls`, as RFC 5630 §3.1.4 repeats; but nothing else says in a URI that TLS
    /// is for one hop (RFC 5630 §3.1.3), and systems say it so.
    package var sipParameter: String {
        switch self {
        case .udp: ""
        case .tcp, .tls: ";transport=\(rawValue)"
        }
    }
}

/// An address and port on which a node receives datagrams or accepts connections.
package struct ListeningPoint: Hashable, Sendable {
    package var transport: TransportProtocol
    package var address: SocketAddress
    /// Whom a node lets in that secures its connections.
    package var admitted: ExpectedPeer

    package init(
        _ transport: TransportProtocol, _ address: SocketAddress, admitting admitted: ExpectedPeer = .anybody
    ) {
        self.transport = transport
        self.address = address
        self.admitted = admitted
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
    /// The peer has shown a certificate with these fingerprints, one for each digest.
    case certified(ConnectionID, Set<CertificateFingerprint>)
    case received(ConnectionID, [UInt8])
    /// The peer does not take what this side proves by who it is, and ends the connection, of which `closed` tells next
    /// unless the peer has opened it and nothing has told of it yet; the reason is for people.
    ///
    /// RFC 8446 §6.2: in TLS 1.3 this comes when the connection has been open already.
    case refused(ConnectionID, at: SocketAddress, reason: String)
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
    /// Likewise, and secures the connection by TLS, which is open once the peer has proven to be who is expected.
    case connectSecurely(ConnectionID, from: IPAddress, to: SocketAddress, expecting: ExpectedPeer)
    case write(ConnectionID, [UInt8])
    /// Closes the connection after everything written has left; the node hears no `closed` for it.
    case close(ConnectionID)
    case arm(TimerID, after: Duration)
    case cancel(TimerID)
}
