import Actors
import Assessment
import Conformance
import Execution
import Network
import ReferenceServer
import Synchronization
import Transport

/// The real clients of a run: the server that they reach, whoever works them, and where they have been seen.
final class RealParties: Sendable {
    let plan: RealClientPlan
    private let everybody: Casting
    let operative: any Operative
    private let options: CastingOptions
    /// One case is executed after the other, and nobody else uses it.
    private nonisolated(unsafe) let standing: StandingServer
    private let configuration: ReferenceServer.Configuration
    private let seen = Mutex<[PartyName: [IPAddress]]>([:])

    /// Begins to serve.
    ///
    /// - Parameters:
    ///   - plan: The plan of the run.
    ///   - real: Which of its clients are real.
    ///   - cases: The cases that will be executed.
    ///   - operative: Whoever works the real clients.
    /// - Throws: Why the server cannot listen.
    init(_ plan: RunPlan, _ real: RealClientPlan, cases: [TestCase], operative: any Operative) throws(TransportError) {
        self.plan = real
        self.operative = operative
        let slot = plan.blocks.lowerBound
        var options = plan.casting
        let all = TestCase.everybody(in: cases)
        if options.transport == .tls { options.security.authority = TLSAuthority() }
        self.options = options
        everybody = Casting(all, slot: slot, identity: "", options: options)
        guard let configuration = everybody.server else {
            preconditionFailure("Real clients meet the embedded server")
        }
        self.configuration = configuration
        standing = try StandingServer(everybody, seed: plan.seed, defects: plan.serverDefects)
        operative.use(standing.doorbell)
    }

    /// Everybody of the run, as the real clients are to know them.
    var cast: Cast { everybody.cast }

    /// Wakes the server, so that it looks whether it is to wait any longer.
    var doorbell: Doorbell { standing.doorbell }

    /// The certificate that real clients have to trust; nil where connections are not secured.
    var authority: TLSCertificate? { options.security.authority?.certificate }

    /// What each real client is to be configured with.
    ///
    /// - Parameter authority: Where the certificate is that it has to trust.
    /// - Returns: the sheets in the order of the clients.
    func sheets(authority: String?) -> [ConfigurationSheet] {
        plan.clients.sorted().map { ConfigurationSheet(of: $0, in: cast, options, configuration, authority: authority) }
    }

    /// Waits until every real client has registered.
    ///
    /// - Parameters:
    ///   - note: Hears of each that has.
    ///   - isStopped: Whether to wait no more, which is asked when the doorbell rings.
    /// - Throws: A `HarnessError` that says who has not registered, or why that leads to nothing.
    func waitForRegistrations(note: (PartyName, IPAddress) -> Void, isStopped: @escaping () -> Bool) throws {
        let users = plan.clients.map { ($0, cast[$0]?.imAddress ?? "") }
        let driver = operative as? Driver
        var loss: String?
        let isOver = { () -> Bool in
            for case .gone(let reason) in self.operative.takeReplies() { loss = loss ?? reason }
            return loss != nil || isStopped()
        }
        let found = try standing.waitForRegistrations(
            of: Dictionary(users) { first, _ in first }, patience: .seconds(plan.patience), observe: note,
            // A client may be faster than whoever works it.
            isReady: { driver?.hasSaidHello ?? true }, isStopped: isOver)
        if let loss { throw HarnessError(loss) }
        if isStopped() { throw HarnessError("Stopped before every real client had registered.") }
        if let driver, !driver.hasSaidHello {
            throw HarnessError("The driver “\(driver.command)” has not answered “hello” within \(plan.patience) s.")
        }
        if let objection = everybody.objection(to: found) { throw HarnessError(objection) }
        for (party, user) in users.sorted(by: { $0.0 < $1.0 }) where found[party] == nil {
            throw HarnessError(
                "\(party) has not registered as \(user) at \(configuration.sipAddress) within \(plan.patience) s; look "
                    + "at the proxy, the user and the password that it is configured with.")
        }
        seen.withLock { $0 = found }
    }

    /// The casting of a test case, with the addresses that real clients have been seen at last.
    func casting(of testCase: TestCase, slot: UInt8) -> Casting {
        var options = options
        for party in plan.clients {
            let current = standing.addresses(of: cast[party]?.imAddress ?? "")
            options.realAddresses[party] = seen.withLock { seen in
                if !current.isEmpty { seen[party] = current }
                return seen[party] ?? []
            }
        }
        return Casting(testCase, slot: slot, identity: "", options: options)
    }

    func perform(
        _ testCase: TestCase, casting: Casting, seed: UInt64, plan: RunPlan, observe: (Step) -> Void
    ) throws(TransportError) -> Performance {
        try RealRun(
            testCase, casting: casting, at: standing, operative: operative, seed: seed, patience: plan.patience,
            clientDefects: plan.clientDefects
        ).perform(observe: observe)
    }

    /// Why the findings show nothing of the real clients: a party that the harness plays is at fault itself.
    func excuse(for assessed: Assessed) -> String? {
        let ours = assessed.findings.first { finding in
            finding.verdict == .fail && finding.kind != .warning
                && finding.party.map { !plan.clients.contains($0) } ?? false
        }
        guard let ours, let party = ours.party else { return nil }
        let who = party == .server ? "The reference server" : "Client \(party)"
        return "\(who), which the harness plays, is at fault itself (\(ours.check)): \(ours.observed). This shows "
            + "nothing of what is tested."
    }
}

extension TestCase {
    /// A case of all clients and groups of these.
    fileprivate static func everybody(in cases: [TestCase]) -> TestCase {
        let position = SourcePosition(file: "", line: 1, column: 1)
        var groups: [Group] = []
        for group in cases.flatMap(\.equipment.groups) where !groups.contains(where: { $0.name == group.name }) {
            groups.append(group)
        }
        let clients = Set(cases.flatMap(\.equipment.clients)).sorted()
        return TestCase(
            id: "", title: "", objects: [], description: "",
            references: References(specification: [], scr: [], etr: []),
            isOptional: false, equipment: Equipment(clients: clients, servers: 1, groups: groups), state: [],
            preamble: [], procedure: [], postamble: [], checks: [], position: position)
    }
}
