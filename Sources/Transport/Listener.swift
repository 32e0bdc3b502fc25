import CLibUV
import Network

/// One TCP socket on which a node accepts connections.
final class Listener {
    private(set) var point: ListeningPoint
    private let sockets: NodeSockets
    private let socket = UnsafeMutablePointer<uv_tcp_t>.allocate(capacity: 1)

    init(at point: ListeningPoint, of sockets: NodeSockets) throws(TransportError) {
        self.point = point
        self.sockets = sockets
        uv_tcp_init(sockets.loop.native, socket)
        socket.pointee.data = Unmanaged.passRetained(self).toOpaque()
        // libuv sets SO_REUSEADDR and reports a port in use by `uv_listen`.
        var status = point.address.withNative { uv_tcp_bind(socket, $0, 0) }
        if status == 0 {
            status = uv_listen(stream, 1_024) { stream, status in
                stream?.pointee.data.map { Unmanaged<Listener>.fromOpaque($0).takeUnretainedValue() }?.accept(status)
            }
        }
        guard status == 0, let bound = SocketAddress.reading({ uv_tcp_getsockname(socket, $0, $1) }) else {
            close()
            throw TransportError(status: status, point)
        }
        self.point.address = bound
    }

    deinit { socket.deallocate() }

    func close() { closeHandle(socket) }

    private var stream: UnsafeMutablePointer<uv_stream_t> {
        UnsafeMutableRawPointer(socket).assumingMemoryBound(to: uv_stream_t.self)
    }

    private func accept(_ status: Int32) {
        guard status == 0 else {
            sockets.loop.failure = TransportError(status: status, point)
            return
        }
        let security = point.transport == .tls ? sockets.session(.accepts, expecting: point.admitted) : nil
        Connection(sockets.numberAccepted(), of: sockets, secured: security).accept(from: stream)
    }
}
