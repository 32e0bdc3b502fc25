package import Network

/// What a client asks of the network, and what it tells the stage.
package enum ClientEffect: Sendable, Equatable {
    case network(NodeEffect)
    case report(ClientReport)
}
