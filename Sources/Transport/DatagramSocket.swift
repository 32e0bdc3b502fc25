import CLibUV
import Glibc
import Network

/// One bound UDP socket of a node.
final class DatagramSocket {
    /// How much may wait for the network before further datagrams are refused.
    private static let queueLimit = 32 << 20

    private(set) var local: SocketAddress
    private let node: NodeHandle
    private let loop: LibUVLoop
    private let socket = UnsafeMutablePointer<uv_udp_t>.allocate(capacity: 1)

    init(bound address: SocketAddress, of sockets: NodeSockets) throws(TransportError) {
        local = address
        node = sockets.handle
        loop = sockets.loop
        uv_udp_init(loop.native, socket)
        socket.pointee.data = Unmanaged.passRetained(self).toOpaque()
        // With RECVERR the kernel tells of ICMP errors also on sockets that are not connected.
        let status = address.withNative { uv_udp_bind(socket, $0, UV_UDP_LINUX_RECVERR.rawValue) }
        guard status == 0, let bound = SocketAddress.reading({ uv_udp_getsockname(socket, $0, $1) }) else {
            close()
            throw TransportError(status: status, ListeningPoint(.udp, address))
        }
        local = bound
        requestReceiveBuffer()
        uv_udp_recv_start(
            socket, { handle, _, buffer in buffer?.pointee = LibUVLoop.receiving(handle) },
            { handle, count, buffer, source, _ in
                DatagramSocket.owner(of: handle)?.received(count, buffer?.pointee.base, from: source)
            })
    }

    deinit { socket.deallocate() }

    func close() { closeHandle(socket) }

    func send(_ bytes: [UInt8], to destination: SocketAddress) {
        let time = loop.clock.now
        // A waiting ICMP error makes the call fail without sending; the errors are taken and the datagram tried again.
        for _ in 0..<16 {
            let status = withBuffer(of: bytes) { buffer in
                destination.withNative { uv_udp_try_send(socket, buffer, 1, $0) }
            }
            if status >= 0 {
                return loop.observe(.datagram(bytes), .sent, by: node, from: local, to: destination, at: time)
            }
            if uv_errno_t(status) == UV_EAGAIN { return enqueue(bytes, to: destination) }
            guard takeErrors(), uv_errno_t(status) != UV_EMSGSIZE else {
                return fail(destination, String(cString: uv_strerror(status)))
            }
        }
        fail(destination, "the network keeps returning errors")
    }

    /// Asks for room for a burst; the operating system gives what its limit allows.
    private func requestReceiveBuffer() {
        var size: Int32 = 4 << 20
        uv_recv_buffer_size(UnsafeMutableRawPointer(socket).assumingMemoryBound(to: uv_handle_t.self), &size)
    }

    private func enqueue(_ bytes: [UInt8], to destination: SocketAddress) {
        guard uv_udp_get_send_queue_size(socket) + bytes.count <= Self.queueLimit else {
            return fail(destination, "the network takes no more datagrams")
        }
        let waiting = WaitingDatagram(bytes, to: destination, on: self)
        destination.withNative { waiting.start($0, socket: socket) }
    }

    /// What became of a datagram that had to wait.
    fileprivate func completed(_ datagram: WaitingDatagram, status: Int32) {
        if status == 0 {
            loop.observe(.datagram(datagram.bytes), .sent, by: node, from: local, to: datagram.destination)
        } else if uv_errno_t(status) != UV_ECANCELED {
            send(datagram.bytes, to: datagram.destination)
        }
    }

    private func received(_ count: Int, _ bytes: UnsafeMutablePointer<CChar>?, from source: UnsafePointer<sockaddr>?) {
        if count < 0 { _ = takeErrors() }
        guard count >= 0, let source, let address = SocketAddress(native: source) else { return }
        let datagram = [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
        loop.observe(.datagram(datagram), .received, by: node, from: address, to: local)
        loop.report(.datagram(datagram, from: address, to: local), to: node)
    }

    /// Empties the error queue of the socket, and tells the node whom it could not reach.
    private func takeErrors() -> Bool {
        var descriptor: uv_os_fd_t = -1
        let handle = UnsafeMutableRawPointer(socket).assumingMemoryBound(to: uv_handle_t.self)
        guard uv_fileno(handle, &descriptor) == 0 else { return false }
        var found = false
        var storage = sockaddr_storage()
        while true {
            let code = parley_take_datagram_error(descriptor, &storage)
            guard code != 0 else { return found }
            found = true
            let destination = withUnsafeBytes(of: &storage) {
                $0.baseAddress.flatMap { SocketAddress(native: $0.assumingMemoryBound(to: sockaddr.self)) }
            }
            // The kernel also queues, without a port, what the call itself has returned.
            if let destination, destination.port != 0 {
                fail(destination, String(cString: strerror(code)).lowercased())
            }
        }
    }

    private func fail(_ destination: SocketAddress, _ reason: String) {
        loop.report(.undeliverable(to: destination, reason: "\(destination) (UDP): \(reason)"), to: node)
    }

    private static func owner(of handle: UnsafeMutablePointer<uv_udp_t>?) -> DatagramSocket? {
        handle?.pointee.data.map { Unmanaged<DatagramSocket>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// A datagram for which the operating system had no room, kept until it has.
private final class WaitingDatagram {
    let bytes: [UInt8]
    let destination: SocketAddress
    private let socket: DatagramSocket
    private let request = UnsafeMutablePointer<uv_udp_send_t>.allocate(capacity: 1)
    private let copy: UnsafeMutablePointer<CChar>

    init(_ bytes: [UInt8], to destination: SocketAddress, on socket: DatagramSocket) {
        self.bytes = bytes
        self.destination = destination
        self.socket = socket
        copy = .allocate(capacity: max(1, bytes.count))
        for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
    }

    deinit {
        request.deallocate()
        copy.deallocate()
    }

    func start(_ address: UnsafePointer<sockaddr>, socket native: UnsafeMutablePointer<uv_udp_t>) {
        request.pointee.data = Unmanaged.passRetained(self).toOpaque()
        var buffer = uv_buf_init(copy, UInt32(bytes.count))
        let status = uv_udp_send(request, native, &buffer, 1, address) { request, status in
            guard let data = request?.pointee.data else { return }
            let datagram = Unmanaged<WaitingDatagram>.fromOpaque(data).takeRetainedValue()
            datagram.socket.completed(datagram, status: status)
        }
        guard status != 0 else { return }
        Unmanaged.passUnretained(self).release()
    }
}

/// Shows the bytes to a libuv function that only reads them.
func withBuffer<Result>(of bytes: [UInt8], from start: Int = 0, _ body: (UnsafePointer<uv_buf_t>) -> Result) -> Result {
    bytes.withUnsafeBytes { raw in
        let base = raw.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + start) }
        var buffer = uv_buf_t(base: base?.assumingMemoryBound(to: CChar.self), len: raw.count - start)
        return body(&buffer)
    }
}
