import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax

/// Alice and, in the hands of the test, the function that keeps messages for her; no time passes.
struct StoreStand {
    static let function = "msrp://127.0.0.1:2860/store;tcp"
    private static let core = SocketAddress(World.core, port: 5060)

    var client: IMClient
    /// The SIP messages that Alice has sent.
    private(set) var sip: [SIPMessage] = []
    /// The MSRP messages that Alice has written.
    private(set) var msrp: [MSRPMessage] = []
    private(set) var reports: [ClientReport] = []
    private(set) var connections: [(id: ConnectionID, remote: SocketAddress)] = []
    private(set) var closed: [ConnectionID] = []
    private var timers: [(TimerID, Duration)] = []
    private var sends = 0

    init(defects: Set<ClientDefect> = [], list: [String] = [], of store: MessageStore = .deferred) {
        var profile = IMClient.Profile(
            party: PartyName("A"), imAddress: "sip:alice@example.com", displayName: "Alice", address: World.alice,
            server: Self.core, registrarURI: "sip:example.com")
        profile.services = World.services
        client = IMClient(profile: profile, seed: 7, defects: defects)
        if !list.isEmpty { read(list, of: store) }
    }

    // MARK: What Alice does and hears

    mutating func perform(_ action: ClientAction) { carryOut(client.perform(action, at: now)) }

    mutating func hear(_ event: NodeEvent) { carryOut(client.handle(event, at: now)) }

    mutating func receive(_ message: SIPMessage) {
        hear(.datagram(message.serialized(), from: Self.core, to: SocketAddress(World.alice, port: 5060)))
    }

    /// Lets every timer fire that was armed for this long.
    mutating func fire(_ duration: Duration) {
        let due = timers.filter { $0.1 == duration }
        timers.removeAll { $0.1 == duration }
        for (timer, _) in due { hear(.timer(timer)) }
    }

    /// Alice reads a list of these items, the first of which is the oldest.
    private mutating func read(_ list: [String], of store: MessageStore) {
        var xdms = ScriptedXDMS()
        xdms.store(list, at: "list")
        perform(.list(store))
        let id = connections[0].id
        hear(.connected(id, local: SocketAddress(World.alice, port: 40_000), remote: ScriptedXDMS.address))
        let body = xdms.documents["list"] ?? []
        hear(.received(id, Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body))
    }

    // MARK: What the function does

    /// Answers the last INVITE of Alice.
    mutating func answer(_ status: Int, description: String? = answer(), fields: [SIPField] = []) {
        guard let invite = sip.last(where: { $0.method == .invite }) else { return }
        var response = SIPMessage(status: status, to: invite, toTag: "store")
        response.fields += fields
        if status == 200, let description {
            response.add(.contact, "<sip:Deferred@127.0.0.1:5060>;automata")
            response.add(.contentType, "application/sdp")
            response.body = Array(description.utf8)
        }
        receive(response)
    }

    static func answer(port: Int = 2860) -> String {
        """
        v=0\r
        o=- 1 1 IN IP4 127.0.0.1\r
        s=-\r
        c=IN IP4 127.0.0.1\r
        t=0 0\r
        m=message \(port) TCP/MSRP *\r
        a=sendonly\r
        a=accept-types:message/cpim multipart/mixed message/sip message/sipfrag message/msrp\r
        a=path:\(function)\r\n
        """
    }

    /// Takes up the connection that Alice has opened last.
    mutating func connect() {
        guard let last = connections.last else { return }
        hear(.connected(last.id, local: SocketAddress(World.alice, port: 40_001), remote: last.remote))
    }

    /// Invites Alice to a session that delivers what came while she was away.
    mutating func push(
        contact: String = "<sip:Deferred@127.0.0.1:5060>;+g.oma.sip-im;automata", description: String = answer()
    ) {
        var invite = request(.invite, number: 1)
        invite.add(.contact, contact)
        invite.add(.acceptContact, "*;+g.oma.sip-im")
        invite.add(.contentType, "application/sdp")
        invite.body = Array(description.utf8)
        receive(invite)
        hear(
            .accepted(
                ConnectionID(1), local: SocketAddress(World.alice, port: 2855),
                remote: SocketAddress(World.core, port: 33_000)))
    }

    /// A request of the function within the session, or the one that begins it.
    func request(_ method: SIPMethod, number: Int) -> SIPMessage {
        var request = SIPMessage(method, uri: "sip:alice@\(World.alice):5060")
        request.add(.via, "SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK\(method)\(number)")
        request.add(.maxForwards, "70")
        if let invite = sip.last(where: { $0.method == .invite }) {
            request.add(.from, "<sip:Deferred@example.com>;tag=store")
            request.add(.to, invite.first(.from) ?? "")
            request.add(.callID, invite.callID ?? "")
        } else {
            let answer = sip.last { $0.status == 200 && $0.callID == "push" }
            request.add(.from, "<sip:Deferred@example.com>;tag=store")
            request.add(.to, answer?.first(.to) ?? "<sip:alice@example.com>")
            request.add(.callID, "push")
        }
        request.add(.cSeq, "\(number) \(method.name)")
        return request
    }

    /// Sends a message on the connection of the session.
    mutating func send(_ body: [UInt8], as contentType: String, on id: ConnectionID? = nil) {
        guard let path = ownPath else { return }
        sends += 1
        let message = MSRPMessage(
            transactionID: "send\(sends)", .request(method: "SEND"), toPath: [path], fromPath: [Self.function],
            fields: [
                MSRPField(.messageID, "message-\(sends)"),
                MSRPField(.byteRange, "1-\(body.count)/\(body.count)"), MSRPField(.contentType, contentType),
            ], body: body)
        hear(.received(id ?? connections.last?.id ?? ConnectionID(1), message.serialized()))
    }

    /// The path that Alice has offered or answered with.
    private var ownPath: String? {
        sip.last { $0.body.text.contains("a=path:msrp://\(World.alice)") }.flatMap { message in
            message.body.text.split(separator: "\r\n").first { $0.hasPrefix("a=path:") }.map { String($0.dropFirst(7)) }
        }
    }

    private var now: Instant { Instant(nanoseconds: 0) }

    private mutating func carryOut(_ effects: [ClientEffect]) {
        for effect in effects {
            switch effect {
            case .report(let report): reports.append(report)
            case .network(.datagram(let bytes, from: _, to: _)):
                if let message = try? SIPMessage(parsing: bytes) { sip.append(message) }
            case .network(.connect(let id, from: _, to: let remote)),
                .network(.connectSecurely(let id, from: _, to: let remote, expecting: _)):
                connections.append((id, remote))
            case .network(.write(_, let bytes)):
                if let message = try? MSRPMessage(parsing: bytes) { msrp.append(message) }
            case .network(.close(let id)): closed.append(id)
            case .network(.arm(let timer, after: let delay)):
                timers.removeAll { $0.0 == timer }
                timers.append((timer, delay))
            case .network(.cancel(let timer)): timers.removeAll { $0.0 == timer }
            }
        }
    }
}
