import Authentication
import Conformance
import Foundation
import Network
import ReferenceServer
import Reporting
import Storage
import Transport

/// `parley serve`: the reference server alone, for clients of others.
enum ServeCommand {
    static let command = Command(
        name: "serve", summary: "Run the reference server alone, for other clients.", operands: "",
        options: [
            Option("--address", "IP", "Where to listen (default: 127.0.0.1)."),
            Option("--domain", "NAME", "The home domain (default: parley.example)."),
            Option("--sip-port", "N", "The port of SIP over UDP and TCP (default: 5060; over TLS 5061)."),
            Option("--msrp-port", "N", "The port of MSRP (default: 2855)."),
            Option("--xcap-port", "N", "The port of XCAP (default: 8080)."),
            Option(
                "--account", "USER=PASSWORD",
                "Ask USER@NAME for the password, and all others too; may be given several times. With sim-env:VARIABLE or "
                    + "sim-file:PATH in its place ask a SIM card (AKAv1-MD5), whose keys are there: k=… opc=… or op=…."),
            Option("--challenge", "WHAT", "What needs a password: registrations (default) or all."),
            Option("--algorithm", "NAME", "Of the challenges: MD5 or SHA-256 (default: both)."),
            Option("--tls", nil, "Speak all three over TLS alone, with a certificate made for this run."),
            Option("--tls-ca-file", "FILE", "With --tls: write the certificate there that clients have to trust."),
            Option("--tls-certificate", "FILE", "Speak all three over TLS alone, with this certificate (PEM)."),
            Option("--tls-key", "FILE", "The private key of the certificate (PEM)."),
            Option("--tls-client-ca", "FILE", "Let only clients in with a certificate of these authorities (PEM)."),
            Option(
                "--store", "FILE",
                "Keep deferred messages, conversations and documents there, also from one run to the next."),
            Option("--status-port", "N", "Show what the server has at http://127.0.0.1:N/."),
            Option("--seed", "N", "Every identifier of the server comes from this number."),
        ],
        notes: """
            The server runs until SIGINT or SIGTERM, ends its sessions, and exits with 0;
            a second signal ends it at once. Without --store it forgets everything. It
            exits with 4 when it cannot listen or cannot keep what it has to.

            Examples:
              parley serve
              parley serve --address 192.0.2.7 --domain example.com --account ann=secret
              parley serve --tls --tls-ca-file ca.pem
            """
    ) { arguments in
        var configuration = try configuration(arguments)
        let security = try ServerSecurity(arguments, domain: configuration.domain, address: configuration.address)
        configuration.certificate = security?.fingerprint
        configuration.admittedClients = security?.admittedClients ?? .anybody
        let statusPort = try port("--status-port", arguments)
        let store = try store(arguments)
        // Identifiers of an earlier run must not come again where something bears them still.
        guard store == nil || arguments.value("--seed") == nil else {
            throw UsageError("With --store every run has identifiers of its own; leave --seed out.")
        }
        let seed = try arguments.number("--seed", in: 0...Int.max) ?? Int.random(in: 0...Int.max)
        let interruption = Interruption(announcing: nil)
        do {
            let service = try ReferenceService(
                configuration, seed: UInt64(seed), store: store, statusPort: statusPort, security: security?.context)
            Terminal.print(description(of: configuration, statusPort: statusPort))
            try service.run(until: { interruption.request != nil })
        } catch let error as TransportError {
            throw HarnessError("\(error)")
        } catch let error as StorageError {
            throw HarnessError("\(error)")
        }
        return .success
    }

    /// Where to keep things; the folder has to be there.
    private static func store(_ arguments: Arguments) throws -> String? {
        guard let path = arguments.value("--store") else { return nil }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw HarnessError(
                "There is no folder “\(folder)” for the store “\(path)”; make it, or name another place.")
        }
        return path
    }

    private enum Challenge: String, CaseIterable {
        case registrations
        case all
    }

    private static func configuration(_ arguments: Arguments) throws(UsageError) -> ReferenceServer.Configuration {
        let text = arguments.value("--address") ?? "127.0.0.1"
        guard let address = IPAddress(text) else {
            throw UsageError("The option --address takes an IP address of this machine, not “\(text)”.")
        }
        let domain = arguments.value("--domain") ?? "parley.example"
        guard !domain.isEmpty, domain.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-.[]:".contains($0)) })
        else { throw UsageError("The option --domain takes the name of a domain, not “\(domain)”.") }
        var configuration = ReferenceServer.Configuration(domain: domain, address: address)
        let isSecured = arguments.has("--tls") || arguments.value("--tls-certificate") != nil
        configuration.sipPort = try port("--sip-port", arguments) ?? (isSecured ? 5061 : configuration.sipPort)
        configuration.msrpPort = try port("--msrp-port", arguments) ?? configuration.msrpPort
        configuration.xcapPort = try port("--xcap-port", arguments) ?? configuration.xcapPort
        let ports = [configuration.sipPort, configuration.msrpPort, configuration.xcapPort]
        guard Set(ports).count == ports.count else { throw UsageError("SIP, MSRP and XCAP need a port each.") }
        configuration.authentication = try authentication(arguments, domain: domain)
        return configuration
    }

    private static func port(_ name: String, _ arguments: Arguments) throws(UsageError) -> UInt16? {
        try arguments.number(name, in: 1...65_535).map { UInt16($0) }
    }

    private static func authentication(
        _ arguments: Arguments, domain: String
    ) throws(UsageError) -> AuthenticationPolicy? {
        var accounts: [AuthenticationPolicy.Account] = []
        for text in arguments.values("--account") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("The option --account takes a user, “=” and a password, not “\(text)”.")
            }
            var secret = AccountSecret.password(parts[1])
            if let place = SystemProfile.Secret(simOption: parts[1]) {
                let keys = try place.value(of: parts[0], namedBy: "--account")
                secret = .subscriber(try SubscriberModule(keys: keys, of: parts[0]).milenage)
            }
            // Users of SIM cards have names in a domain, as 3GPP TS 23.003 §13.3 wants them.
            let user = parts[0].contains("@") ? parts[0] : "\(parts[0])@\(domain)"
            accounts.append(.init(username: parts[0], secret: secret, identities: ["sip:\(user)"]))
        }
        let challenge = try arguments.choice("--challenge", of: Challenge.self)
        let algorithm = try arguments.choice("--algorithm", of: DigestAlgorithm.self)
        guard algorithm != .akaV1MD5 else {
            throw UsageError("AKAv1-MD5 is for SIM cards, and for them alone: --account USER=sim-file:PATH.")
        }
        guard !accounts.isEmpty else {
            guard challenge == nil, algorithm == nil else {
                throw UsageError("--challenge and --algorithm need at least one --account.")
            }
            return nil
        }
        var terms = DigestVerifier.Terms(realm: domain)
        if let algorithm { terms.algorithms = [algorithm] }
        return AuthenticationPolicy(
            terms: terms, accounts: accounts, scope: challenge == .all ? .allRequests : .registrations)
    }

    private static func description(
        of configuration: ReferenceServer.Configuration, statusPort: UInt16?
    ) -> String {
        let names: [(ServiceFunction, String)] = [
            (.conferenceFactory, "conferences"), (.exploder, "lists"), (.deferredMessages, "deferred"),
            (.conversationHistory, "history"), (.deletion, "deletion"),
        ]
        let passwords = configuration.authentication == nil ? "none are asked for" : "are asked for"
        let lines = [
            ("domain", configuration.domain),
            ("SIP", "\(configuration.sipAddress), \(configuration.certificate == nil ? "UDP and TCP" : "TLS")"),
            ("MSRP", "\(configuration.msrpAddress)\(configuration.certificate == nil ? "" : ", TLS")"),
            ("XCAP", "\(configuration.xcapURL)/"),
            ("passwords", passwords),
        ]
        let services = names.map { ($1, $0.uri(in: configuration.domain)) }
        let page = statusPort.map { [("status page", "http://\(ReferenceService.statusAddress(port: $0))/")] } ?? []
        let table = (lines + services + page).map { "  " + $0.0.padded(to: 14) + $0.1 }
        return (["The reference server listens; SIGINT or SIGTERM ends it."] + table).joined(separator: "\n")
    }
}
