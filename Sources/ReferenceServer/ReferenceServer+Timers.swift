import Network
import SIPDialogs
import SIPTransactions

/// A timer of some part of the server.
enum ServerTimer: Hashable, CustomStringConvertible {
    case transaction(TransactionTimer)
    case registrations
    case forwarding(Int, ResponseContext.Timer)
    case dialog(Int, ServedDialog.Timer)
    case media(MSRPEndpoint.Timer)
    case subscription(Int)
    case conference(Int, Conference.Timer)
    case halfOpen(ConnectionID)
    /// A whole HTTP request on a connection.
    case requestDue(ConnectionID)
    /// A user has had his time to connect for what is kept for him.
    case delivery(Int)
    /// Ts2 of a message to several recipients.
    case reportAggregation(Int)
    /// The next deferred message expires.
    case deferredMessages
    /// The next record of a conversation expires.
    case conversations
    /// The end of an invitation that nobody has asked for.
    case extra(Int)

    var description: String {
        switch self {
        case .transaction(let timer): "transaction \(timer)"
        case .registrations: "registrations"
        case .forwarding(let id, let timer): "forwarding \(id) \(timer.rawValue)"
        case .dialog(let id, let timer): "dialog \(id) \(timer)"
        case .media(let timer): "media \(timer.session) \(timer.timer)"
        case .subscription(let id): "subscription \(id)"
        case .conference(let id, let timer): "conference \(id) \(timer)"
        case .halfOpen(let id): "half-open \(id.number)"
        case .requestDue(let id): "request due \(id.number)"
        case .delivery(let id): "delivery \(id)"
        case .reportAggregation(let id): "report aggregation \(id)"
        case .deferredMessages: "deferred messages"
        case .conversations: "conversations"
        case .extra(let id): "extra \(id)"
        }
    }

    var id: TimerID { TimerID(description) }
}

extension Conference.Timer: CustomStringConvertible {
    var description: String {
        switch self {
        case .maximumDuration: "maximum duration"
        case .draining: "draining"
        case .report(let id): "report \(id)"
        }
    }
}

extension ServedDialog.Timer: CustomStringConvertible {
    var description: String {
        switch self {
        case .ringing: "ringing"
        case .cancelled: "cancelled"
        case .accepted(let timer): "accepted \(timer.rawValue)"
        case .refresh: "refresh"
        case .expiry: "expiry"
        case .retry: "retry"
        }
    }

    static var all: [ServedDialog.Timer] {
        [.ringing, .cancelled, .accepted(.retransmit), .accepted(.giveUp), .refresh, .expiry, .retry]
    }
}

extension ReferenceServer {
    mutating func arm(_ timer: ServerTimer, after delay: Duration) {
        timers[timer.id] = timer
        // A peer may have named any number of seconds; a year is as good as all of them.
        outbox.append(.arm(timer.id, after: max(.zero, min(delay, .seconds(31_536_000)))))
    }

    mutating func disarm(_ timer: ServerTimer) {
        guard timers.removeValue(forKey: timer.id) != nil else { return }
        outbox.append(.cancel(timer.id))
    }

    /// Gives a connection, which has not said yet what it is for, its time; the oldest of too many makes room.
    mutating func watch(
        _ id: ConnectionID, among silent: WritableKeyPath<ReferenceServer, HalfOpenConnections>,
        _ due: (ConnectionID) -> ServerTimer
    ) {
        arm(due(id), after: configuration.limits.halfOpenConnection)
        if let oldest = self[keyPath: silent].insert(id) { giveUp(due(oldest)) }
    }

    mutating func unwatch(
        _ id: ConnectionID, among silent: WritableKeyPath<ReferenceServer, HalfOpenConnections>,
        _ due: (ConnectionID) -> ServerTimer
    ) {
        self[keyPath: silent].remove(id)
        disarm(due(id))
    }

    /// Lets the time of a timer be over before it is.
    mutating func giveUp(_ timer: ServerTimer) {
        disarm(timer)
        fire(timer)
    }

    mutating func fire(_ timer: ServerTimer) {
        switch timer {
        case .transaction(let timer):
            perform(transactions.timer(timer))
        case .registrations:
            for registration in registrar.expire(at: now) { note(registration) }
            watchRegistrations()
        case .forwarding(let id, let timer):
            handle(.timer(timer), inForwarding: id)
        case .dialog(let id, let timer):
            handle(.timer(timer), inDialog: id)
        case .media(let timer):
            perform(endpoint.timer(timer))
        case .subscription(let id):
            handle(.expired, inSubscription: id)
        case .conference(let id, let timer):
            handle(.timer(timer), inConference: id)
        case .halfOpen(let id):
            perform(transport.close(id))
            perform(msrp.halfOpen(id))
        case .requestDue(let id):
            handle(.requestDue(id))
        case .delivery(let id):
            handle(.timer, inDelivery: id)
        case .reportAggregation(let id):
            handle(.timer, inAggregation: id)
        case .deferredMessages:
            expireDeferredMessages()
        case .conversations:
            expireConversations()
        case .extra(let id):
            giveUpExtra(id)
        }
    }

    /// Wakes up when the next registration runs out.
    mutating func watchRegistrations() {
        guard let next = registrar.nextExpiry else { return disarm(.registrations) }
        arm(.registrations, after: next - now)
    }
}
