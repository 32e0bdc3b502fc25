/// Whether a transport delivers every message once and in order, so that nothing need be retransmitted over it.
package enum Reliability: Hashable, Sendable, CaseIterable {
    /// TCP, TLS and the like.
    case reliable
    /// UDP.
    case unreliable
}
