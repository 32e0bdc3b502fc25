import Glibc
import Network

@testable import Transport

/// A blocking socket outside the loop, for peers that behave as no node can.
final class RawSocket {
    let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// A TCP connection; the listener must be open, but need not have accepted.
    static func connected(to remote: SocketAddress) -> RawSocket? {
        let socket = RawSocket(Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return remote.withNative { connect(socket.descriptor, $0, size) } == 0 ? socket : nil
    }

    /// A bound socket, which listens if it is one of TCP.
    static func bound(_ point: ListeningPoint) -> (socket: RawSocket, local: SocketAddress)? {
        let kind = point.transport == .udp ? SOCK_DGRAM : SOCK_STREAM
        let socket = RawSocket(Glibc.socket(AF_INET, Int32(kind.rawValue), 0))
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard point.address.withNative({ bind(socket.descriptor, $0, size) }) == 0 else { return nil }
        if point.transport == .tcp, listen(socket.descriptor, 5) != 0 { return nil }
        let local = SocketAddress.reading { name, length in
            var written = socklen_t(length.pointee)
            return getsockname(socket.descriptor, name, &written)
        }
        return local.map { (socket, $0) }
    }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the end of this socket a reset.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Everything until the peer ends its stream.
    func receiveAll() -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return all }
            all += buffer[..<count]
        }
    }
}
