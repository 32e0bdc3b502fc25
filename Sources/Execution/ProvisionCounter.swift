import Synchronization
import Transport

/// Where what has been asked of the operator is handed out, and its end is kept until somebody looks.
final class ProvisionCounter: Sendable {
    /// What has come to its end, and why it was not done, or nil.
    typealias Done = (id: Int, reason: String?)

    private let provider: any Provider
    private let bell: Doorbell
    private let done = Mutex<[Done]>([])

    init(of provider: any Provider, bell: Doorbell) {
        self.provider = provider
        self.bell = bell
    }

    func ask(for request: ProvisionRequest) {
        provider.provide(request) { [self] reason in
            done.withLock { $0.append((request.id, reason)) }
            bell.ring()
        }
    }

    func takeDone() -> [Done] {
        done.withLock { done in
            defer { done = [] }
            return done
        }
    }
}
