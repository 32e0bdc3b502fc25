package import Network

/// Whoever all requests of the clients go to outside dialogs, and which they name as their first Route.
///
/// RFC 3261 §8.1.2
package struct OutboundProxy: Sendable, Equatable {
    package var address: SocketAddress
    package var uri: String

    package init(address: SocketAddress, uri: String) {
        self.address = address
        self.uri = uri
    }
}
