/// How to reach the next element: whatever the owner needs to send a message, of which a transaction asks one thing.
package protocol SIPHop: Hashable, Sendable {
    /// Whether the transport delivers every message once and in order.
    var isReliable: Bool { get }
}

extension SIPHop {
    var reliability: Reliability { isReliable ? .reliable : .unreliable }
}
