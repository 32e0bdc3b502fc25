import Bytes
import MSRP
import Network
import ReferenceServer
import SIPSyntax

/// A server with nothing around it: tests play the clients, the network and the clock.
struct Stand {
    var server: ReferenceServer
    private(set) var now = Instant(nanoseconds: 1_000_000_000_000)

    /// The datagrams that nobody has read yet.
    private var datagrams: [(to: SocketAddress, bytes: [UInt8])] = []
    private var timers: [(id: TimerID, due: Instant)] = []

    /// The connections that the server has asked for, and what it wrote on any.
    private(set) var connects: [(id: ConnectionID, to: SocketAddress)] = []
    private var written: [ConnectionID: [UInt8]] = [:]
    private(set) var closed: [ConnectionID] = []
    private var acceptedCount = 0

    /// What the server has had kept, and everything that the latest event has led to.
    private(set) var journal: [JournalRecord] = []
    private(set) var latest: [ServerEffect] = []

    static let address = IPAddress(127, 0, 0, 1)
    static let sip = SocketAddress(address, port: 5060)
    static let msrp = SocketAddress(address, port: 2855)
    static let xcap = SocketAddress(address, port: 8080)

    static var configuration: ReferenceServer.Configuration {
        ReferenceServer.Configuration(domain: "home.example", address: address)
    }

    init(_ configuration: ReferenceServer.Configuration = Self.configuration, defects: Set<ServerDefect> = []) {
        server = ReferenceServer(configuration: configuration, seed: 7, defects: defects)
        give(.start)
    }

    /// How many timers are running.
    var timerCount: Int { timers.count }

    mutating func give(_ event: NodeEvent) { carryOut(server.respond(to: .node(event), at: now)) }

    /// Has the operator tell the server something.
    mutating func instruct(_ instruction: OperatorInstruction) {
        carryOut(server.respond(to: .instruction(instruction), at: now))
    }

    private mutating func carryOut(_ effects: [ServerEffect]) {
        latest = effects
        for effect in effects {
            switch effect {
            case .persist(let record): journal.append(record)
            case .node(let effect): carryOut(effect)
            }
        }
    }

    private mutating func carryOut(_ effect: NodeEffect) {
        switch effect {
        case .datagram(let bytes, _, let to): datagrams.append((to, bytes))
        case .connect(let id, _, let to), .connectSecurely(let id, _, let to, _): connects.append((id, to))
        case .write(let id, let bytes): written[id, default: []] += bytes
        case .close(let id): closed.append(id)
        case .arm(let id, let delay):
            timers.removeAll { $0.id == id }
            timers.append((id, now + delay))
        case .cancel(let id): timers.removeAll { $0.id == id }
        }
    }

    /// Lets time pass, with everything that falls due in it.
    mutating func pass(_ duration: Duration) {
        let end = now + duration
        while let next = timers.min(by: { $0.due < $1.due }), next.due <= end {
            timers.removeAll { $0.id == next.id }
            now = max(now, next.due)
            give(.timer(next.id))
        }
        now = end
    }

    /// Sends a datagram from a client.
    mutating func send(_ message: SIPMessage, from client: Client) {
        give(.datagram(message.serialized(), from: client.sip, to: Self.sip))
    }

    mutating func send(_ text: String, from client: Client) {
        give(.datagram(Array(text.utf8), from: client.sip, to: Self.sip))
    }

    /// The SIP messages that have come to a client since the last look.
    mutating func received(by client: Client) -> [SIPMessage] { received(at: client.sip) }

    mutating func received(at address: SocketAddress) -> [SIPMessage] {
        let own = datagrams.filter { $0.to == address }
        datagrams.removeAll { $0.to == address }
        return own.compactMap { try? SIPMessage(parsing: $0.bytes) }
    }

    /// Opens a connection to the server.
    mutating func connect(_ client: Client, to address: SocketAddress = Self.msrp) -> ConnectionID {
        let id = ConnectionID(1 + 2 * acceptedCount)
        acceptedCount += 1
        give(.accepted(id, local: address, remote: SocketAddress(client.address, port: UInt16(40_000 + acceptedCount))))
        return id
    }

    /// Accepts the connection that the server has last asked for.
    mutating func acceptConnection() -> ConnectionID? {
        guard let (id, remote) = connects.last else { return nil }
        give(.connected(id, local: SocketAddress(Self.address, port: 50_000), remote: remote))
        return id
    }

    mutating func send(_ message: MSRPMessage, on id: ConnectionID) {
        give(.received(id, message.serialized()))
    }

    /// The MSRP messages that the server has written on a connection since the last look.
    mutating func messages(on id: ConnectionID) -> [MSRPMessage] {
        var framer = MSRPStreamFramer()
        framer.append(written.removeValue(forKey: id) ?? [])
        var messages: [MSRPMessage] = []
        while let whole = try? framer.next(), let message = try? MSRPMessage(parsing: whole) {
            messages.append(message)
        }
        return messages
    }

    mutating func bytes(on id: ConnectionID) -> [UInt8] { written.removeValue(forKey: id) ?? [] }
}
