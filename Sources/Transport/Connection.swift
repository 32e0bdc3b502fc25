import CLibUV
import Network

/// One TCP connection of a node, from either side, secured by TLS or not.
final class Connection {
    enum Phase {
        case connecting
        case open
        /// Our half is shut down; what the peer still sends is read, so that nothing of ours is lost to a reset.
        case lingering
        /// Nothing can be sent or received any more.
        case broken
        case closed
    }

    /// How long a peer may take to close its half after we have closed ours.
    private static let patience = Duration.seconds(2)

    let id: ConnectionID
    let sockets: NodeSockets
    let socket = UnsafeMutablePointer<uv_tcp_t>.allocate(capacity: 1)
    var phase = Phase.connecting
    /// Nil for a connection that is not secured.
    let security: TLSSession?
    var outgoing = OutgoingQueue()
    var isWriting = false
    lazy var write = StreamWrite()
    /// Whether the peer is to see a reset instead of an orderly end.
    var resetsOnClose = false
    /// Whether the node wants to hear no more of it.
    private(set) var isClosedByNode = false
    private var closesWhenWritten = false
    private var peerHasEnded = false
    private var nodeIsTold = false
    /// Whether the node has opened the connection, or has heard of it.
    var isKnownToNode = false
    private(set) var local: SocketAddress?
    private(set) var remote: SocketAddress?

    init(_ id: ConnectionID, of sockets: NodeSockets, secured security: TLSSession?) {
        self.id = id
        self.security = security
        self.sockets = sockets
        uv_tcp_init(sockets.loop.native, socket)
        socket.pointee.data = Unmanaged.passRetained(self).toOpaque()
        sockets.connections[id] = self
    }

    deinit { socket.deallocate() }

    var loop: LibUVLoop { sockets.loop }

    var stream: UnsafeMutablePointer<uv_stream_t> {
        UnsafeMutableRawPointer(socket).assumingMemoryBound(to: uv_stream_t.self)
    }

    /// Takes the connection that waits at the listener.
    func accept(from listener: UnsafeMutablePointer<uv_stream_t>) {
        let status = uv_accept(listener, stream)
        guard status == 0 else {
            loop.failure = TransportError(status: status)
            return close()
        }
        remote = SocketAddress.reading { uv_tcp_getpeername(socket, $0, $1) }
        local = SocketAddress.reading { uv_tcp_getsockname(socket, $0, $1) }
        // A peer that has reset the connection already has no address any more, and nothing was ever exchanged.
        guard let local, let remote else { return close() }
        begin()
        loop.observe(.opened, .received, by: sockets.handle, from: remote, to: local)
        if security != nil { return beginHandshake() }
        isKnownToNode = true
        loop.report(.accepted(id, local: local, remote: remote), to: sockets.handle)
    }

    /// Opens a connection from a port of the system's choice.
    func connect(from address: IPAddress, to destination: SocketAddress) {
        isKnownToNode = true
        let source = SocketAddress(address, port: 0)
        let status = source.withNative { uv_tcp_bind(socket, $0, 0) }
        guard status == 0 else {
            loop.failure = TransportError(status: status, ListeningPoint(.tcp, source))
            return close()
        }
        remote = destination
        let request = UnsafeMutablePointer<uv_connect_t>.allocate(capacity: 1)
        let refusal = destination.withNative {
            uv_tcp_connect(request, socket, $0) { request, status in
                let connection = Connection.owner(of: request?.pointee.handle)
                request?.deallocate()
                connection?.completed(status)
            }
        }
        local = SocketAddress.reading { uv_tcp_getsockname(socket, $0, $1) }
        guard refusal != 0 else { return }
        request.deallocate()
        fail(refusal)
    }

    private func completed(_ status: Int32) {
        guard phase == .connecting else { return }
        guard status == 0, let local, let remote else { return fail(status) }
        begin()
        loop.observe(.opened, .sent, by: sockets.handle, from: local, to: remote)
        if security != nil { return beginHandshake() }
        if !isClosedByNode { loop.report(.connected(id, local: local, remote: remote), to: sockets.handle) }
        pump()
    }

    private func begin() {
        phase = .open
        uv_tcp_nodelay(socket, 1)
        uv_read_start(
            stream, { handle, _, buffer in buffer?.pointee = LibUVLoop.receiving(handle) },
            { stream, count, buffer in Connection.owner(of: stream)?.received(count, buffer?.pointee.base) })
    }

    private func received(_ count: Int, _ bytes: UnsafeMutablePointer<CChar>?) {
        guard count != 0, let local, let remote else { return }
        guard count > 0 else { return ended(Int32(truncatingIfNeeded: count)) }
        let piece = [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
        loop.observe(.stream(piece), .received, by: sockets.handle, from: remote, to: local)
        if let security { return carryOut(security.receive(piece)) }
        if !isClosedByNode { loop.report(.received(id, piece), to: sockets.handle) }
    }

    private func ended(_ status: Int32) {
        guard uv_errno_t(status) == UV_EOF else { return fail(status) }
        uv_read_stop(stream)
        observeEndOfPeer()
        if phase == .lingering { return close() }
        if let security { carryOut(security.inputEnded()) }
        tellNode(reason: nil)
    }

    /// Ends the connection after the operating system has reported an error on it.
    func fail(_ status: Int32) {
        let code = uv_errno_t(status)
        guard phase != .closed, phase != .broken, code != UV_ECANCELED else { return }
        let wasReset = [UV_ECONNREFUSED, UV_ECONNRESET, UV_EPIPE].contains(code)
        if wasReset { observeEndOfPeer() }
        breakOff(reason: words(String(cString: uv_strerror(status))))
    }

    /// A reason, after the name of the peer and of the transport.
    func words(_ reason: String) -> String {
        "\(remote.map(\.description) ?? "the peer") (\(security == nil ? "TCP" : "TLS")): \(reason)"
    }

    func breakOff(reason: String) {
        phase = .broken
        uv_read_stop(stream)
        if isClosedByNode { close() } else { tellNode(reason: reason) }
    }

    private func observeEndOfPeer() {
        guard !peerHasEnded, let local, let remote else { return }
        peerHasEnded = true
        loop.observe(.closed, .received, by: sockets.handle, from: remote, to: local)
    }

    func tellOfRefusal(_ reason: String) {
        guard !nodeIsTold, !isClosedByNode, let local else { return }
        loop.report(.refused(id, at: local, reason: reason), to: sockets.handle)
    }

    func tellNode(reason: String?) {
        guard !nodeIsTold, !isClosedByNode else { return }
        guard isKnownToNode else { return closeByNode() }
        nodeIsTold = true
        loop.report(.closed(id, reason: reason), to: sockets.handle)
    }

    /// Closes after everything written has left, because the node asks for it or has been told of the end.
    func closeByNode() {
        isClosedByNode = true
        guard phase != .broken, phase != .connecting || hasMoreToSend else { return close() }
        closesWhenWritten = true
        if let security { carryOut(security.close()) }
        pump()
    }

    /// Shuts our half down once there is nothing left to write.
    func finishIfWritten() {
        guard closesWhenWritten, phase == .open, !isWriting, !hasMoreToSend else { return }
        phase = .lingering
        let request = UnsafeMutablePointer<uv_shutdown_t>.allocate(capacity: 1)
        let status = uv_shutdown(request, stream) { request, status in
            let connection = Connection.owner(of: request?.pointee.handle)
            request?.deallocate()
            if status == 0 { connection?.linger() } else { connection?.close() }
        }
        guard status != 0 else { return }
        request.deallocate()
        close()
    }

    private func linger() {
        guard phase == .lingering, let local, let remote else { return }
        loop.observe(.closed, .sent, by: sockets.handle, from: local, to: remote)
        if peerHasEnded { return close() }
        loop.timers.arm(.linger(sockets.handle, id), at: loop.clock.now + Self.patience)
    }

    /// Closes at once, whatever is under way.
    func close() {
        guard phase != .closed else { return }
        phase = .closed
        loop.timers.cancel(.linger(sockets.handle, id))
        loop.timers.cancel(.handshake(sockets.handle, id))
        sockets.connections[id] = nil
        if resetsOnClose {
            uv_tcp_close_reset(socket, releaseOwner)
        } else {
            closeHandle(socket)
        }
    }

    static func owner(of stream: UnsafeMutablePointer<uv_stream_t>?) -> Connection? {
        stream?.pointee.data.map { Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
    }
}
