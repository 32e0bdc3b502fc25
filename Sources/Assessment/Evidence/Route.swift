import Dissection
import Network

/// The way between two sockets, in one direction.
struct Route: Hashable {
    var source: SocketAddress
    var destination: SocketAddress
    var transport: TransportProtocol

    init(_ message: DissectedMessage) {
        source = message.source
        destination = message.destination
        transport = message.transport
    }

    init(_ end: ConnectionEnd) {
        source = end.source
        destination = end.destination
        transport = .tcp
    }

    init(_ opening: ConnectionOpening) {
        source = opening.source
        destination = opening.destination
        transport = .tcp
    }

    var reversed: Route {
        var route = self
        (route.source, route.destination) = (destination, source)
        return route
    }

    /// The same way without its direction.
    var undirected: Route {
        var route = self
        if destination < source { (route.source, route.destination) = (destination, source) }
        return route
    }
}
