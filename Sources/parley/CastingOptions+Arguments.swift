import Actors
import Authentication
import Conformance
import Execution
import Network
import ReferenceServer

extension CastingOptions {
    /// Who plays where, as the options say; the clients are those that the selected cases need.
    ///
    /// A system that is described says it first; the options go before it.
    init(_ arguments: Arguments, system: SystemProfile?, clients: Set<PartyName>, slots: Int) throws {
        self.init()
        if let system { try read(system, clients: clients) }
        if let transport = try arguments.choice("--transport", of: TransportProtocol.self) {
            self.transport = transport
        }
        sessionRouting =
            try arguments.choice("--routing", of: RunPlan.Routing.self) == .recordRoute ? .recordRoute : .backToBack
        try readClients(arguments)
        if let place = try SystemPlace(arguments, system: system) {
            try reach(place)
            if let root = system?.xcap { try reach(root, by: place) }
            try checkReach(of: clients)
            try secure(SystemProfile.TLS(arguments, over: system?.tls), place)
            if arguments.value("--server") != nil, place.server.address == nil, place.server.port == nil {
                domain = place.server.host
            }
        }
        let secured = SystemProfile.TLS.options(in: arguments)
        if let option = secured.first {
            guard server != nil else {
                throw UsageError("\(option) needs a system that is tested: add --server or --sut.")
            }
            try checkUse(of: secured)
        }
        try readUsers(arguments, clients: clients)
        guard slots == 1 || imAddresses.isEmpty && self.clients.isEmpty else {
            throw UsageError(
                "Where clients have addresses or users of their own there is one of each, and so one worker.")
        }
    }

    private mutating func readUsers(_ arguments: Arguments, clients: Set<PartyName>) throws(UsageError) {
        for (client, text) in try arguments.assignments("--user") {
            guard let host = text.split(separator: "@", maxSplits: 1).last, text.contains("@"),
                text.hasPrefix("sip:"), !host.isEmpty, !text.contains(where: \.isWhitespace)
            else {
                throw UsageError("--user \(client) takes a SIP URI, such as sip:ann@example.com, not “\(text)”.")
            }
            imAddresses[client] = text
            domain = String(host.prefix { $0 != ":" && $0 != ";" })
        }
        if let name = arguments.value("--domain") { domain = name }
        for (client, text) in try arguments.assignments("--account") {
            guard let option = AccountOption(text) else {
                throw UsageError("--account \(client) takes a name, “:” and a password, not “\(text)”.")
            }
            // Who is not played now needs no secret.
            guard clients.contains(client) else { continue }
            let secret: DigestResponder.Secret
            switch option.secret {
            case .card(let place):
                let keys = try place.value(of: client, namedBy: "--account")
                secret = .subscriber(try SubscriberModule(keys: keys, of: "\(client)"))
            case .password(let place): secret = .password(try place.value(of: client, namedBy: "--account"))
            case .literal(let password): secret = .password(password)
            }
            accounts[client] = IMClient.Account(username: option.name, secret: secret)
        }
        // A made-up address would be nobody's, or another's.
        for (client, account) in accounts where imAddresses[client] == nil {
            imAddresses[client] =
                account.username.contains("@") ? "sip:\(account.username)" : "sip:\(account.username)@\(domain)"
        }
    }

    private mutating func readClients(_ arguments: Arguments) throws(UsageError) {
        let text = arguments.value("--clients") ?? ""
        if !text.isEmpty { self.clients = [] }
        for part in text.split(separator: ",") {
            guard let address = IPAddress(String(part)), !self.clients.contains(address) else {
                throw UsageError("--clients takes different IP addresses with commas between, not “\(text)”.")
            }
            self.clients.append(address)
        }
    }
}

extension Arguments {
    /// The values of an option that assigns something to clients, in the order in which they were given; like surplus
    /// addresses those of clients whom no selected case has do no harm.
    func assignments(_ name: String) throws(UsageError) -> [(client: PartyName, value: String)] {
        var assignments: [(PartyName, String)] = []
        for text in values(name) {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw UsageError("The option \(name) takes a client, “=” and a value, not “\(text)”.")
            }
            guard PartyName.played.contains(PartyName(parts[0])) else {
                let known = PartyName.played.map(\.description).joined(separator: ", ")
                throw UsageError("There is no client “\(parts[0])”, as \(name) says; there are \(known).")
            }
            assignments.append((PartyName(parts[0]), parts[1]))
        }
        return assignments
    }
}

extension PartyName {
    /// Those whom cases may have.
    fileprivate static let played = ["A", "B", "C", "D"].map { PartyName($0) }

    /// The client of that name, which the selected cases must have.
    init(client name: String, among clients: Set<PartyName>, option: String) throws(UsageError) {
        self.init(name)
        guard clients.contains(self) else {
            let known = clients.isEmpty ? "none" : clients.sorted().map(\.description).joined(separator: ", ")
            throw UsageError("No selected case has a client “\(name)”, as \(option) says; there are \(known).")
        }
    }
}

extension SystemProfile.Secret {
    /// Where an option says that the keys of a SIM card are: `sim-env:VARIABLE` or `sim-file:PATH`; nil for a password.
    init?(simOption text: String) {
        guard text.hasPrefix("sim-") else { return nil }
        self.init(option: String(text.dropFirst("sim-".count)))
    }

    /// Where an option says that a password is: `env:VARIABLE` or `file:PATH`; nil where it is the password itself.
    init?(option text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("env", 2): self = .environment(parts[1])
        case ("file", 2): self = .file(parts[1])
        default: return nil
        }
    }
}
