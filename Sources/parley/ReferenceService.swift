import Network
import ReferenceServer
import Storage
import Transport

/// The reference server at real sockets, with what it keeps in a file.
final class ReferenceService {
    /// How long peers have to answer that a session is over.
    private static let farewell = Duration.seconds(2)
    /// No signal wakes the loop, so that it looks around this often.
    private static let glance = Duration.milliseconds(100)

    private var server: ReferenceServer
    private var statusPage: StatusPage?
    private let store: JournalStore?
    private let loop: EventLoop
    private let serverHandle: NodeHandle
    private var statusHandle: NodeHandle?
    /// What is to be kept before anything more leaves, and what waits for that.
    private var records: [JournalRecord] = []
    private var held: [NodeEffect] = []

    init(
        _ configuration: ReferenceServer.Configuration, seed: UInt64, store path: String?, statusPort: UInt16?,
        security: TLSContext? = nil
    ) throws {
        DescriptorLimit.raise()
        server = ReferenceServer(configuration: configuration, seed: seed)
        store = try path.map { path throws(StorageError) in try JournalStore(at: path) }
        if let store { server.restore(try store.records()) }
        loop = try EventLoop()
        serverHandle = try loop.add(server.listeningPoints, named: "the reference server", security: security)
        if let statusPort {
            let page = StatusPage(at: Self.statusAddress(port: statusPort))
            statusHandle = try loop.add(page.listeningPoints, named: "the status page")
            statusPage = page
        }
    }

    deinit { loop.shutDown() }

    /// Where the status page is, wherever the server is: it is for whoever works at this machine.
    static func statusAddress(port: UInt16) -> SocketAddress { SocketAddress(IPAddress(127, 0, 0, 1), port: port) }

    /// Serves until it is told to stop, and then takes leave of whoever is in a session.
    func run(until shouldStop: () -> Bool) throws {
        while !shouldStop() { try serve(until: shouldStop, deadline: loop.now + Self.glance) }
        loop.perform(take(.instruction(.stop), at: loop.now), of: serverHandle)
        let end = loop.now + Self.farewell
        while loop.now < end, !server.isIdle || !records.isEmpty {
            try serve(until: { self.server.isIdle }, deadline: end)
        }
    }

    /// Serves until something is to be kept, keeps it together with all else that has arrived by then, and answers.
    private func serve(until shouldStop: () -> Bool, deadline: Instant) throws {
        if records.isEmpty {
            try handleEvents(until: { shouldStop() || !self.records.isEmpty }, deadline: deadline)
        }
        guard !records.isEmpty else { return }
        try handleEvents(until: { false }, deadline: loop.now)
        try store?.write(records)
        loop.perform(held, of: serverHandle)
        (records, held) = ([], [])
    }

    private func handleEvents(until condition: () -> Bool, deadline: Instant) throws(TransportError) {
        _ = try loop.run(until: condition, deadline: deadline, observe: { _ in }) { node, event, time in
            guard node == self.statusHandle else { return self.take(.node(event), at: time) }
            return self.statusPage?.handle(event) { self.server.status(at: time) } ?? []
        }
    }

    /// What can be carried out at once: nothing that comes after something that is not kept yet.
    private func take(_ event: ServerEvent, at time: Instant) -> [NodeEffect] {
        var effects: [NodeEffect] = []
        for effect in server.respond(to: event, at: time) {
            switch effect {
            case .persist(let record):
                if store != nil { records.append(record) }
            case .node(let effect) where records.isEmpty:
                effects.append(effect)
            case .node(let effect):
                held.append(effect)
            }
        }
        return effects
    }
}
