package import Network

/// Something that a node's sockets sent or received, as the node itself can testify.
package struct Observation: Sendable, Equatable {
    package enum Direction: Sendable {
        case sent
        case received
    }

    package enum Content: Sendable, Equatable {
        case datagram([UInt8])
        case opened
        /// Bytes of a stream: sent once the operating system has taken them, received once it has given them.
        case stream([UInt8])
        /// The source has ended its stream, or has refused or reset the connection.
        case closed
    }

    package var node: NodeHandle
    package var time: Instant
    package var direction: Direction
    package var source: SocketAddress
    package var destination: SocketAddress
    package var content: Content

    package init(
        node: NodeHandle, time: Instant, direction: Direction, source: SocketAddress, destination: SocketAddress,
        content: Content
    ) {
        self.node = node
        self.time = time
        self.direction = direction
        self.source = source
        self.destination = destination
        self.content = content
    }
}
