import Assessment
import Conformance
import Foundation
import Network
import PacketCapture
import Reporting
import Scenarios

/// `parley judge`: the verdicts of captures, without sending anything.
enum JudgeCommand {
    static let command = Command(
        name: "judge", summary: "Judge captures (pcap, pcapng), without sending anything.", operands: "CAPTURE…",
        options: Suite.options + [SystemFolder.option] + Baseline.options + [
            Option("--case", "ID", "The test case that the captures show; Parley's own say it themselves."),
            Option("--map", "PARTY=WHO", "Who is who in a capture: A=sip:ann@example.com, server=192.0.2.7."),
            Option("--ordered", nil, "Datagrams kept their order where the capture was taken."),
        ] + ReportDestination.options,
        notes: """
            A capture that Parley wrote names its test case and its parties. Any other needs
            --case and, for every client and the server, --map; the address of a client that
            is given by its URI is taken from its requests in the capture. The description
            of a system (--sut) says it as well, and what its operator has seen to, and what
            it is known to do otherwise.

            Exit status: that of “parley run”, and 2 also when one of the captures cannot be
            judged; the others are.

            Examples:
              parley judge reports/latest/cases/IM-2.0-int-101/capture.pcapng
              parley judge field.pcap --case IM-2.0-int-201 --map A=sip:ann@example.com \\
                  --map B=sip:ben@example.com --map server=192.0.2.7
            """
    ) { arguments in
        guard !arguments.operands.isEmpty else { throw UsageError("Name at least one capture to judge.") }
        let suite = try Suite(reading: arguments, choosing: arguments.values("--case").map(SelectionPattern.init))
        let system = try SystemFolder(arguments)
        let bench = try Bench(arguments, suite, system?.system)
        let destination = try ReportDestination(arguments, seed: UInt64.random(in: 0...UInt64(UInt32.max)))
        let baseline = try Baseline(arguments, of: system)
        let progress = Progress(arguments, requirements: suite.library.catalogue.requirements)
        let started = Instant.now
        var results: [CaseResult] = []
        var code = ExitCode.success
        for path in arguments.operands {
            do throws(UsageError) {
                var (result, bytes) = try bench.judge(path)
                result.attempt += results.count { $0.testCase.id == result.testCase.id }
                baseline.mark(&result)
                keep(bytes, of: &result, in: destination)
                results.append(result)
                if result.wasExecuted { progress.note(result) }
            } catch {
                code = .usage
                Terminal.complain(error.message)
            }
        }
        guard !results.isEmpty else { return code }
        var run = RunResult(
            id: destination.id, mode: .judged, seed: nil, systemUnderTest: bench.systemUnderTest, started: started,
            elapsed: Instant.now - started, cases: results, requirements: suite.library.catalogue.requirements)
        run.remarks = [Deviation.words(for: system?.system.deviations ?? [])].compactMap(\.self)
        run.stale = baseline.stale(after: results, of: suite.library.ids)
        code = code == .usage ? code : ExitCode(run)
        let command = ["parley", "judge"] + CommandLine.arguments.dropFirst(2)
        do {
            try destination.write(run, environment: destination.environment(of: run, command: command), code: code)
        } catch {
            progress.finish(run, report: nil, command: nil)
            throw error
        }
        progress.finish(run, report: destination.indexPath, command: nil)
        return code
    }

    /// Copies the capture into the report; where that fails the verdicts stay, and the reason is told.
    private static func keep(_ bytes: [UInt8], of result: inout CaseResult, in destination: ReportDestination) {
        let path = "\(result.folder)/capture.pcapng"
        do {
            try destination.store(bytes, at: path)
            result.capture = path
        } catch {
            result.remarks.append((error as? HarnessError)?.message ?? error.localizedDescription)
        }
    }
}

extension Trace {
    /// Whether an address of the party sends or receives anything here.
    fileprivate func shows(_ party: Party) -> Bool {
        entries.contains { entry in
            party.addresses.contains(entry.source.address) || party.addresses.contains(entry.destination.address)
        }
    }
}

/// What captures are judged with: the suite, and what the user knows about them.
private struct Bench {
    private let suite: Suite
    /// The system that the captures show, where it is described.
    private let system: SystemProfile?
    private let mapping: CastMapping
    private let testCase: TestCase?
    private let keepsOrder: Bool

    var systemUnderTest: String { system.map { "\($0.name), as the captures show it" } ?? "what the captures show" }

    init(_ arguments: Arguments, _ suite: Suite, _ system: SystemProfile?) throws(UsageError) {
        self.suite = suite
        self.system = system
        mapping = try CastMapping(arguments.values("--map"), of: system)
        keepsOrder = arguments.has("--ordered")
        testCase = try arguments.value("--case").map { id throws(UsageError) in
            try suite.testCase(named: id)
        }
    }

    /// Reads the capture and judges what it shows.
    func judge(_ path: String) throws(UsageError) -> (CaseResult, [UInt8]) {
        let bytes = try Self.read(path)
        var trace: Trace
        do { trace = try Capture(parsing: bytes).trace() } catch { throw UsageError("“\(path)”: \(error)") }
        let deviations = system?.deviations ?? trace.deviations
        let testCase = try testCase(of: trace, path).adapted(to: deviations)
        let first = trace.entries.first?.time ?? trace.end
        var remarks = ["Judged from \(path)."] + trace.defects
        if system == nil { remarks += [Deviation.words(for: deviations)].compactMap(\.self) }
        if let impediment = testCase.impediment(of: deviations) {
            let result = CaseResult(
                testCase: testCase, outcome: .notApplicable(reason: impediment.words), cast: trace.cast, started: first,
                elapsed: trace.end - first, remarks: remarks)
            return (result, bytes)
        }
        if keepsOrder { trace.datagramsKeepOrder = true }
        trace.cast = try mapping.cast(for: trace, of: testCase, path: path)
        let strangers = trace.cast.parties.filter { !trace.shows($0) }.map(\.name.description)
        guard strangers.isEmpty else {
            throw UsageError(
                "“\(path)” has no packet of \(strangers.joined(separator: ", ")); correct the address with --map.")
        }
        let assessed = Assessor(testCase, of: system, recorded: deviations).assess(trace)
        if !trace.datagramsKeepOrder, assessed.interop == .inconclusive {
            remarks.append(
                "Datagrams may have overtaken each other, so later ones do not show that nothing else was on its way; "
                    + "if the capture was taken where they cannot, as on one host or one link, add --ordered.")
        }
        let result = CaseResult(
            testCase: testCase, outcome: .judged(interop: assessed.interop, conformance: assessed.conformance),
            findings: assessed.findings, messages: assessed.messages, cast: trace.cast, started: first,
            elapsed: trace.end - first, remarks: remarks)
        return (result, bytes)
    }

    private static func read(_ path: String) throws(UsageError) -> [UInt8] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw UsageError("There is no capture “\(path)”.")
        }
        guard !isDirectory.boolValue else {
            throw UsageError("“\(path)” is a folder; name the captures in it.")
        }
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw UsageError("The capture “\(path)” cannot be read: \(error.reason)")
        }
    }

    private func testCase(of trace: Trace, _ path: String) throws(UsageError) -> TestCase {
        if let testCase { return testCase }
        guard let id = trace.testCaseID else {
            throw UsageError("“\(path)” does not say which test case it shows; add --case ID.")
        }
        guard suite.library.ids.contains(id) else {
            throw UsageError("“\(path)” shows \(id), which is not in “\(suite.directory)”; add --case ID.")
        }
        return try suite.testCase(named: id)
    }
}
