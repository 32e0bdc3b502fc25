import Actors
import Conformance
import Execution
import Foundation
import Network
import ReferenceServer
import Reporting

/// How the cases of a run are to be executed, as the options say.
struct RunPlan: Sendable {
    static let options: [Option] =
        [
            Option("--simulated", nil, "Execute in virtual time over a network in memory, without sockets."),
            SystemFolder.option,
            StatementSource.option,
        ] + SystemPlace.options + [
            Option("--clients", "IP,IP…", "Where clients A, B… live on this machine (default: at loopback addresses)."),
            Option("--domain", "NAME", "The domain of the users (default: parley.example)."),
            Option(
                "--user", "CLIENT=URI",
                "The IM Address of a client, A=sip:ann@example.com (default: that of its account, or made up)."),
            Option(
                "--account", "CLIENT=NAME:PASSWORD",
                "What a client proves who it is by, A=ann:secret, or with env:VARIABLE or file:PATH as password; or with "
                    + "sim-env:VARIABLE or sim-file:PATH for the keys of a SIM card. The embedded server asks for it "
                    + "where all clients have one."),
            Option("--block", "N", "Take the loopback addresses from 127.0.N.10 on (default: 0)."),
            Option(
                "--transport", "udp|tcp|tls", "How the clients reach the server (default: as its records say, or udp)."),
            Option("--routing", "MODE", "The embedded server's sessions: back-to-back (default) or record-route."),
            Option("--seed", "N", "Repeat a run: every identifier comes from this number."),
            Option("--repeat-each", "N", "Execute each case this often (default: 1)."),
            Option("--workers", "N", "How many cases to execute at once (default: 1; simulated, one a processor)."),
            Option("--order", "ORDER", "Begin cases as declared (default), reversed, or random."),
            Option("--skip", "PATTERN", "Leave these cases out; may be given several times."),
            Option("--disturb", "PERCENT", "With --simulated: lose, double and reorder this share of datagrams."),
            Option("--defect", "PARTY:NAME", "Make the server or a client wrong on purpose; see “list --defects”."),
            Option("--capture", "all|off", "Whether to keep captures (default: all)."),
            Option("--capture-source", "SOURCE", "Capture by actors, by libpcap, or by both (default: both)."),
            Option("--interface", "NAME", "Where to capture (default: lo, or any for another server)."),
            Option("--timeout", "SECONDS", "How long a step may take (default: 10)."),
            Option("--time-budget", "SECONDS", "Begin nothing more after this time."),
            Option("--max-failures", "N", "Begin nothing more after so many failures."),
            Option("--allow-inconclusive", nil, "Do not let inconclusive cases change the exit status."),
            Option("--min-executed", "N", "Ask for at least so many executed cases (default: 1)."),
        ] + RealClientPlan.options

    enum Routing: String, CaseIterable {
        case backToBack = "back-to-back"
        case recordRoute = "record-route"
    }

    enum CaptureSource: String, CaseIterable, Sendable {
        case actors
        case libpcap
        case both
    }

    enum Keeping: String, CaseIterable, Sendable {
        case all
        case off
    }

    let isSimulated: Bool
    let seed: UInt64
    let repetitions: Int
    let workers: Int
    let order: Campaign.Order
    let casting: CastingOptions
    /// The system under test, where it is described.
    let system: SystemFolder?
    /// The blocks of loopback addresses that the workers use, one each.
    let blocks: ClosedRange<UInt8>
    let conditions: NetworkConditions
    let patience: Stage.Patience
    /// What the operator of the system has done for a case, where hooks do that.
    let hooks: SystemHooks?
    let serverDefects: Set<ServerDefect>
    let clientDefects: [PartyName: Set<ClientDefect>]
    let capture: Keeping
    let captureSource: CaptureSource
    let mostFailures: Int?
    let timeBudget: Duration?
    let gate: ExitCode.Gate
    /// The interface on which the wire is captured.
    let interface: String
    let systemUnderTest: String
    /// The clients that nobody here plays, where there are some.
    let real: RealClientPlan?

    /// The plan that the options make for a system that may be described, and for cases that need these clients.
    init(_ arguments: Arguments, system: SystemFolder?, clients: Set<PartyName>) throws {
        isSimulated = arguments.has("--simulated")
        seed = UInt64(try arguments.number("--seed", in: 0...Int.max) ?? Int.random(in: 0...999_999_999))
        repetitions = try arguments.number("--repeat-each", in: 1...10_000_000) ?? 1
        workers =
            try arguments.number("--workers", in: 1...200)
            ?? (isSimulated ? min(ProcessInfo.processInfo.activeProcessorCount, 200) : 1)
        // In memory nobody is in anybody's way.
        let slots = isSimulated ? 1 : workers
        let block = try arguments.number("--block", in: 0...(256 - slots)) ?? 0
        blocks = UInt8(block)...UInt8(block + slots - 1)
        order = try arguments.choice("--order", of: Campaign.Order.self) ?? .declared
        capture = try arguments.choice("--capture", of: Keeping.self) ?? .all
        captureSource = try arguments.choice("--capture-source", of: CaptureSource.self) ?? .both
        mostFailures = try arguments.number("--max-failures", in: 1...Int.max)
        timeBudget = try arguments.number("--time-budget", in: 0...31_536_000).map { .seconds($0) }
        gate = try Self.gate(arguments)
        self.system = system
        guard system == nil || !isSimulated else {
            throw UsageError("--sut needs real sockets; leave --simulated out.")
        }
        let seconds = try arguments.number("--timeout", in: 1...3600) ?? system?.system.stepTimeout ?? 10
        real = try RealClientPlan(arguments, clients: clients)
        patience = Stage.Patience(
            step: .seconds(seconds), quiet: .seconds(3), user: .seconds(real?.patience ?? RealClientPlan.usualPatience))
        var casting = try CastingOptions(arguments, system: system?.system, clients: clients, slots: slots)
        if let real {
            guard !isSimulated, casting.server == nil, workers == 1 else {
                throw UsageError(
                    "Real clients find the embedded server at one place, in real time and one case after the other: "
                        + "leave --simulated, --server, --sut and --workers out.")
            }
            try casting.admit(real, clients: clients, seed: seed)
        }
        self.casting = casting
        hooks = try system.flatMap { folder throws(UsageError) in
            try SystemHooks(folder.system, arguments, seconds: seconds)
        }
        interface = arguments.value("--interface") ?? casting.interface
        systemUnderTest =
            system.map { "\($0.system.name) at \(casting.placeOfSystem)" }
            ?? casting.server.map { _ in "the system at \(casting.placeOfSystem)" } ?? real?.words
            ?? "the embedded reference server"
        let percent = try arguments.number("--disturb", in: 0...50)
        guard percent == nil || isSimulated else {
            throw UsageError("--disturb needs --simulated: a real network is disturbed by itself.")
        }
        conditions = percent.map { .disturbed(Double($0) / 100) } ?? .perfect
        (serverDefects, clientDefects) = try Self.defects(arguments.values("--defect"), clients: clients)
        guard serverDefects.isEmpty || casting.server == nil else {
            throw UsageError("A defect of the server needs the embedded server; leave --server and --sut out.")
        }
    }

    /// Who is wrong on purpose and how, or nil when nobody is.
    var defectsInWords: String? {
        let clients = clientDefects.sorted { $0.key < $1.key }.map { client, defects in
            (client.description, defects.map(\.rawValue))
        }
        let all = [("the server", serverDefects.map(\.rawValue))].filter { !$0.1.isEmpty } + clients
        guard !all.isEmpty else { return nil }
        return all.map { "Wrong on purpose is \($0): \($1.sorted().joined(separator: ", "))." }.joined(separator: " ")
    }

    /// Whether a second witness captures on the wire.
    var capturesWire: Bool { !isSimulated && capture == .all && captureSource != .actors }

    private static func gate(_ arguments: Arguments) throws(UsageError) -> ExitCode.Gate {
        var gate = ExitCode.Gate()
        gate.allowsInconclusive = arguments.has("--allow-inconclusive")
        gate.leastExecuted = try arguments.number("--min-executed", in: 0...Int.max) ?? 1
        return gate
    }

    private static func defects(
        _ texts: [String], clients: Set<PartyName>
    ) throws(UsageError) -> (Set<ServerDefect>, [PartyName: Set<ClientDefect>]) {
        var server: Set<ServerDefect> = []
        var defects: [PartyName: Set<ClientDefect>] = [:]
        for text in texts {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw UsageError(
                    "--defect takes a party and a name, such as server:textAltered or A:ackNeverSent, not “\(text)”.")
            }
            if parts[0] == "server" {
                server.insert(try defect(parts[1], of: "the server"))
            } else {
                let client = try PartyName(client: parts[0], among: clients, option: "--defect")
                defects[client, default: []].insert(try defect(parts[1], of: "a client"))
            }
        }
        return (server, defects)
    }

    private static func defect<Defect: RawRepresentable & CaseIterable>(
        _ name: String, of whom: String
    ) throws(UsageError) -> Defect where Defect.RawValue == String {
        if let defect = Defect(rawValue: name) { return defect }
        let known = Defect.allCases.map(\.rawValue)
        let hint = Arguments.nearest(to: name, among: known).map { "did you mean “\($0)”?" }
        throw UsageError(
            "Unknown defect of \(whom) “\(name)”; \(hint ?? "“parley list --defects” shows them all.")")
    }
}
