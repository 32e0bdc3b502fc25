import Authentication
import Conformance
import HTTPSyntax
import Network

/// The XDM client: one connection to the document servers, and one request at a time on it.
///
/// RFC 4825 §7, RFC 9112 §9. A connection that ends while a request on it is unanswered is made anew once, for all
/// requests here are idempotent.
struct XDMClient: Sendable {
    enum Event: Sendable {
        case request(DocumentRequest, of: ProcedureID)
        case connected(ConnectionID)
        case received([UInt8], on: ConnectionID)
        case closed(ConnectionID, reason: String)
        /// The server has not answered in time, or cannot be reached in time.
        case timer
        /// The user logs out.
        case leave
    }

    enum Effect: Sendable {
        case network(NodeEffect)
        case arm(after: Duration)
        case disarm
        case outcome(DocumentOutcome, for: ProcedureID)
        case trouble(String)
    }

    private static let surplus = "The document server sent what nobody asked for"

    private struct Exchange: Sendable {
        /// The request as it is asked for, and as it has been sent last.
        let message: HTTPMessage
        var sent: HTTPMessage?
        let procedure: ProcedureID
        /// On how many connections it has been sent.
        var attempts = 0
        /// How often it has been sent again with an answer to a challenge.
        var answers = 0
    }

    private enum State: Sendable {
        case disconnected
        case connecting(ConnectionID)
        case idle(ConnectionID)
        /// The first of the exchanges awaits its response.
        case awaiting(ConnectionID)
    }

    private var state = State.disconnected
    /// What is still to be answered, in the order in which it was asked.
    private var exchanges: [Exchange] = []
    private var framer = HTTPStreamFramer()
    private var requestsOnConnection = 0
    /// Four above a multiple of six, so that it is even and never one of the SIP or MSRP connections.
    private var nextNumber = 4

    private let profile: IMClient.Profile
    /// How long a connection or a response may take.
    private let patience: Duration
    /// What answers challenges; nil for a client without a password.
    private(set) var responder: DigestResponder?
    /// What alters requests on their way out.
    var outgoing: OutgoingHTTP

    init(
        _ profile: IMClient.Profile, patience: Duration, defects: Set<ClientDefect>, responder: DigestResponder?
    ) {
        self.profile = profile
        self.patience = patience
        outgoing = OutgoingHTTP(defects: defects)
        self.responder = responder
    }

    func owns(_ id: ConnectionID) -> Bool {
        switch state {
        case .disconnected: false
        case .connecting(let own), .idle(let own), .awaiting(let own): id == own
        }
    }

    mutating func catchUp(with module: SubscriberModule) { responder?.catchUp(with: module) }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (_, .request(let request, of: let procedure)):
            guard let root = profile.services.xcap else {
                return [.outcome(.unanswered(reason: "No document server is known"), for: procedure)]
            }
            exchanges.append(
                Exchange(message: request.message(to: root, user: profile.imAddress), procedure: procedure))
            return proceed()

        case (.connecting(let id), .connected):
            state = .idle(id)
            framer = HTTPStreamFramer()
            requestsOnConnection = 0
            return [.disarm] + proceed()
        case (.connecting, .closed(_, let reason)):
            state = .disconnected
            return [.disarm] + fail(exchanges.count, "No connection to the document server: \(reason)")
        case (.connecting(let id), .timer):
            state = .disconnected
            return [.network(.close(id))] + fail(exchanges.count, "No connection to the document server in time")

        case (.awaiting, .received(let bytes, on: _)):
            framer.append(bytes)
            return read()
        case (.awaiting, .closed(_, let reason)):
            return lose(reason)
        case (.awaiting(let id), .timer):
            state = .disconnected
            return [.network(.close(id))] + fail(1, "No response of the document server in time") + proceed()

        case (.idle(let id), .received):
            state = .disconnected
            return [.trouble(Self.surplus), .network(.close(id))]
        case (.idle, .closed):
            state = .disconnected
            return []

        case (.connecting(let id), .leave), (.idle(let id), .leave), (.awaiting(let id), .leave):
            state = .disconnected
            return [.disarm, .network(.close(id))] + conclude(exchanges.count, .abandoned)

        case (.disconnected, _), (.connecting, .received), (.idle, .connected), (.idle, .timer),
            (.awaiting, .connected):
            return []
        }
    }

    /// Sends the next request, over a connection that is opened for it if need be.
    private mutating func proceed() -> [Effect] {
        guard !exchanges.isEmpty, let root = profile.services.xcap else { return [] }
        switch state {
        case .disconnected:
            let id = ConnectionID(nextNumber)
            nextNumber += 6
            state = .connecting(id)
            let connect =
                root.identity.map {
                    NodeEffect.connectSecurely(id, from: profile.address, to: root.address, expecting: $0)
                } ?? .connect(id, from: profile.address, to: root.address)
            return [.network(connect), .arm(after: patience)]
        case .idle(let id):
            state = .awaiting(id)
            exchanges[0].attempts += 1
            requestsOnConnection += 1
            let message = exchanges[0].message.authorized(by: &responder)
            exchanges[0].sent = message
            framer.expectResponse(to: message.method ?? "")
            let writes = outgoing.copies(of: message).map { Effect.network(.write(id, $0)) }
            return writes + [.arm(after: patience)]
        case .connecting, .awaiting:
            return []
        }
    }

    /// Takes the final response when it is complete.
    private mutating func read() -> [Effect] {
        guard case .awaiting(let id) = state else { return [] }
        do throws(HTTPSyntaxError) {
            while let bytes = try framer.next() {
                let response = try HTTPMessage(parsing: bytes)
                guard let status = response.status, status >= 200 else { continue }
                return conclude(response, on: id)
            }
            return []
        } catch {
            state = .disconnected
            let reason = "The response breaks \(error.rule.rawValue) at byte \(error.offset)"
            return [.disarm, .network(.close(id))] + fail(1, reason) + proceed()
        }
    }

    private mutating func conclude(_ response: HTTPMessage, on id: ConnectionID) -> [Effect] {
        let outcome = outcome(response)
        let surplus = framer.remaining.isEmpty ? [] : [Effect.trouble(Self.surplus)]
        guard response.closesConnection || !surplus.isEmpty else {
            state = .idle(id)
            return [.disarm] + outcome + proceed()
        }
        state = .disconnected
        return [.disarm] + surplus + [.network(.close(id))] + outcome + proceed()
    }

    /// What the first of the exchanges has come to, or nothing when it is to be asked again with credentials.
    private mutating func outcome(_ response: HTTPMessage) -> [Effect] {
        if let sent = exchanges[0].sent, exchanges[0].answers < 2, sent.isWorthRepeating(after: response, &responder) {
            exchanges[0].answers += 1
            exchanges[0].attempts = 0
            return []
        }
        return [.outcome(.answered(response), for: exchanges.removeFirst().procedure)]
    }

    /// The connection has ended under a request: its response may end so, or it is asked again.
    private mutating func lose(_ reason: String) -> [Effect] {
        state = .disconnected
        if let bytes = try? framer.finish(), let response = try? HTTPMessage(parsing: bytes),
            response.status ?? 0 >= 200
        {
            return [.disarm] + outcome(response) + proceed()
        }
        guard requestsOnConnection > 1, exchanges[0].attempts < 2 else {
            return [.disarm] + fail(1, "The document server has closed the connection: \(reason)") + proceed()
        }
        return [.disarm] + proceed()
    }

    /// Gives up the first of the exchanges.
    private mutating func fail(_ count: Int, _ reason: String) -> [Effect] {
        conclude(count, .unanswered(reason: reason))
    }

    private mutating func conclude(_ count: Int, _ outcome: DocumentOutcome) -> [Effect] {
        let given = exchanges.prefix(count)
        exchanges.removeFirst(min(count, exchanges.count))
        return given.map { .outcome(outcome, for: $0.procedure) }
    }
}
