import Network
import SIPTransactions

/// Whose timer it is.
enum TimerOwner: Hashable, Sendable {
    case transaction(TransactionTimer)
    case procedure(ProcedureID, ProcedureTimer)
    case media(UserPlane.Timer)
    /// The session of this name is over, and can be entered again no more.
    case departure(session: String)
    /// The document servers are slow.
    case documents
}

/// The timers of a client that are running, each under a name for the driver.
struct TimerTable: Sendable {
    private var owners: [TimerID: TimerOwner] = [:]
    private var names: [TimerOwner: TimerID] = [:]
    private var named = 0

    /// The name under which to arm the timer, the same again while it runs.
    mutating func arm(_ owner: TimerOwner) -> TimerID {
        if let name = names[owner] { return name }
        named += 1
        let name = TimerID("timer-\(named)")
        names[owner] = name
        owners[name] = owner
        return name
    }

    /// The name of the timer if it runs, which it then does no more.
    mutating func cancel(_ owner: TimerOwner) -> TimerID? {
        guard let name = names.removeValue(forKey: owner) else { return nil }
        owners[name] = nil
        return name
    }

    /// Whose timer has fired.
    mutating func fire(_ name: TimerID) -> TimerOwner? {
        guard let owner = owners.removeValue(forKey: name) else { return nil }
        names[owner] = nil
        return owner
    }

    /// The names of the timers whose owner satisfies the predicate, which run no more.
    mutating func cancelAll(where predicate: (TimerOwner) -> Bool) -> [TimerID] {
        owners.filter { predicate($0.value) }.keys.sorted { $0.name < $1.name }.compactMap { name in
            fire(name).map { _ in name }
        }
    }
}
