package import Network

/// What the server asks of its driver: to keep something, and of the network and the clock.
///
/// A message that a peer is told to be stored must be: records stand before all effects that depend on them.
package enum ServerEffect: Sendable, Equatable {
    case persist(JournalRecord)
    case node(NodeEffect)

    var nodeEffect: NodeEffect? {
        switch self {
        case .persist: nil
        case .node(let effect): effect
        }
    }
}
