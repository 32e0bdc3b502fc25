package import Network

/// What happens to the server: from the network and the clock, and from whoever operates it.
package enum ServerEvent: Sendable {
    case node(NodeEvent)
    case instruction(OperatorInstruction)
}
