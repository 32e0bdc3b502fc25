import Conformance
import Network

/// The wait for real clients to register and to publish their settings, before the first test case.
struct RegistrationWait: Sendable {
    /// How long after the last registration clients may publish their settings before the first case begins.
    static let grace = Duration.seconds(5)

    /// The IM Addresses of the clients.
    private let users: [PartyName: String]
    /// Until when what is missing may come.
    private(set) var deadline: Instant
    /// From where each client has registered that has.
    private(set) var found: [PartyName: [IPAddress]] = [:]
    private(set) var isOver = false
    private var isGraceful = false

    init(for users: [PartyName: String], until deadline: Instant) {
        self.users = users
        self.deadline = deadline
    }

    /// Looks at who has registered by now.
    ///
    /// - Returns: Those who had not before.
    mutating func look(at record: RegistrationRecord, time: Instant) -> [(party: PartyName, address: IPAddress)] {
        var arrivals: [(PartyName, IPAddress)] = []
        for (party, user) in users.sorted(by: { $0.key < $1.key }) where found[party] == nil {
            guard let address = record.addresses(of: user).first else { continue }
            found[party] = [address]
            arrivals.append((party, address))
        }
        guard found.count == users.count else { return arrivals }
        // Settings come a moment after the registration, if at all.
        if !isGraceful { (isGraceful, deadline) = (true, time + Self.grace) }
        if users.values.allSatisfy(record.hasPublished) { isOver = true }
        return arrivals
    }

    /// What is missing by the deadline does not come.
    mutating func giveUp() { isOver = true }
}
