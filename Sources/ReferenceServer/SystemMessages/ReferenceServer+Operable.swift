package import Network

extension ReferenceServer {
    package mutating func handle(_ request: OperatorRequest, at time: Instant) -> [NodeEffect] {
        switch request {
        case .announce(let text, let user): follow(.announce(SystemMessage(text), to: user), at: time)
        case .empty(let store, let user): follow(.empty(store, of: user), at: time)
        }
    }
}
