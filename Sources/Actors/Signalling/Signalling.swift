import Authentication
import Bytes
import Conformance
import Network
import SIPSyntax
import SIPTransactions

/// The SIP side of a client below its procedures: transport, Via, transactions, and the filters at the wire.
///
/// RFC 3261 §17 and §18
struct Signalling: Sendable {
    enum Effect: Sendable {
        case network(NodeEffect)
        case arm(TransactionTimer, after: Duration)
        case cancel(TransactionTimer)
        case request(SIPMessage, TransactionKey)
        case cancellation(SIPMessage, TransactionKey, of: TransactionKey?)
        case acknowledgement(SIPMessage)
        case response(SIPMessage, TransactionKey)
        case failed(TransactionKey, TransactionFailure)
        case terminated(TransactionKey)
        case trouble(String)

        /// Whether a request of ours could not be delivered.
        var isFailure: Bool {
            guard case .failed(let key, .transport) = self else { return false }
            return key.side == .client
        }
    }

    private let profile: IMClient.Profile
    private let branchPrefix: String
    private var generator: SeededGenerator
    private var layer: TransactionLayer<Hop>
    private var connections: SIPConnections
    /// Nil for a client without a password.
    private var authentication: ClientAuthentication?
    private var retries = Retries()
    /// What alters messages on their way out.
    var outgoing: OutgoingSIP

    init(_ profile: IMClient.Profile, defects: Set<ClientDefect>, generator: SeededGenerator) {
        self.profile = profile
        self.generator = generator
        branchPrefix = defects.contains(.viaBranchWithoutCookie) ? "" : "z9hG4bK"
        layer = TransactionLayer(timing: profile.timing, capacity: 1000)
        connections = SIPConnections(profile)
        outgoing = OutgoingSIP(defects: defects)
        if let account = profile.account {
            authentication = ClientAuthentication(account, generator: &self.generator)
        }
    }

    func owns(_ id: ConnectionID) -> Bool { connections.owns(id) }

    /// The SIM card, as it has been left here; nil for a password.
    var module: SubscriberModule? { authentication?.module }

    mutating func catchUp(with module: SubscriberModule) { authentication?.catchUp(with: module) }

    // MARK: What procedures ask for

    mutating func send(_ request: SIPMessage) -> (TransactionKey, [Effect]) {
        guard authentication != nil else {
            let (key, effects) = transmit(request)
            return (key, translate(effects))
        }
        var request = retries.raised(request)
        authentication?.authorize(&request)
        let (key, effects) = transmit(request)
        retries.note(request, key)
        return (key, translate(effects))
    }

    /// Sends the ACK to a 2xx, which belongs to no transaction.
    mutating func acknowledge(_ ack: SIPMessage) -> [Effect] {
        let ack = retries.matched(ack)
        let hop = profile.hop(for: ack)
        return transmit(stamped(ack, hop), over: hop)
    }

    /// Cancels the INVITE of this transaction.
    ///
    /// - Returns: nil when it has ended.
    mutating func cancel(_ key: TransactionKey) -> [Effect]? {
        let key = retries.current(key)
        guard let invite = layer.request(of: key), let hop = layer.hop(of: key) else { return nil }
        return translate(layer.send(SIPMessage(cancelling: invite), over: hop).1)
    }

    mutating func respond(_ key: TransactionKey, with response: SIPMessage) -> [Effect] {
        translate(layer.respond(key, with: response))
    }

    /// Gives up a transaction whose outcome no longer matters.
    mutating func abandon(_ key: TransactionKey) -> [Effect] { translate(layer.abandon(retries.current(key))) }

    mutating func timer(_ timer: TransactionTimer) -> [Effect] { translate(layer.timer(timer)) }

    /// How many bytes the request takes on the wire, Via included.
    func size(of request: SIPMessage) -> Int {
        var copy = self
        return copy.stamped(request, profile.hop(for: request)).serialized().count
    }

    // MARK: What the network says

    mutating func datagram(_ bytes: [UInt8], from source: SocketAddress) -> [Effect] {
        // RFC 3261 §7.5 and RFC 5626 §4.4.1: blank lines, such as a keep-alive, are nothing.
        guard !bytes.allSatisfy({ $0 == .carriageReturn || $0 == .lineFeed }) else { return [] }
        return receive(bytes, from: Hop(.udp, source))
    }

    mutating func undeliverable(to remote: SocketAddress) -> [Effect] {
        translate(layer.transportFailed(over: Hop(.udp, remote)))
    }

    mutating func accepted(_ id: ConnectionID, remote: SocketAddress) -> [Effect] {
        connections.accepted(id, remote: remote).map { .network($0) }
    }

    mutating func connected(_ id: ConnectionID) -> [Effect] { connections.connected(id).map { .network($0) } }

    mutating func received(_ bytes: [UInt8], on id: ConnectionID) -> [Effect] {
        guard let hop = connections.hop(of: id) else { return [] }
        let (messages, error) = connections.received(bytes, on: id)
        let effects = messages.flatMap { receive($0, from: hop) }
        guard let error else { return effects }
        let trouble = "The SIP stream from \(hop.remote) breaks \(error.rule.rawValue) at byte \(error.offset)"
        return effects + [.trouble(trouble), .network(.close(id))] + closed(id)
    }

    mutating func closed(_ id: ConnectionID) -> [Effect] {
        guard let remote = connections.forget(id) else { return [] }
        return translate(layer.transportFailed(over: Hop(connections.transport, remote)))
            + translate(layer.transportFailed(over: Hop(connections.transport, remote, connection: id)))
    }

    // MARK: Between the two

    private mutating func receive(_ bytes: [UInt8], from hop: Hop) -> [Effect] {
        let message: SIPMessage
        do throws(SIPSyntaxError) {
            message = try SIPMessage(parsing: bytes)
        } catch {
            return [.trouble("A message from \(hop.remote) breaks \(error.rule.rawValue) at byte \(error.offset)")]
        }
        guard message.isRequest else { return translate(layer.receive(message, from: hop)) }
        guard let request = message.arrived(from: hop.remote) else {
            return [.trouble("A request from \(hop.remote) has no Via to answer it by")]
        }
        let back = request.returnHop(hop)
        if let flaw = request.missingEssential {
            guard request.method != .ack else { return [] }
            let refusal = SIPMessage(status: 400, reason: "Bad \(flaw.name)", to: request)
            let trouble = "A \(request.method?.name ?? "") from \(hop.remote) has no usable \(flaw.name)"
            return [.trouble(trouble)] + transmit(refusal, over: back)
        }
        return translate(layer.receive(request, from: back))
    }

    private mutating func translate(_ effects: [TransactionEffect<Hop>]) -> [Effect] {
        effects.flatMap { effect -> [Effect] in
            switch effect {
            case .send(let message, let hop): return transmit(message, over: hop)
            case .arm(let timer, let delay): return [.arm(timer, after: delay)]
            case .cancel(let timer): return [.cancel(timer)]
            case .request(let request, let key, _): return [.request(request, key)]
            case .cancellation(let request, let key, let invite, _): return [.cancellation(request, key, of: invite)]
            case .acknowledgement(let ack, _): return [.acknowledgement(ack)]
            case .refused(let request, let hop): return transmit(SIPMessage(status: 503, to: request), over: hop)
            case .response(let response, let key): return take(response, key)
            case .stray: return []
            case .timeout(let key): return [.failed(retries.first(key), .timeout)]
            case .transportFailure(let key): return [.failed(retries.first(key), .transport)]
            case .terminated(let key): return retries.ended(key).map { [.terminated($0)] } ?? []
            }
        }
    }

    /// Answers a challenge by sending the request again, and passes every other response on.
    private mutating func take(_ response: SIPMessage, _ key: TransactionKey) -> [Effect] {
        guard let request = retries.repeatable(key), var again = authentication?.answer(response, to: request) else {
            return [.response(retries.lowered(response, key), retries.first(key))]
        }
        again = retries.renumbered(again)
        let (next, effects) = transmit(again)
        retries.replace(key, by: next, again)
        return translate(effects)
    }

    /// Begins a transaction for the request.
    private mutating func transmit(_ request: SIPMessage) -> (TransactionKey, [TransactionEffect<Hop>]) {
        let hop = profile.hop(for: request)
        return layer.send(stamped(request, hop), over: hop)
    }

    private mutating func transmit(_ message: SIPMessage, over hop: Hop) -> [Effect] {
        outgoing.copies(of: message).flatMap { bytes -> [Effect] in
            switch hop.transport {
            case .udp: [.network(.datagram(bytes, from: profile.sipAddress, to: hop.remote))]
            case .tcp, .tls: connections.write(bytes, over: hop).map { .network($0) }
            }
        }
    }

    /// The request with a Via of its own on top.
    ///
    /// RFC 3261 §18.1.1, RFC 3581 §3
    private mutating func stamped(_ request: SIPMessage, _ hop: Hop) -> SIPMessage {
        var request = request
        let transport = hop.transport.rawValue.uppercased()
        let branch = branchPrefix + generator.token(length: 16)
        request.prepend(.via, "SIP/2.0/\(transport) \(profile.sipAddress);branch=\(branch);rport")
        return request
    }
}
