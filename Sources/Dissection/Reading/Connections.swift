package import Network

/// The opening of a connection: the source opened it.
package struct ConnectionOpening: Sendable, Hashable {
    package var source: SocketAddress
    package var destination: SocketAddress
    package var time: Instant
    /// How many messages of the trace came before.
    package var after: Int
}

/// The end of a connection, or of one direction of it: the source closed it.
package struct ConnectionEnd: Sendable, Hashable {
    package var source: SocketAddress
    package var destination: SocketAddress
    package var time: Instant
    /// How many messages of the trace came before.
    package var after: Int
}

/// A place in a stream where the witness missed bytes; nothing is known of what follows in that direction.
package struct StreamGap: Sendable, Hashable {
    package var source: SocketAddress
    package var destination: SocketAddress
}
