import Authentication
import Bytes
package import Conformance
import MessageBodies
package import Network
import SIPSyntax
import SIPTransactions

/// A simulated IM client: SIP user agent, MSRP endpoint and the procedures of its user, as one value.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1 and §8
package struct IMClient: Sendable {
    package let profile: Profile

    let defects: Set<ClientDefect>
    let fields: ClientFields
    let service: ProcedureID
    var identifiers: Identifiers
    var signalling: Signalling
    var userPlane: UserPlane
    var xdm: XDMClient
    /// What the client has read last of each store, in order of time.
    var lists: [MessageStore: StoredItemList] = [:]
    var procedures = ProcedureTable()
    var timers = TimerTable()
    /// What has been offered to anybody, for whoever asks for it.
    var shelf = FileShelf()
    /// The texts of which the user wants to know what becomes of them.
    var pages = ReportedPages()
    /// When the client has last heard of anything.
    private(set) var now = Instant(nanoseconds: 0)
    /// How many invitations have come.
    var invitations = 0
    private var effects: [ClientEffect] = []

    package init(profile: Profile, seed: UInt64, defects: Set<ClientDefect> = []) {
        self.profile = profile
        self.defects = defects
        var generator = SeededGenerator(seed: seed)
        fields = ClientFields(profile)
        signalling = Signalling(profile, defects: defects, generator: generator.split())
        userPlane = UserPlane(profile, defects: defects, generator: generator.split())
        let responder = profile.account.map { account in
            DigestResponder(username: account.username, secret: account.secret, generator: generator.split())
        }
        xdm = XDMClient(profile, patience: profile.timing.timeout, defects: defects, responder: responder)
        identifiers = Identifiers(generator: generator.split(), host: profile.address.description)
        service = procedures.add(
            ServiceRegistration(
                profile, publishes: defects.contains(.neverPublishes) ? .never : .afterLogIn,
                identifiers: &identifiers))
    }

    /// Where the client waits for SIP and for MSRP.
    package var listeningPoints: [ListeningPoint] {
        let media =
            profile.securesMedia
            ? ListeningPoint(.tls, profile.msrpAddress, admitting: .certified)
            : ListeningPoint(.tcp, profile.msrpAddress)
        switch profile.sipTransport {
        case .udp, .tcp:
            return [ListeningPoint(.udp, profile.sipAddress), ListeningPoint(.tcp, profile.sipAddress), media]
        case .tls: return [ListeningPoint(.tls, profile.sipAddress), media]
        }
    }

    /// Lets the client hear the network or the clock.
    package mutating func handle(_ event: NodeEvent, at time: Instant) -> [ClientEffect] {
        now = time
        switch event {
        case .start: break
        case .datagram(let bytes, from: let source, to: _): signal(signalling.datagram(bytes, from: source))
        case .undeliverable(to: let remote, let reason):
            // What the server cannot be told is the end of the play; what another cannot be told is its own affair.
            report(remote == profile.server ? .unreachable(reason: reason) : .protocolTrouble(reason))
            signal(signalling.undeliverable(to: remote))
        case .accepted(let id, let local, let remote) where local.port == profile.sipPort:
            signal(signalling.accepted(id, remote: remote))
        case .accepted(let id, _, _): mediate(userPlane.accepted(id))
        case .certified(let id, let fingerprints): userPlane.certified(id, fingerprints)
        case .connected(let id, _, _) where signalling.owns(id): signal(signalling.connected(id))
        case .connected(let id, _, _) where xdm.owns(id): document(xdm.handle(.connected(id)))
        case .connected(let id, _, _): mediate(userPlane.connected(id))
        case .received(let id, let bytes) where signalling.owns(id): signal(signalling.received(bytes, on: id))
        case .received(let id, let bytes) where xdm.owns(id): document(xdm.handle(.received(bytes, on: id)))
        case .received(let id, let bytes): mediate(userPlane.received(bytes, on: id))
        case .refused(let id, let local, let reason)
        where signalling.owns(id) || xdm.owns(id) || local.port == profile.sipPort:
            report(.refused(reason: reason))
        // A certificate whose fingerprint the client has given is to be taken, whoever made it: RFC 4975 §14.4.
        case .refused(_, _, let reason): report(.protocolTrouble(reason))
        case .closed(let id, let reason) where signalling.owns(id):
            let effects = signalling.closed(id)
            if effects.contains(where: \.isFailure) { report(.unreachable(reason: reason ?? "closed by the peer")) }
            signal(effects)
        case .closed(let id, let reason) where xdm.owns(id):
            document(xdm.handle(.closed(id, reason: reason ?? "closed by the peer")))
        case .closed(let id, let reason): mediate(userPlane.closed(id, reason: reason ?? "closed by the peer"))
        case .timer(let name): fire(name)
        }
        return drain()
    }

    /// Lets the user act; the mutations meet what the client composes from now until the next action.
    package mutating func perform(
        _ action: ClientAction, mutations: [Mutation] = [], at time: Instant
    ) -> [ClientEffect] {
        now = time
        signalling.outgoing.mutations = mutations
        userPlane.mutations = mutations
        xdm.outgoing.mutations = mutations
        for action in conduct(action) { begin(action) }
        return drain()
    }

    mutating func report(_ report: ClientReport) { effects.append(.report(report)) }

    mutating func emit(_ effect: NodeEffect) { effects.append(.network(effect)) }

    /// Lets everybody know what one SIM card has accepted, whoever asked it: its sequence number is one.
    ///
    /// 3GPP TS 33.102 §6.3.3
    private mutating func shareModule() {
        guard var module = signalling.module else { return }
        if let other = xdm.responder?.module { module.catchUp(with: other) }
        signalling.catchUp(with: module)
        xdm.catchUp(with: module)
    }

    private mutating func drain() -> [ClientEffect] {
        shareModule()
        defer { effects = [] }
        return effects
    }

    private mutating func fire(_ name: TimerID) {
        switch timers.fire(name) {
        case .transaction(let timer): signal(signalling.timer(timer))
        case .procedure(let id, let timer): deliver(.timer(timer), to: id)
        case .media(let timer): mediate(userPlane.timer(timer))
        case .departure(let session): procedures.forget(session: session)
        case .documents: document(xdm.handle(.timer))
        case nil: break
        }
    }
}
