import Foundation
import Network
import ReferenceServer
import Synchronization
import Transport

/// The reference server on a thread of its own, as a vendor's server that `--server` names.
final class SystemUnderTest: Sendable {
    private let address: IPAddress
    private let isStopped = Atomic<Bool>(false)
    private let isListening = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(at address: IPAddress, domain: String) {
        self.address = address
        Thread.detachNewThread { [self] in
            serve(domain: domain)
            hasEnded.signal()
        }
        isListening.wait()
    }

    /// Ends the server and returns once its ports are free.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        hasEnded.wait()
    }

    private func serve(domain: String) {
        var server = ReferenceServer(configuration: .init(domain: domain, address: address), seed: 1)
        defer { isListening.signal() }
        guard let loop = try? EventLoop() else { return }
        defer { loop.shutDown() }
        _ = try? loop.add(server.listeningPoints, named: "the system under test")
        isListening.signal()
        // Nothing wakes the loop but events, so that it looks around now and then.
        while !isStopped.load(ordering: .relaxed) {
            _ = try? loop.run(
                until: { isStopped.load(ordering: .relaxed) }, deadline: loop.now + .milliseconds(20), observe: { _ in }
            ) { _, event, time in server.handle(event, at: time) }
        }
    }
}
