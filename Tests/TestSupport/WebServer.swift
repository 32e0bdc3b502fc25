import Foundation
package import Network
import Synchronization
package import Transport

/// A server of HTTP on a free port of loopback that does the same about every request.
package final class WebServer: Sendable {
    package enum Conduct: Sendable {
        /// Sends this, and ends the connection.
        case says(String)
        case saysNothing
        case hangsUp
    }

    /// What its thread and its owner share.
    private final class Desk: Sendable {
        let requests = Mutex<[String]>([])
        let isClosed = Atomic<Bool>(false)
        let opening = Mutex<(address: SocketAddress, doorbell: Doorbell)?>(nil)
        let hasOpened = DispatchSemaphore(value: 0)
    }

    package let address: SocketAddress
    private let desk = Desk()
    private let doorbell: Doorbell

    /// Opens it, with a certificate where it is to speak over TLS.
    package init(_ conduct: Conduct, security: TLSContext? = nil) throws {
        Thread.detachNewThread { [desk] in
            defer { desk.hasOpened.signal() }
            try? Self.serve(conduct, security, at: desk)
        }
        desk.hasOpened.wait()
        guard let (address, doorbell) = desk.opening.withLock(\.self) else { throw POSIXError(.EADDRINUSE) }
        self.address = address
        self.doorbell = doorbell
    }

    deinit {
        desk.isClosed.store(true, ordering: .relaxed)
        doorbell.ring()
    }

    /// What has been asked, in full.
    package var requests: [String] { desk.requests.withLock(\.self) }

    private static func serve(_ conduct: Conduct, _ security: TLSContext?, at desk: Desk) throws {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        let anywhere = SocketAddress(IPAddress(127, 0, 0, 1), port: 0)
        let point = ListeningPoint(security == nil ? .tcp : .tls, anywhere)
        let node = try loop.add([point], named: "web server", security: security)
        let doorbell = try loop.addDoorbell()
        let address = loop.listeningPoints(of: node)[0].address
        desk.opening.withLock { $0 = (address, doorbell) }
        desk.hasOpened.signal()
        var received: [ConnectionID: [UInt8]] = [:]
        while !desk.isClosed.load(ordering: .relaxed) {
            _ = try loop.run(
                until: { desk.isClosed.load(ordering: .relaxed) }, deadline: loop.now + .seconds(3600),
                observe: { _ in }
            ) { _, event, _ in
                guard case .received(let id, let bytes) = event else { return [] }
                received[id, default: []] += bytes
                let text = String(decoding: received[id] ?? [], as: UTF8.self)
                guard isWhole(text) else { return [] }
                desk.requests.withLock { $0.append(text) }
                switch conduct {
                case .says(let answer): return [.write(id, Array(answer.utf8)), .close(id)]
                case .saysNothing: return []
                case .hangsUp: return [.close(id)]
                }
            }
        }
    }

    /// Whether the head of the request is there, and as much behind it as it says.
    private static func isWhole(_ request: String) -> Bool {
        guard let end = request.firstRange(of: "\r\n\r\n") else { return false }
        let length = request[..<end.lowerBound].split(separator: "\r\n").lazy
            .filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.dropFirst("content-length:".count).trimmingPrefix(" ")) }.first
        return request[end.upperBound...].utf8.count >= length ?? 0
    }
}
