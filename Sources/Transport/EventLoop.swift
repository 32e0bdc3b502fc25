package import Network

/// Drives nodes with real sockets in real time, from one thread.
///
/// The owner keeps its nodes. The loop knows only their listening points, brings their events in the order in which
/// they happened, and carries out their effects. It never calls the owner from inside a callback of libuv.
package final class EventLoop {
    package enum End: Sendable {
        case conditionHolds
        case deadlinePassed
    }

    private let loop: LibUVLoop
    private var nodes: [NodeSockets] = []
    private var doorbells: [Doorbell] = []
    private var isShutDown = false

    package init() throws(TransportError) {
        loop = try LibUVLoop()
    }

    deinit { shutDown() }

    /// The time of the run, in nanoseconds since the Unix epoch, which never goes back.
    package var now: Instant { loop.clock.now }

    /// Opens the listening points of a node, which will hear `start` first of all; a port of 0 leaves the choice open.
    ///
    /// - Parameters:
    ///   - points: Where the node listens.
    ///   - name: What it is called, for people.
    ///   - security: What its secured connections need; nil for a node without any.
    /// - Returns: By what the loop knows the node.
    /// - Throws: The reason in our environment for which a point cannot be opened.
    package func add(
        _ points: [ListeningPoint], named name: String, security: TLSContext? = nil
    ) throws(TransportError) -> NodeHandle {
        let sockets = NodeSockets(handle: NodeHandle(nodes.count), name: name, loop: loop, security: security)
        do {
            for point in points { try sockets.open(point) }
        } catch {
            sockets.close()
            throw error
        }
        nodes.append(sockets)
        loop.report(.start, to: sockets.handle)
        return sockets.handle
    }

    /// Closes all that a node has open; it hears nothing any more.
    package func remove(_ node: NodeHandle) {
        nodes[node.number].close()
        loop.forget(node)
    }

    /// A bell by which other threads make `run` ask its condition, for as long as the loop is not shut down.
    package func addDoorbell() throws(TransportError) -> Doorbell {
        let doorbell = try Doorbell(of: loop)
        doorbells.append(doorbell)
        return doorbell
    }

    /// The points on which the node listens, with their actual ports, in the order in which they were given.
    package func listeningPoints(of node: NodeHandle) -> [ListeningPoint] { nodes[node.number].points }

    /// Tells of what happens until the condition holds, which is asked after every event.
    ///
    /// - Parameters:
    ///   - condition: What is waited for.
    ///   - deadline: When to return although the condition does not hold.
    ///   - observe: Hears what the sockets send and receive, before the node does.
    ///   - handle: Gives the event to the node and returns the effects, which are carried out at once.
    /// - Returns: Why the loop has stopped; what has not been told yet is told by the next call.
    /// - Throws: The reason in our environment for which sockets no longer do their work.
    package func run(
        until condition: () -> Bool, deadline: Instant, observe: (Observation) -> Void,
        handle: (NodeHandle, NodeEvent, Instant) -> [NodeEffect]
    ) throws(TransportError) -> End {
        var turn = now
        while true {
            takeObservations().forEach(observe)
            if let failure = loop.failure { throw failure }
            if condition() { return .conditionHolds }
            if let arrival = loop.nextReport() {
                guard admit(arrival.event, of: nodes[arrival.node.number]) else { continue }
                perform(handle(arrival.node, arrival.event, arrival.time), of: arrival.node)
            } else if let timer = loop.timers.popDue(at: turn) {
                switch timer {
                case .node(let node, let timer): perform(handle(node, .timer(timer), now), of: node)
                case .linger(let node, let connection): nodes[node.number].connections[connection]?.close()
                case .handshake(let node, let connection): nodes[node.number].connections[connection]?.giveUpHandshake()
                }
            } else if turn >= deadline {
                return .deadlinePassed
            } else {
                loop.wait(until: min(deadline, loop.timers.nextDue() ?? deadline))
                turn = now
            }
        }
    }

    /// Carries out effects that no event has caused.
    package func perform(_ effects: [NodeEffect], of node: NodeHandle) {
        for effect in effects { perform(effect, of: nodes[node.number]) }
    }

    /// What has been observed since the last call or run, for the time after the last run.
    package func takeObservations() -> [Observation] {
        defer { loop.observations.removeAll(keepingCapacity: true) }
        return loop.observations
    }

    /// The secrets of the secured connections since the last call, in the format of a key log, one a line.
    package func takeSecrets() -> [String] {
        defer { loop.secrets = [] }
        return loop.secrets
    }

    /// Closes every socket, without waiting for peers.
    package func shutDown() {
        guard !isShutDown else { return }
        isShutDown = true
        nodes.forEach { $0.close() }
        doorbells.forEach { $0.close() }
        loop.close()
    }

    private func perform(_ effect: NodeEffect, of node: NodeSockets) {
        guard !node.isClosed else { return }
        switch effect {
        case .datagram(let bytes, let source, let destination):
            guard let socket = node.datagramSockets[source] else {
                preconditionFailure("\(node.name) sends a datagram from \(source), where it does not listen")
            }
            socket.send(bytes, to: destination)
        case .connect(let id, let address, let destination):
            open(id, of: node, secured: nil).connect(from: address, to: destination)
        case .connectSecurely(let id, let address, let destination, let peer):
            open(id, of: node, secured: node.session(.opens, expecting: peer)).connect(from: address, to: destination)
        case .write(let id, let bytes):
            // The connection may have ended while the node was deciding; the node hears of that.
            node.connections[id]?.send(bytes)
        case .close(let id):
            node.connections[id]?.closeByNode()
        case .arm(let timer, let delay):
            loop.timers.arm(.node(node.handle, timer), at: now + delay)
        case .cancel(let timer):
            loop.timers.cancel(.node(node.handle, timer))
        }
    }

    private func open(_ id: ConnectionID, of node: NodeSockets, secured security: TLSSession?) -> Connection {
        precondition(id.number % 2 == 0, "A node numbers the connections that it opens with even numbers")
        precondition(node.connections[id] == nil, "\(node.name) opens connection \(id.number) twice")
        return Connection(id, of: node, secured: security)
    }

    /// Whether the node is to hear the event; with the end of a connection the connection is finished.
    private func admit(_ event: NodeEvent, of node: NodeSockets) -> Bool {
        guard !node.isClosed else { return false }
        switch event {
        case .connected(let id, _, _), .accepted(let id, _, _), .certified(let id, _), .received(let id, _):
            return node.connections[id]?.isClosedByNode == false
        case .closed(let id, _):
            guard let connection = node.connections[id], !connection.isClosedByNode else { return false }
            connection.closeByNode()
            return true
        // A connection that is refused before the node knows of it is closed at once.
        case .start, .datagram, .refused, .undeliverable, .timer:
            return true
        }
    }
}
