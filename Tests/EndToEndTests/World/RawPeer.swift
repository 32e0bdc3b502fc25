import Foundation
import Network

/// A socket of somebody who keeps to no protocol.
final class RawPeer {
    struct Refusal: Error {
        var reason: String
    }

    private let descriptor: Int32

    /// Reads wait no longer than this: what is awaited here comes at once or not at all.
    private static let patience = timeval(tv_sec: 5, tv_usec: 0)

    /// Connects to the address, from another one if need be.
    init(_ transport: TransportProtocol, to remote: IPAddress, port: UInt16, from local: IPAddress? = nil) throws {
        let type = transport == .udp ? SOCK_DGRAM : SOCK_STREAM
        descriptor = socket(AF_INET, Int32(type.rawValue), 0)
        guard descriptor >= 0 else { throw Refusal(reason: String(cString: strerror(errno))) }
        var patience = Self.patience
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var status: Int32 = 0
        if let local { status = Self.native(local, 0) { bind(descriptor, $0, $1) } }
        if status == 0 { status = Self.native(remote, port) { connect(descriptor, $0, $1) } }
        guard status == 0 else {
            close(descriptor)
            throw Refusal(reason: String(cString: strerror(errno)))
        }
    }

    deinit { close(descriptor) }

    /// Writes as much as the other side takes.
    func send(_ bytes: some Sequence<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) { send(text.utf8) }

    /// Says that nothing more will come.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What comes next; empty at the end, and nil when nothing comes.
    func receive() -> String? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 { return errno == ECONNRESET || errno == ECONNREFUSED ? "" : nil }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// What has come by now; nil when nothing has.
    func receiveNow() -> String? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// What comes until the other side closes; nil when it does not.
    func receiveAll() -> String? {
        var all = ""
        while let text = receive() {
            if text.isEmpty { return all }
            all += text
        }
        return nil
    }

    /// Whether the other side has closed by now.
    var isClosed: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN)
    }

    private static func native(
        _ address: IPAddress, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var native = sockaddr_in()
        native.sin_family = sa_family_t(AF_INET)
        native.sin_port = port.bigEndian
        native.sin_addr.s_addr = address.bytes.reduce(0) { $0 << 8 | UInt32($1) }.bigEndian
        return withUnsafePointer(to: &native) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
