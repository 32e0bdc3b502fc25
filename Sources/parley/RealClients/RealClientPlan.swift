import Actors
import Authentication
import Bytes
import Conformance
import Execution
import Network
import ReferenceServer

/// Which clients nobody here plays, and who works them, as the options say.
struct RealClientPlan: Sendable {
    static let options = [
        Option(
            "--real", "CLIENT",
            "Test the real client that takes the part of A, B…; may be given several times. Its steps are asked for."),
        Option("--listen", "ADDRESS[:PORT]", "Where real clients reach the embedded server (default: 127.0.N.10)."),
        Option("--driver", "COMMAND", "Let this program work the real clients, not a person; see docs/driver.md."),
        Option("--patience", "SECONDS", "How long a step of a real client may take (default: 120)."),
    ]

    static let usualPatience = 120

    let clients: Set<PartyName>
    /// Where the server listens, port 0 standing for the usual one; nil for a loopback address.
    let listening: SocketAddress?
    let driver: String?
    /// How long a step may take, in seconds.
    let patience: Int

    /// What the options say; nil where every client is simulated.
    init?(_ arguments: Arguments, clients: Set<PartyName>) throws(UsageError) {
        let names = Self.clients(arguments)
        guard !names.isEmpty else {
            let others = ["--listen", "--driver", "--patience"]
            if let name = others.first(where: { arguments.value($0) != nil }) {
                throw UsageError("\(name) needs a real client: add --real A.")
            }
            return nil
        }
        for name in names.sorted() { _ = try PartyName(client: name.description, among: clients, option: "--real") }
        self.clients = names
        listening = try arguments.value("--listen").map { text throws(UsageError) in
            guard let address = SocketAddress(text, defaultPort: 0),
                address.address.bytes.contains(where: { $0 != 0 })
            else {
                throw UsageError("--listen takes an address of this machine, such as 192.0.2.7:5060, not “\(text)”.")
            }
            return address
        }
        driver = arguments.value("--driver")
        patience = try arguments.number("--patience", in: 1...86_400) ?? Self.usualPatience
    }

    /// The clients that `--real` names, whether the cases have them or not.
    static func clients(_ arguments: Arguments) -> Set<PartyName> {
        Set(arguments.values("--real").flatMap { $0.split(separator: ",").map { PartyName(String($0)) } })
    }

    /// What is tested, in words.
    var words: String {
        let names = clients.sorted().map(\.description).joined(separator: ", ")
        return clients.count == 1 ? "the real client \(names)" : "the real clients \(names)"
    }
}

extension CastingOptions {
    /// Makes room for real clients: the embedded server where they reach it, and passwords for all where they have some.
    mutating func admit(_ real: RealClientPlan, clients: Set<PartyName>, seed: UInt64) throws(UsageError) {
        guard self.clients.isEmpty else {
            throw UsageError("The simulated clients live on loopback where others are real; leave --clients out.")
        }
        if let listening = real.listening {
            guard !listening.address.isIPv6 else {
                throw UsageError("The simulated clients live on loopback by IPv4; give --listen such an address.")
            }
            guard sessionRouting == .backToBack || listening.address.isLoopback else {
                throw UsageError(
                    "With --routing record-route clients reach each other, and the simulated ones live on loopback: leave "
                        + "it or --listen out.")
            }
            self.listening = listening.address
            switch (listening.port, transport) {
            case (0, _): break
            case (let port, .tls): tlsPort = port
            case (let port, .udp), (let port, .tcp): sipPort = port
            }
            guard ![msrpPort, xcapPort].contains(listening.port) else {
                throw UsageError("Port \(listening.port) is needed for another protocol; choose another with --listen.")
            }
        }
        for client in real.clients { realAddresses[client] = [] }
        let withoutAccount = real.clients.filter { accounts[$0] == nil }
        guard withoutAccount.count < real.clients.count else { return }
        guard withoutAccount.isEmpty else {
            let names = withoutAccount.sorted().map(\.description).joined(separator: ", ")
            throw UsageError("Where one real client has a password all need one: add --account for \(names).")
        }
        var generator = SeededGenerator(seed: seed)
        for client in clients.sorted() where accounts[client] == nil {
            accounts[client] = IMClient.Account(
                username: client.description, password: generator.token(length: 20))
        }
    }
}

extension IMClient.Account {
    /// The password; nil for an account of a SIM card.
    var password: String? {
        switch secret {
        case .password(let password): password
        case .subscriber: nil
        }
    }
}
