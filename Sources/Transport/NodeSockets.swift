import Network

/// Everything that one node has open.
final class NodeSockets {
    let handle: NodeHandle
    let name: String
    let loop: LibUVLoop
    /// What secured connections need; nil for a node without any.
    let security: TLSContext?
    private(set) var points: [ListeningPoint] = []
    private(set) var datagramSockets: [SocketAddress: DatagramSocket] = [:]
    private(set) var listeners: [SocketAddress: Listener] = [:]
    var connections: [ConnectionID: Connection] = [:]
    private(set) var isClosed = false
    private var nextAccepted = 1

    init(handle: NodeHandle, name: String, loop: LibUVLoop, security: TLSContext?) {
        self.security = security
        self.handle = handle
        self.name = name
        self.loop = loop
    }

    /// The number of the next connection that is accepted: odd, from 1.
    func numberAccepted() -> ConnectionID {
        defer { nextAccepted += 2 }
        return ConnectionID(nextAccepted)
    }

    func open(_ point: ListeningPoint) throws(TransportError) {
        guard point.address.address.bytes.contains(where: { $0 != 0 }) else {
            throw TransportError(.addressUnspecified, point)
        }
        switch point.transport {
        case .udp:
            let socket = try DatagramSocket(bound: point.address, of: self)
            datagramSockets[socket.local] = socket
            points.append(ListeningPoint(.udp, socket.local))
        case .tcp, .tls:
            let listener = try Listener(at: point, of: self)
            listeners[listener.point.address] = listener
            points.append(listener.point)
        }
    }

    /// One end of a secured connection of the node.
    func session(_ role: TLSSession.Role, expecting peer: ExpectedPeer) -> TLSSession {
        guard let security else { preconditionFailure("\(name) secures a connection, and has nothing to do it with") }
        return TLSSession(role, in: security, expecting: peer)
    }

    func close() {
        isClosed = true
        datagramSockets.values.forEach { $0.close() }
        listeners.values.forEach { $0.close() }
        connections.values.forEach { $0.close() }
        datagramSockets = [:]
        listeners = [:]
    }
}
