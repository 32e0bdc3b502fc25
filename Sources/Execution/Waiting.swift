import Conformance

/// What a scene waits for, whether it can still come, and what has come about in sessions already.
struct Waiting: Sendable {
    private(set) var awaited: Set<Milestone> = []
    /// What comes about once in a session, and has.
    private var past: Set<Milestone> = []
    /// What has arrived at any time.
    private var arrivals: Set<Milestone> = []
    /// Why not everything that is awaited will come.
    private(set) var failure: String?

    var isOver: Bool { awaited.isEmpty && failure == nil }

    /// The messages that are waited for.
    var selectors: [MessageSelector] {
        awaited.compactMap { if case .saw(let selector) = $0 { selector } else { nil } }
    }

    var words: String { awaited.map(\.words).sorted().joined(separator: " and ") }

    /// Whether only that is missing without which the play can go on.
    var isDispensable: Bool { failure == nil && !awaited.isEmpty && awaited.allSatisfy(\.isDispensable) }

    /// Waits for these and for nothing else; what has come about before its turn is not waited for.
    mutating func begin(_ milestones: [Milestone]) {
        awaited = Set(milestones).subtracting(past)
        failure = nil
        let over = past.filter(\.endsSession)
        if let end = over.first(where: { end in awaited.contains { $0.isPrevented(by: end, at: end.party) } }) {
            fail("the session is over at \(end.party)")
        }
    }

    /// Waits for nothing any more.
    mutating func drop() {
        awaited = []
        failure = nil
    }

    func hasArrived(_ milestone: Milestone) -> Bool { arrivals.contains(milestone) }

    /// Begins a session of this name, which may have had the name of an earlier one.
    mutating func open(_ session: String) {
        past = past.filter { $0.session != session }
    }

    /// Lets a party begin anew in a session that goes on.
    mutating func reopen(_ session: String, at party: PartyName) {
        past = past.filter { $0.session != session || $0.party != party }
    }

    mutating func reach(_ milestone: Milestone) {
        awaited.remove(milestone)
        if milestone.isUnique { past.insert(milestone) }
        if milestone.isArrival { arrivals.insert(milestone) }
    }

    /// Reaches the end of a session at one party, after which nothing else comes about in it: there, or at all.
    mutating func end(_ milestone: Milestone, everywhere: Bool, reason: String) {
        reach(milestone)
        let place = everywhere ? nil : milestone.party
        if awaited.contains(where: { $0.isPrevented(by: milestone, at: place) }) { fail(reason) }
    }

    /// Gives up the milestone.
    ///
    /// - Returns: Whether it was awaited.
    mutating func fail(_ milestone: Milestone, reason: String) -> Bool {
        guard awaited.contains(milestone) else { return false }
        fail(reason)
        return true
    }

    /// Gives up whatever is awaited.
    mutating func fail(_ reason: String) {
        guard !awaited.isEmpty else { return }
        failure = failure ?? reason
    }
}
