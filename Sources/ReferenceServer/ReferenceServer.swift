import Bytes
import MSRP
package import Network
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The embedded system under test: a SIP/IP core and an IM server in one node.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5 and §6. Each function is a machine of its own; this type only carries what one of them asks
/// for to the other, to the transactions and to the network.
package struct ReferenceServer: Operable {
    package let configuration: Configuration

    // The core.
    var transport: SIPTransport
    var transactions: TransactionLayer<Hop>
    var registrar: Registrar
    /// Nil where nobody has to prove who he is.
    var authenticator: Authenticator?
    /// Whom the sender of the present request has proven to be; nil where nobody has to.
    var provenIdentities: [String]?
    let proxy: ProxyCore

    // The IM server.
    var originating: OriginatingParticipatingFunction
    var terminating: TerminatingParticipatingFunction
    var settings: ServiceSettings

    // The user plane.
    var msrp: MSRPTransport
    var relay: MSRPRelay
    /// The sessions of which the server itself is one end.
    var endpoint: MSRPEndpoint

    // Whoever has connected and said nothing yet.
    var silentSIP: HalfOpenConnections
    var silentMSRP: HalfOpenConnections
    var silentHTTP: HalfOpenConnections

    // The stores.
    var deferred: DeferredStore
    var conversations: ConversationStore

    // The document servers.
    var xdms: XDMS
    var xcap: XCAPServer

    let faults: Faults
    var generator: SeededGenerator
    var numbers = ConnectionNumbers()
    var now = Instant(nanoseconds: 0)

    /// What the present event has led to so far.
    var outbox: [NodeEffect] = []
    /// What is to be kept before any of that is carried out.
    var journal: [JournalRecord] = []
    /// What the present event has made known and nobody has been told yet.
    var notices: [ServerNotice] = []

    var purposes: [TransactionKey: Purpose] = [:]
    var running: [Purpose: TransactionKey] = [:]
    var forwardings: [Int: Forwarding] = [:]
    var forwardingsByRequest: [TransactionKey: Int] = [:]
    var dialogs = DialogTable()
    /// Whose dialog the sessions of the server itself belong to, by session-id.
    var mediaOwners: [String: DialogOwner] = [:]
    var subscriptions = SubscriptionTable()
    var sessions: [Int: IMSession] = [:]
    var conferences = ConferenceTable()
    var deliveries: [Int: DeliverySession] = [:]
    var sinks: [Int: MessageSink] = [:]
    var recordings = RecordingTable()
    /// What may begin to be recorded in sessions that are being set up.
    var recordingWishes: [RecordedSession: [RecordingWish]] = [:]
    /// What was said in conferences before it was to be recorded, which only a defect wants to know.
    var earlierMessages: [Int: [MSRPMessage]] = [:]
    var usersToldOfFullHistory: Set<String> = []
    var aggregatedMessages: [Int: AggregatedMessage] = [:]
    var aggregationsByMessage: [AggregatedMessage.Key: Int] = [:]
    var timers: [TimerID: ServerTimer] = [:]
    /// Whether the operator has ended the service.
    var isStopping = false
    private var serial = 0

    package init(configuration: Configuration, seed: UInt64, defects: Set<ServerDefect> = []) {
        let faults = Faults(defects: defects)
        var generator = SeededGenerator(seed: seed)
        var configuration = configuration
        // Where the server is no end of the sessions, TLS is the affair of those who are.
        if configuration.sessionRouting == .backToBack {
            configuration.policy.mediaSecurity = configuration.certificate == nil ? .unsecured : .secured
        }
        self.configuration = configuration
        self.faults = faults
        let limits = configuration.limits
        transport = SIPTransport(
            local: configuration.sipAddress, transports: configuration.transports, limits: limits)
        transactions = TransactionLayer(timing: configuration.timing, capacity: limits.transactions)
        registrar = Registrar(domain: configuration.domain, expiry: configuration.registration, limits: limits)
        proxy = ProxyCore(
            domain: configuration.domain, local: configuration.sipAddress,
            transport: configuration.transports.contains(.tls) ? .tls : nil)
        originating = OriginatingParticipatingFunction(policy: configuration.policy, host: configuration.domain)
        terminating = TerminatingParticipatingFunction(policy: configuration.policy, host: configuration.domain)
        settings = ServiceSettings(expiry: configuration.publication, limits: limits)
        msrp = MSRPTransport(limits: limits, security: configuration.certificate == nil ? .none : .fingerprints)
        relay = MSRPRelay(limits: limits, faults: faults, generator: generator.split())
        silentSIP = HalfOpenConnections(limits: limits)
        silentMSRP = silentSIP
        silentHTTP = silentSIP
        endpoint = MSRPEndpoint(limits: limits, generator: generator.split())
        deferred = DeferredStore(
            host: configuration.domain, expiry: configuration.policy.deferredExpiry, limits: limits)
        xdms = XDMS(domain: configuration.domain, root: configuration.xcapRoot, limits: limits)
        xcap = XCAPServer(limits: limits)
        conversations = ConversationStore(
            host: configuration.domain, lifetime: configuration.policy.conversationLifetime, limits: limits)
        for document in configuration.documents { xdms.provision(document.content, at: document.selector) }
        if let policy = configuration.authentication {
            authenticator = Authenticator(policy, generator: generator.split())
        }
        self.generator = generator
    }

    package var listeningPoints: [ListeningPoint] {
        let media = configuration.msrpAddress
        guard configuration.certificate == nil else {
            return [
                ListeningPoint(.tls, configuration.sipAddress, admitting: configuration.admittedClients),
                ListeningPoint(.tls, media, admitting: .certified),
                ListeningPoint(.tls, configuration.xcapAddress, admitting: configuration.admittedClients),
            ]
        }
        return [
            ListeningPoint(.udp, configuration.sipAddress), ListeningPoint(.tcp, configuration.sipAddress),
            ListeningPoint(.tcp, media), ListeningPoint(.tcp, configuration.xcapAddress),
        ]
    }

    package mutating func handle(_ event: NodeEvent, at time: Instant) -> [NodeEffect] {
        respond(to: .node(event), at: time).compactMap(\.nodeEffect)
    }

    /// Follows an instruction of the operator, for drivers that keep nothing.
    package mutating func follow(_ instruction: OperatorInstruction, at time: Instant) -> [NodeEffect] {
        respond(to: .instruction(instruction), at: time).compactMap(\.nodeEffect)
    }

    /// Takes an event, and gives what is to be kept before what is to be sent.
    package mutating func respond(to event: ServerEvent, at time: Instant) -> [ServerEffect] {
        now = time
        switch event {
        case .node(let event): take(event)
        case .instruction(let instruction): follow(instruction)
        }
        while !notices.isEmpty {
            switch notices.removeFirst() {
            case .outcome(let outcome, let purpose): deliver(outcome, to: purpose)
            case .dialog(let notice, let owner): deliver(notice, to: owner)
            case .media(let notice, let session): deliver(notice, ofMedia: session)
            }
        }
        defer { (outbox, journal) = ([], []) }
        return journal.map(ServerEffect.persist) + outbox.map(ServerEffect.node)
    }

    private mutating func take(_ event: NodeEvent) {
        switch event {
        case .start:
            watchDeferredMessages()
            watchConversations()
        case .datagram(let bytes, let source, let local):
            if let arrival = transport.receive(datagram: bytes, from: source, to: local) { take(arrival) }
        case .accepted(let id, let local, let remote) where local.port == configuration.sipPort:
            perform(transport.accept(id, from: remote))
        case .accepted(let id, let local, _) where local.port == configuration.xcapPort:
            handle(.accepted(id))
        case .accepted(let id, _, _):
            perform(msrp.accept(id))
        case .connected(let id, _, _):
            perform(transport.connected(id))
            connected(id)
        case .certified(let id, let fingerprints):
            msrp.certified(id, fingerprints)
        case .received(let id, let bytes) where transport.owns(id):
            let (arrivals, activities) = transport.receive(bytes, on: id)
            for arrival in arrivals { take(arrival) }
            perform(activities)
            for oldest in silentSIP.note(transport.pendingCount(on: id), of: id) { giveUp(.halfOpen(oldest)) }
        case .received(let id, let bytes) where xcap.owns(id):
            handle(.received(id, bytes))
            for oldest in silentHTTP.note(xcap.pendingCount(on: id), of: id) { giveUp(.requestDue(oldest)) }
        case .received(let id, let bytes):
            receive(bytes, onMedia: id)
            for oldest in silentMSRP.note(msrp.pendingCount(on: id), of: id) { giveUp(.halfOpen(oldest)) }
        case .closed(let id, _) where transport.owns(id):
            transport.closed(id)
            perform([.unwatch(id)] as [SIPTransport.Activity])
            for transport in configuration.transports {
                perform(transactions.transportFailed(over: .connection(id, transport)))
            }
        case .closed(let id, _) where xcap.owns(id):
            handle(.closed(id))
        case .closed(let id, _):
            perform(msrp.closed(id))
            ended(id)
        case .refused:
            // The end of what the server knows of is told next, and that is all it means to a server.
            break
        case .undeliverable(let remote, _):
            perform(transactions.transportFailed(over: .datagram(local: configuration.sipAddress, remote: remote)))
        case .timer(let id):
            if let timer = timers.removeValue(forKey: id) { fire(timer) }
        }
    }

    /// A number for something that begins.
    mutating func nextSerial() -> Int {
        serial += 1
        return serial
    }

    private mutating func take(_ arrival: SIPTransport.Arrival) {
        let (message, hop) = arrival
        // Without a Via there is nowhere to answer to, and no transaction to belong to.
        guard (try? message.via()) != nil else { return }
        if let description = message.body(of: "application/sdp").flatMap({ try? SessionDescription(parsing: $0) }) {
            msrp.certificates.note(description)
        }
        perform(transactions.receive(message.isRequest ? message : faults.arriving(message), from: hop))
    }
}
