import CLibUV
import Glibc
import Network

extension SocketAddress {
    /// The address in the form of the operating system, for the duration of the call.
    func withNative<Result>(_ body: (UnsafePointer<sockaddr>) -> Result) -> Result {
        var storage = sockaddr_storage()
        return withUnsafeMutableBytes(of: &storage) { raw in
            if address.isIPv6 {
                var native = sockaddr_in6()
                native.sin6_family = sa_family_t(AF_INET6)
                native.sin6_port = port.bigEndian
                withUnsafeMutableBytes(of: &native.sin6_addr) { $0.copyBytes(from: address.bytes) }
                raw.storeBytes(of: native, as: sockaddr_in6.self)
            } else {
                var native = sockaddr_in()
                native.sin_family = sa_family_t(AF_INET)
                native.sin_port = port.bigEndian
                withUnsafeMutableBytes(of: &native.sin_addr) { $0.copyBytes(from: address.bytes) }
                raw.storeBytes(of: native, as: sockaddr_in.self)
            }
            return raw.withMemoryRebound(to: sockaddr.self) { buffer in
                guard let start = buffer.baseAddress else { preconditionFailure("A sockaddr has bytes") }
                return body(start)
            }
        }
    }

    /// The address that the operating system wrote, or nil for another family.
    init?(native pointer: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(pointer)
        switch Int32(pointer.pointee.sa_family) {
        case AF_INET:
            let native = raw.loadUnaligned(as: sockaddr_in.self)
            guard let address = withUnsafeBytes(of: native.sin_addr, { IPAddress(bytes: Array($0)) }) else {
                return nil
            }
            self.init(address, port: UInt16(bigEndian: native.sin_port))
        case AF_INET6:
            let native = raw.loadUnaligned(as: sockaddr_in6.self)
            guard let address = withUnsafeBytes(of: native.sin6_addr, { IPAddress(bytes: Array($0)) }) else {
                return nil
            }
            self.init(address, port: UInt16(bigEndian: native.sin6_port))
        default:
            return nil
        }
    }

    /// The address that a function of the form of `getsockname` writes.
    static func reading(
        _ read: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<Int32>) -> Int32
    ) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = Int32(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { raw in
            raw.withMemoryRebound(to: sockaddr.self) { buffer in
                guard let start = buffer.baseAddress, read(start, &length) == 0 else { return nil }
                return SocketAddress(native: start)
            }
        }
    }
}
