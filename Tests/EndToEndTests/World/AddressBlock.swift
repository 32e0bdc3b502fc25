import Foundation
import Network
import Synchronization
import TestSupport

/// A block of loopback addresses that nobody else on this machine uses for as long as the value, its server, or the test
/// is there that took it.
struct AddressBlock {
    /// What keeps other tests from the block.
    private final class Reservation: Sendable {
        private static let taken = Mutex<Set<UInt8>>([])

        let number: UInt8

        /// Takes the block, unless another test has it.
        init?(_ number: UInt8) {
            guard Self.taken.withLock({ $0.insert(number).inserted }) else { return nil }
            self.number = number
        }

        deinit { Self.taken.withLock { _ = $0.remove(number) } }
    }

    private let reservation: Reservation

    var number: UInt8 { reservation.number }

    /// What tells the program to use the block.
    var arguments: [String] { ["--block", String(number)] }

    var server: IPAddress { IPAddress(127, 0, number, 10) }

    /// The address of client A, B, C or D.
    func client(_ name: Character) -> IPAddress { IPAddress(127, 0, number, 11 + (name.asciiValue ?? 65) - 65) }

    private static let turn = Atomic<Int>(Int(ProcessInfo.processInfo.processIdentifier))

    /// The next free block, and for a run with up to four workers those behind it.
    static func next() -> AddressBlock {
        while true {
            let number = UInt8(20 + 4 * (turn.add(1, ordering: .relaxed).newValue % 58))
            guard let reservation = Reservation(number) else { continue }
            let block = AddressBlock(reservation: reservation)
            guard block.isFree else { continue }
            TestScope.current?.keep(reservation)
            return block
        }
    }

    /// Whether no server is there: neither one of SIP, nor of MSRP or XCAP, which one over TLS has too.
    private var isFree: Bool {
        (try? HeldPort(.udp, server)) != nil
            && [5060, 5061, 2855, 8080].allSatisfy { (try? HeldPort(.tcp, server, port: $0, sharing: true)) != nil }
    }
}

/// A port of the signalling that is taken as long as the object lives.
final class HeldPort {
    struct Refusal: Error {}

    private let descriptor: Int32

    /// Takes the port; where it is shared, what is left of connections that have ended is no obstacle.
    ///
    /// - Throws: `Refusal` where somebody has it.
    init(_ transport: TransportProtocol, _ address: IPAddress, port: UInt16 = 5060, sharing isShared: Bool = false)
        throws
    {
        let type = transport == .udp ? SOCK_DGRAM : SOCK_STREAM
        descriptor = socket(AF_INET, Int32(type.rawValue), 0)
        var share: Int32 = isShared ? 1 : 0
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &share, socklen_t(MemoryLayout<Int32>.size))
        var native = sockaddr_in()
        native.sin_family = sa_family_t(AF_INET)
        native.sin_port = port.bigEndian
        native.sin_addr.s_addr = address.bytes.reduce(0) { $0 << 8 | UInt32($1) }.bigEndian
        let status = withUnsafeBytes(of: &native) { bytes in
            bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard status == 0 else { throw Refusal() }
    }

    deinit { close(descriptor) }
}
