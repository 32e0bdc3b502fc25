import Actors
import Conformance
import Execution
import Network
import ReferenceServer
import Reporting

/// How the cases of a run are to be executed, as the options say.
struct RunPlan: Sendable {
    static let options = [
        Option("--simulated", nil, "Execute in virtual time over a network in memory, without sockets."),
        Option("--server", "HOST:PORT", "Test the system at this address instead of the embedded server."),
        Option("--clients", "IP,IP…", "The addresses of clients A, B… on this machine (default: on loopback)."),
        Option("--domain", "NAME", "The domain of the users (default: parley.example)."),
        Option("--transport", "udp|tcp", "How the clients reach the server (default: udp)."),
        Option("--routing", "MODE", "The embedded server's sessions: back-to-back or record-route."),
        Option("--seed", "N", "Repeat a run: every identifier comes from this number."),
        Option("--repeat-each", "N", "Execute each case this often (default: 1)."),
        Option("--workers", "N", "How many cases to execute at once (default: 1)."),
        Option("--order", "ORDER", "Begin cases as declared, reversed, or random."),
        Option("--skip", "PATTERN", "Leave these cases out; may be given several times."),
        Option("--disturb", "PERCENT", "With --simulated: lose, double and reorder this share of datagrams."),
        Option("--defect", "PARTY:NAME", "Make the server or a client wrong on purpose; “list” shows the names."),
        Option("--capture", "all|off", "Whether to keep captures (default: all)."),
        Option("--capture-source", "SOURCE", "Capture by actors, by libpcap, or by both (default: both)."),
        Option("--interface", "NAME", "Where to capture (default: lo, or any for another server)."),
        Option("--timeout", "SECONDS", "How long a step may take (default: 10)."),
        Option("--allow-inconclusive", nil, "Do not let inconclusive cases change the exit status."),
        Option("--min-executed", "N", "Ask for at least so many executed cases (default: 1)."),
        Option("--max-failures", "N", "Begin nothing more after so many failures."),
    ]

    enum Transport: String, CaseIterable {
        case udp
        case tcp
    }

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
    let conditions: NetworkConditions
    let patience: Stage.Patience
    let serverDefects: Set<ServerDefect>
    let clientDefects: [PartyName: Set<ClientDefect>]
    let capture: Keeping
    let captureSource: CaptureSource
    let mostFailures: Int?
    /// The interface on which the wire is captured.
    let interface: String
    let systemUnderTest: String

    init(_ arguments: Arguments) throws(UsageError) {
        isSimulated = arguments.has("--simulated")
        seed = UInt64(try arguments.number("--seed", in: 0...Int.max) ?? Int.random(in: 0...999_999_999))
        repetitions = try arguments.number("--repeat-each", in: 1...10_000_000) ?? 1
        workers = try arguments.number("--workers", in: 1...200) ?? 1
        order = try arguments.choice("--order", of: Campaign.Order.self) ?? .declared
        capture = try arguments.choice("--capture", of: Keeping.self) ?? .all
        captureSource = try arguments.choice("--capture-source", of: CaptureSource.self) ?? .both
        mostFailures = try arguments.number("--max-failures", in: 1...Int.max)
        let seconds = try arguments.number("--timeout", in: 1...3600) ?? 10
        patience = Stage.Patience(step: .seconds(seconds), quiet: .seconds(3))
        var options = CastingOptions()
        if let text = arguments.value("--server") {
            guard !arguments.has("--simulated") else {
                throw UsageError("--server needs real sockets; leave --simulated out.")
            }
            guard let address = SocketAddress(text) else {
                throw UsageError("--server takes an IP address and a port, such as 192.0.2.7:5060, not “\(text)”.")
            }
            options.server = address
        }
        options.clients = try Self.clients(arguments.value("--clients"))
        if let server = options.server, !server.address.isLoopback, options.clients.isEmpty {
            throw UsageError(
                "A server that is not on loopback needs clients that it can reach: add --clients IP,IP… with one "
                    + "address of this machine for each.")
        }
        guard options.clients.isEmpty || workers == 1 else {
            throw UsageError("With --clients there is one address for each client, and so one worker.")
        }
        if let domain = arguments.value("--domain") { options.domain = domain }
        options.transport = try arguments.choice("--transport", of: Transport.self) == .tcp ? .tcp : .udp
        options.sessionRouting =
            try arguments.choice("--routing", of: Routing.self) == .recordRoute ? .recordRoute : .backToBack
        casting = options
        let isHere = options.server?.address.isLoopback ?? true
        interface = arguments.value("--interface") ?? (isHere ? "lo" : "any")
        systemUnderTest = options.server.map { "the system at \($0)" } ?? "the embedded reference server"
        let percent = try arguments.number("--disturb", in: 0...50)
        guard percent == nil || arguments.has("--simulated") else {
            throw UsageError("--disturb needs --simulated: a real network is disturbed by itself.")
        }
        conditions = percent.map { .disturbed(Double($0) / 100) } ?? .perfect
        (serverDefects, clientDefects) = try Self.defects(arguments.values("--defect"))
        guard serverDefects.isEmpty || options.server == nil else {
            throw UsageError("A defect of the server needs the embedded server; leave --server out.")
        }
    }

    private static func clients(_ text: String?) throws(UsageError) -> [IPAddress] {
        var addresses: [IPAddress] = []
        for part in (text ?? "").split(separator: ",") {
            guard let address = IPAddress(String(part)), !addresses.contains(address) else {
                throw UsageError("--clients takes different IP addresses with commas between, not “\(text ?? "")”.")
            }
            addresses.append(address)
        }
        return addresses
    }

    /// Whether a second witness captures on the wire.
    var capturesWire: Bool { !isSimulated && capture == .all && captureSource != .actors }

    private static func defects(
        _ texts: [String]
    ) throws(UsageError) -> (Set<ServerDefect>, [PartyName: Set<ClientDefect>]) {
        var server: Set<ServerDefect> = []
        var clients: [PartyName: Set<ClientDefect>] = [:]
        for text in texts {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw UsageError("--defect takes a party and a name, such as server:textAltered or A:ackNeverSent.")
            }
            if parts[0] == "server" {
                guard let defect = ServerDefect(rawValue: parts[1]) else {
                    let known = ServerDefect.allCases.map(\.rawValue)
                    throw UsageError(Arguments.unknown(parts[1], among: known, what: "defect of the server"))
                }
                server.insert(defect)
            } else {
                guard let defect = ClientDefect(rawValue: parts[1]) else {
                    let known = ClientDefect.allCases.map(\.rawValue)
                    throw UsageError(Arguments.unknown(parts[1], among: known, what: "defect of a client"))
                }
                clients[PartyName(parts[0]), default: []].insert(defect)
            }
        }
        return (server, clients)
    }
}

extension SocketAddress {
    /// The address and port that the text writes: `192.0.2.7:5060` or `[2001:db8::7]:5060`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(String(host)) else { return nil }
        self.init(address, port: port)
    }
}

/// What the options ask of a run besides its verdicts.
enum RunGate {
    static func read(_ arguments: Arguments) throws(UsageError) -> ExitCode.Gate {
        var gate = ExitCode.Gate()
        gate.allowsInconclusive = arguments.has("--allow-inconclusive")
        gate.leastExecuted = try arguments.number("--min-executed", in: 0...Int.max) ?? 1
        return gate
    }
}
