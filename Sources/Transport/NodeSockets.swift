import Network

/// Everything that one node has open.
final class NodeSockets {
    let handle: NodeHandle
    let name: String
    let loop: LibUVLoop
    private(set) var points: [ListeningPoint] = []
    private(set) var datagramSockets: [SocketAddress: DatagramSocket] = [:]
    private(set) var listeners: [SocketAddress: Listener] = [:]
    var connections: [ConnectionID: Connection] = [:]
    private(set) var isClosed = false
    private var nextAccepted = 1

    init(handle: NodeHandle, name: String, loop: LibUVLoop) {
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
        case .tcp:
            let listener = try Listener(at: point.address, of: self)
            listeners[listener.local] = listener
            points.append(ListeningPoint(.tcp, listener.local))
        }
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
