import Assessment
import Bytes
import Conformance
import Execution
import Network
import PacketCapture
import Reporting
import Synchronization
import Transport

/// Executes one case: casts it, performs it, keeps its capture, and has it judged.
final class CaseExecutor: Sendable {
    private let plan: RunPlan
    private let baseline: Baseline
    private let destination: ReportDestination
    private let identity: String
    private let failures = Atomic<Int>(0)
    private let executions = Atomic<Int>(0)
    private let wire: WireWitness?
    /// The real clients, where there are some.
    private let parties: RealParties?

    init(plan: RunPlan, destination: ReportDestination, baseline: Baseline, parties: RealParties? = nil) {
        self.plan = plan
        self.parties = parties
        self.baseline = baseline
        self.destination = destination
        var generator = SeededGenerator(seed: plan.seed)
        identity = generator.token(length: 5)
        wire =
            plan.capturesWire && parties == nil
            ? WireWitness(
                interface: plan.interface,
                clients: Casting.addressesOfClients(slots: plan.blocks, options: plan.casting),
                isRequired: plan.captureSource == .libpcap) : nil
    }

    /// What people should know about the run as a whole.
    var remarks: [String] {
        [parties?.remark, plan.defectsInWords, Deviation.words(for: plan.casting.deviations), wire?.remark]
            .compactMap(\.self)
    }

    /// How many executions there have been.
    var count: Int { executions.load(ordering: .relaxed) }

    /// Whether there have been as many failures as the plan bears.
    var hasFailedEnough: Bool {
        plan.mostFailures.map { failures.load(ordering: .relaxed) >= $0 } ?? false
    }

    func execute(_ assignment: Campaign.Assignment, observe: (Step) -> Void) -> CaseResult {
        let testCase = assignment.testCase
        // A case in memory is the same wherever it is executed.
        let slot = plan.blocks.lowerBound + (plan.isSimulated ? 0 : assignment.slot)
        let casting =
            parties?.casting(of: testCase, slot: slot)
            ?? Casting(testCase, slot: slot, identity: identity, options: plan.casting)
        let started = plan.isSimulated ? Simulation.epoch : Instant.now
        var result: CaseResult
        do {
            result = try perform(assignment, casting, started, observe)
        } catch {
            result = CaseResult(
                testCase: testCase, outcome: .error(reason: Self.words(for: error)), cast: casting.cast,
                started: started, elapsed: .zero)
        }
        baseline.mark(&result)
        if result.verdict >= .fail, result.knownReason == nil { failures.add(1, ordering: .relaxed) }
        executions.add(1, ordering: .relaxed)
        return result
    }

    private func perform(
        _ assignment: Campaign.Assignment, _ casting: Casting, _ started: Instant, _ observe: (Step) -> Void
    ) throws -> CaseResult {
        let testCase = assignment.testCase
        let seed = Self.seed(plan.seed, testCase.id, assignment.attempt)
        try wire?.begin()
        let performance = try play(testCase, casting, seed, observe)
        let evidence =
            plan.capture == .all
            ? try CaseEvidence(
                performance, wire: wire?.packets(of: casting.cast, since: started),
                of: testCase, run: destination.id) : nil
        var assessed = Assessor(testCase, of: plan.system?.system).assess(evidence?.trace ?? performance.trace)
        if let undone = performance.undone { assessed = assessed.without(step: undone) }
        var result = CaseResult(
            testCase: testCase, outcome: outcome(performance, evidence, assessed),
            findings: assessed.findings, messages: assessed.messages, cast: casting.cast, started: started,
            elapsed: performance.elapsed,
            remarks: performance.remarks + [evidence?.remark].compactMap(\.self), attempt: assignment.attempt)
        if result.verdict > .pass { result.remarks += [unprovided(for: testCase)].compactMap(\.self) }
        if let evidence, assignment.attempt == 1 || result.verdict > .pass { keep(evidence, of: &result) }
        return result
    }

    private func play(
        _ testCase: TestCase, _ casting: Casting, _ seed: UInt64, _ observe: (Step) -> Void
    ) throws -> Performance {
        if let parties {
            try ContentFiles(destination: destination).store(testCase)
            return try parties.perform(testCase, casting: casting, seed: seed, plan: plan, observe: observe)
        }
        guard !plan.isSimulated else {
            return Simulation(
                testCase, casting: casting, seed: seed, conditions: plan.conditions,
                serverDefects: plan.serverDefects, clientDefects: plan.clientDefects
            ).perform()
        }
        return try LiveRun(
            testCase, casting: casting, seed: seed, patience: plan.patience, serverDefects: plan.serverDefects,
            clientDefects: plan.clientDefects,
            provider: plan.hooks
        ).perform(observe: observe)
    }

    private func outcome(
        _ performance: Performance, _ evidence: CaseEvidence?, _ assessed: Assessed
    ) -> CaseResult.Outcome {
        if case .unreachable(let reason) = performance.outcome {
            return .error(reason: "The system under test cannot be reached: \(reason). \(adviceOnReach)")
        }
        if case .forsaken(let reason) = performance.outcome { return .error(reason: reason) }
        if let disagreement = evidence?.disagreement { return .error(reason: disagreement) }
        if let parties, let reason = parties.excuse(for: assessed) { return .error(reason: reason) }
        // Against another's server the clients are the harness: what they do wrong must not be told as its failure.
        let ours = assessed.findings.first { finding in
            finding.verdict == .fail && finding.kind != .warning && finding.party.map { $0 != .server } ?? false
        }
        if plan.casting.server != nil, let ours, let party = ours.party {
            return .error(
                reason: "Client \(party), which the harness plays, is at fault itself (\(ours.check)): "
                    + "\(ours.observed). This shows nothing of the system under test.")
        }
        return .judged(interop: assessed.interop, conformance: assessed.conformance)
    }

    /// That nobody sends the system messages which the case needs, since only an operator can.
    private func unprovided(for testCase: TestCase) -> String? {
        guard plan.casting.server != nil, plan.casting.preconditions[.systemMessage] == nil else { return nil }
        let step = testCase.procedure.first { step in
            if case .announce = step.action { true } else { false }
        }
        return step.map { step in
            "Nobody sends the system message of step \(step.label) unless the description of the system says who: "
                + "“preconditions: { system-message: … }”."
        }
    }

    /// What to do about a system that cannot be reached.
    private var adviceOnReach: String {
        plan.system.map { "See what “parley doctor --sut \($0.argument)” says." }
            ?? "See that it runs, and whether it is where --server says."
    }

    /// Stores the capture; one that cannot be stored is an error of the environment, and the findings stay.
    private func keep(_ evidence: CaseEvidence, of result: inout CaseResult) {
        let path = "\(result.folder)/capture.pcapng"
        do {
            try destination.store(evidence.capture, at: path)
            for other in evidence.others { try destination.store(other.bytes, at: "\(result.folder)/\(other.name)") }
            result.capture = path
        } catch {
            result.outcome = .error(reason: Self.words(for: error))
        }
    }

    private static func words(for error: any Error) -> String {
        switch error {
        case let error as TransportError where error.cause == .addressInUse && error.point != nil:
            let point = error.point.map { "\($0.address) (\($0.transport.rawValue.uppercased()))" } ?? ""
            return "\(point) is used by another program; end it, or use other addresses with --block."
        case let error as HarnessError: return error.message
        default: return "\(error)"
        }
    }

    /// A seed of its own for every attempt at every case, which does not depend on the selection or the order.
    private static func seed(_ seed: UInt64, _ id: String, _ attempt: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: seed ^ hash &+ UInt64(attempt))
        return generator.next()
    }
}
