import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import Network
import SIPSyntax
import Testing

extension World: CustomTestStringConvertible {
    var testDescription: String { "world" }
}

/// Clients and a minimal proxy in memory, in virtual time: every hop takes a millisecond.
struct World {
    enum Item {
        case arrival(NodeEvent)
        case timer(TimerID, armed: Int)
    }

    struct Pending {
        var time: Int64
        var order: Int
        var address: IPAddress
        var item: Item
    }

    struct Link {
        var ends: [(address: IPAddress, connection: ConnectionID, socket: SocketAddress)]
    }

    static let alice = IPAddress(127, 0, 0, 11)
    static let bob = IPAddress(127, 0, 0, 12)
    static let core = IPAddress(127, 0, 0, 1)
    static let conference = IPAddress(127, 0, 0, 2)

    var now: Int64 = 0
    var clients: [IPAddress: IMClient] = [:]
    var proxy = ScriptedProxy(address: SocketAddress(Self.core, port: 5060))
    var focus = ScriptedFocus(address: SocketAddress(Self.conference, port: 5060))
    var xdms = ScriptedXDMS()
    var reports: [IPAddress: [ClientReport]] = [:]
    /// Every SIP message on the wire, in the order it was sent.
    var sip: [(from: IPAddress, to: IPAddress, bytes: [UInt8])] = []
    /// The ports to which they went.
    var sipPorts: [UInt16] = []
    /// What each client has written by MSRP.
    var msrp: [(from: IPAddress, bytes: [UInt8])] = []
    /// Which datagrams get lost.
    var isLost: (SIPMessage, _ from: IPAddress) -> Bool = { _, _ in false }
    /// Whether connections to a port are refused.
    var refusesMSRP = false

    private var queue: [Pending] = []
    private var order = 0
    private var armed: [String: Int] = [:]
    private var links: [Link] = []
    private var accepted = 1
    private var ports: UInt16 = 40_000

    init(
        alice: Set<ClientDefect> = [], bob: Set<ClientDefect> = [],
        adjusting: (inout IMClient.Profile) -> Void = { _ in }
    ) {
        add("alice", at: Self.alice, seed: 1, alice, adjusting)
        add("bob", at: Self.bob, seed: 2, bob, adjusting)
    }

    private mutating func add(
        _ name: String, at address: IPAddress, seed: UInt64, _ defects: Set<ClientDefect>,
        _ adjusting: (inout IMClient.Profile) -> Void
    ) {
        var profile = IMClient.Profile(
            party: PartyName(name == "alice" ? "A" : "B"), imAddress: "sip:\(name)@example.com", displayName: name,
            address: address, server: SocketAddress(Self.core, port: 5060), registrarURI: "sip:example.com")
        adjusting(&profile)
        clients[address] = IMClient(profile: profile, seed: seed, defects: defects)
    }

    // MARK: What tests do

    /// Lets a client act, then everything that follows within the time.
    mutating func perform(
        _ address: IPAddress, _ action: ClientAction, mutations: [Mutation] = [], for duration: Duration = .seconds(1)
    ) {
        let instant = instant
        let effects = clients[address]?.perform(action, mutations: mutations, at: instant) ?? []
        carryOut(effects, of: address)
        run(for: duration)
    }

    /// Lets a datagram reach a client as from the core.
    mutating func inject(_ text: String, to address: IPAddress, for duration: Duration = .seconds(1)) {
        let event = NodeEvent.datagram(
            Array(text.replacing("\n", with: "\r\n").utf8), from: SocketAddress(Self.core, port: 5060),
            to: SocketAddress(address, port: 5060))
        schedule(.arrival(event), at: address, after: 0)
        run(for: duration)
    }

    /// Lets a datagram reach a client at once.
    mutating func receive(_ bytes: [UInt8], from source: SocketAddress, at address: IPAddress) {
        dispatch(.datagram(bytes, from: source, to: SocketAddress(address, port: 5060)), to: address)
    }

    /// Lets a client hear an event of the network.
    mutating func hear(_ event: NodeEvent, at address: IPAddress) {
        schedule(.arrival(event), at: address, after: 0)
        run(for: .seconds(1))
    }

    mutating func run(for duration: Duration) {
        let end = now + duration.nanoseconds
        while let index = queue.indices.min(by: {
            (queue[$0].time, queue[$0].order) < (queue[$1].time, queue[$1].order)
        }),
            queue[index].time <= end
        {
            let next = queue.remove(at: index)
            now = next.time
            deliver(next)
        }
        now = end
    }

    /// Both clients log in.
    mutating func logIn() {
        perform(Self.alice, .logIn(.open))
        perform(Self.bob, .logIn(.open))
    }

    /// Alice invites Bob and Bob accepts.
    mutating func establish() {
        logIn()
        perform(Self.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        perform(Self.bob, .accept(session: "invitation-1"))
    }

    /// The focus notifies all its subscribers.
    mutating func notify(_ state: String = "active;expires=3600") {
        carryOut(focus.notifyAll(state))
        run(for: .seconds(1))
    }

    /// Both clients log in where a focus serves the factory, a group and the history function.
    mutating func logInWithFocus() {
        for uri in [ScriptedFocus.factory, ScriptedFocus.group, ScriptedFocus.history] {
            proxy.bindings[uri] = focus.address
        }
        logIn()
    }

    /// Alice is in an ad-hoc conference with Bob, as the focus has it, and knows what it calls her.
    mutating func confer(as session: String = "conf") {
        logInWithFocus()
        focus.documents = [.of(["alice", "bob"], own: "alice")]
        perform(Self.alice, .invite(.users(["sip:bob@example.com"]), session: session))
    }

    // MARK: What tests look at

    /// The SIP messages that a client has sent, parsed.
    func sent(_ address: IPAddress) -> [SIPMessage] {
        sip.filter { $0.from == address }.compactMap { try? SIPMessage(parsing: $0.bytes) }
    }

    /// The requests that a client has sent with this method.
    func requests(_ method: SIPMethod, from address: IPAddress) -> [SIPMessage] {
        sent(address).filter { $0.method == method }
    }

    /// The responses that a client has sent to this method.
    func responses(to method: SIPMethod, from address: IPAddress) -> [SIPMessage] {
        sent(address).filter { !$0.isRequest && (try? $0.cSeq())?.method == method }
    }

    /// The MSRP messages that a client has written, parsed.
    func msrp(_ address: IPAddress) -> [MSRPMessage] {
        var framer = MSRPStreamFramer()
        for write in msrp where write.from == address { framer.append(write.bytes) }
        var messages: [MSRPMessage] = []
        while let bytes = try? framer.next(), let message = try? MSRPMessage(parsing: bytes) {
            messages.append(message)
        }
        return messages
    }

    /// The SENDs of a client that carry something.
    func texts(_ address: IPAddress) -> [MSRPMessage] {
        msrp(address).filter { $0.method == "SEND" && $0.body != nil }
    }

    func heard(_ report: ClientReport, by address: IPAddress) -> Bool { reports[address]?.contains(report) == true }

    /// Whether a content has come whole, under its name and in the session.
    func hasContent(_ content: MediaContent, at address: IPAddress, in session: String?) -> Bool {
        heard(.contentReceived(name: content.name, bytes: content.bytes, session: session), by: address)
    }

    private var instant: Instant { Instant(nanoseconds: now) }

    // MARK: The network

    private mutating func schedule(_ item: Item, at address: IPAddress, after delay: Int64) {
        order += 1
        queue.append(Pending(time: now + delay, order: order, address: address, item: item))
    }

    private mutating func deliver(_ pending: Pending) {
        switch pending.item {
        case .timer(let name, let number):
            guard armed["\(pending.address) \(name.name)"] == number else { return }
            armed["\(pending.address) \(name.name)"] = nil
            dispatch(.timer(name), to: pending.address)
        case .arrival(let event):
            dispatch(event, to: pending.address)
        }
    }

    private mutating func dispatch(_ event: NodeEvent, to address: IPAddress) {
        if address == Self.core {
            return dispatchToCore(event)
        }
        if address == Self.conference { return carryOut(ofFocus: event) }
        let instant = instant
        carryOut(clients[address]?.handle(event, at: instant) ?? [], of: address)
    }

    private mutating func carryOut(ofFocus event: NodeEvent) {
        switch event {
        case .datagram(let bytes, from: let source, to: _): carryOut(focus.handle(bytes, from: source))
        case .received(let id, let bytes): carryOut(focus.received(bytes, on: id))
        case .closed(let id, _): focus.closed(id)
        default: break
        }
    }

    private mutating func carryOut(_ effects: [ScriptedFocus.Effect]) {
        for effect in effects {
            switch effect {
            case .datagram(let bytes, to: let destination):
                transmit(bytes, from: focus.address, to: destination)
            case .write(let bytes, on: let id): write(bytes, on: id, of: Self.conference)
            }
        }
    }

    private mutating func dispatchToCore(_ event: NodeEvent) {
        switch event {
        case .datagram(let bytes, from: let source, to: _):
            for (bytes, destination) in proxy.handle(bytes, from: source) {
                transmit(bytes, from: proxy.address, to: destination)
            }
        case .accepted(let id, _, _): xdms.accepted(id)
        case .received(let id, let bytes):
            let (responses, closes) = xdms.received(bytes, on: id)
            for response in responses { write(response, on: id, of: Self.core) }
            if closes { close(id, of: Self.core) }
        case .start, .connected, .certified, .refused, .closed, .undeliverable, .timer: break
        }
    }

    private mutating func carryOut(_ effects: [ClientEffect], of address: IPAddress) {
        for effect in effects {
            switch effect {
            case .report(let report): reports[address, default: []].append(report)
            case .network(.datagram(let bytes, from: let source, to: let destination)):
                transmit(bytes, from: source, to: destination)
            case .network(.arm(let name, after: let delay)):
                order += 1
                armed["\(address) \(name.name)"] = order
                schedule(.timer(name, armed: order), at: address, after: delay.nanoseconds)
            case .network(.cancel(let name)): armed["\(address) \(name.name)"] = nil
            case .network(.connect(let id, from: _, to: let remote)),
                .network(.connectSecurely(let id, from: _, to: let remote, expecting: _)):
                connect(id, from: address, to: remote)
            case .network(.write(let id, let bytes)): write(bytes, on: id, of: address)
            case .network(.close(let id)): close(id, of: address)
            }
        }
    }

    private mutating func transmit(_ bytes: [UInt8], from source: SocketAddress, to destination: SocketAddress) {
        sip.append((source.address, destination.address, bytes))
        sipPorts.append(destination.port)
        if let message = try? SIPMessage(parsing: bytes), isLost(message, source.address) { return }
        schedule(.arrival(.datagram(bytes, from: source, to: destination)), at: destination.address, after: 1_000_000)
    }

    private mutating func connect(_ id: ConnectionID, from address: IPAddress, to remote: SocketAddress) {
        let isReached = clients[remote.address] != nil || remote.address == Self.conference
        guard !refusesMSRP, isReached || remote == ScriptedXDMS.address else {
            schedule(.arrival(.closed(id, reason: "connection refused")), at: address, after: 1_000_000)
            return
        }
        ports += 1
        let local = SocketAddress(address, port: ports)
        let peer = ConnectionID(accepted)
        accepted += 2
        links.append(Link(ends: [(address, id, local), (remote.address, peer, remote)]))
        schedule(.arrival(.accepted(peer, local: remote, remote: local)), at: remote.address, after: 1_000_000)
        schedule(.arrival(.connected(id, local: local, remote: remote)), at: address, after: 2_000_000)
    }

    private func peer(of id: ConnectionID, at address: IPAddress) -> (address: IPAddress, connection: ConnectionID)? {
        for link in links {
            guard let index = link.ends.firstIndex(where: { $0.address == address && $0.connection == id }) else {
                continue
            }
            return (link.ends[1 - index].address, link.ends[1 - index].connection)
        }
        return nil
    }

    private mutating func write(_ bytes: [UInt8], on id: ConnectionID, of address: IPAddress) {
        let peer = peer(of: id, at: address)
        if address != Self.core, peer?.address != Self.core { msrp.append((address, bytes)) }
        guard let peer else { return }
        schedule(.arrival(.received(peer.connection, bytes)), at: peer.address, after: 1_000_000)
    }

    private mutating func close(_ id: ConnectionID, of address: IPAddress) {
        guard let peer = peer(of: id, at: address) else { return }
        schedule(.arrival(.closed(peer.connection, reason: nil)), at: peer.address, after: 1_000_000)
    }
}

extension ConferenceInfo {
    /// A conference of these users, all of them connected unless they are gone.
    static func of(
        _ users: [String], own: String? = nil, gone: Set<String> = [], state: State = .full, version: UInt32 = 1,
        entity: String = ScriptedFocus.identity
    ) -> ConferenceInfo {
        ConferenceInfo(
            entity: entity, state: state, version: version,
            users: users.map { name in
                User(
                    entity: name.hasPrefix("sip:") ? name : "sip:\(name)@example.com", isOwn: name == own,
                    status: gone.contains(name) ? .disconnected : .connected)
            })
    }
}
