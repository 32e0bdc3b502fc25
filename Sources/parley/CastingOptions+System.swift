import Actors
import Authentication
import Conformance
import Execution
import Foundation
import NameResolution
import Network

extension CastingOptions {
    /// Takes over who the users of a system under test are, and where its functions.
    mutating func read(_ system: SystemProfile, clients: Set<PartyName>) throws(UsageError) {
        domain = system.domain
        for client in system.clients {
            imAddresses[client.party] = client.imAddress
            if let account = client.account {
                accounts[client.party] = IMClient.Account(
                    username: account.name, secret: try account.secret(of: client.party))
            }
        }
        let addresses = system.clients.filter { clients.contains($0.party) }.sorted { $0.party < $1.party }
        self.clients = addresses.compactMap(\.address)
        guard self.clients.isEmpty || self.clients.count == clients.count else {
            let missing = clients.subtracting(addresses.filter { $0.address != nil }.map(\.party)).sorted()
            let names = missing.map(\.description).joined(separator: ", ")
            throw UsageError(
                input: "The system gives some clients an address, but none to \(names), whom the cases need.")
        }
        var services = Services(domain: system.domain)
        for (function, uri) in system.functions {
            switch function {
            case .conferenceFactory: services.conferenceFactory = uri
            case .exploder: services.exploder = uri
            case .deferredMessaging: services.deferredMessaging = uri
            case .conversationHistory: services.conversationHistory = uri
            case .deletion: services.deletion = uri
            }
        }
        deviations = system.deviations
        self.services = services
        preconditions = system.preconditions
        groups = Dictionary(system.groups.map { ($0.name, $0.uri) }) { first, _ in first }
    }

    /// Lets the clients read and store documents where they are said to be.
    mutating func reach(_ root: SystemProfile.XCAPRoot, by place: SystemPlace) throws {
        do throws(ResolutionError) {
            reach(root, at: try place.locations(by: root.locator))
        } catch {
            throw error.complaint(about: "The XCAP server")
        }
    }

    /// Lets the clients read and store documents at the first of these locations that speaks their IP.
    mutating func reach(_ root: SystemProfile.XCAPRoot, at found: [ServerLocator.Location]) {
        let address = preferred(of: found).address
        services?.xcap = Services.XCAPRoot(
            address: address, authority: root.place.description, path: root.path,
            identity: root.scheme == .https ? .name(root.place.host) : nil)
        if !otherAddresses.contains(address.address) { otherAddresses.append(address.address) }
    }

    /// Has the connections secured as is described, where they are to be.
    ///
    /// RFC 5922 §4: whoever is at the other end proves to be whom the topmost Route, or the Request-URI, names.
    mutating func secure(_ tls: SystemProfile.TLS?, _ place: SystemPlace) throws(UsageError) {
        let usesHTTPS = services?.xcap?.identity != nil
        guard isSecured else { return }
        if let tls {
            security = try CastingSecurity(tls)
            if usesHTTPS, let identity = tls.xcapIdentity { services?.xcap?.identity = identity }
        }
        if let proxy = place.proxy { security.expected = security.expected ?? .name(proxy.host) }
    }

    /// Refuses options about TLS where nothing is secured; hooks by https have a use for the authorities alone.
    func checkUse(of options: [String]) throws(UsageError) {
        let callsSecurely = preconditions.values.contains { $0.hook?.callsSecurely ?? false }
        guard !isSecured, let option = options.first(where: { !callsSecurely || $0 != "--tls-ca" }) else { return }
        throw UsageError("\(option) needs TLS: add --transport tls, or say so in the description.")
    }

    private var isSecured: Bool { transport == .tls || services?.xcap?.identity != nil }
}

extension SystemProfile.TLS {
    /// Who the XCAP server has to be; nil for whom its URL names.
    fileprivate var xcapIdentity: ExpectedPeer? {
        switch check {
        case .full: xcapName.map { .name($0) }
        case .authority: .trusted
        case .none: .anybody
        }
    }
}

extension SystemProfile.Account {
    /// The key under which the place of the secret stands, and where that is.
    private var source: String {
        let kind =
            switch proof {
            case .password: "password"
            case .subscriber: "sim"
            }
        let key =
            switch secret {
            case .environment: "\(kind)-variable"
            case .file: "\(kind)-file"
            }
        return "“\(key)”\(position.map { " (\($0))" } ?? "")"
    }

    fileprivate func secret(of client: PartyName) throws(UsageError) -> DigestResponder.Secret {
        let value = try secret.value(of: client, namedBy: source)
        switch proof {
        case .password: return .password(value)
        case .subscriber:
            return .subscriber(try SubscriberModule(keys: value, of: "\(client)"))
        }
    }
}

extension SystemProfile.Secret {
    /// The secret itself, which is never printed.
    func value(of client: some CustomStringConvertible, namedBy source: String) throws(UsageError) -> String {
        switch self {
        case .environment(let name):
            if let value = ProcessInfo.processInfo.environment[name], !value.isEmpty { return value }
            throw UsageError(
                input: "The secret of \(client) is to be in the variable \(name), which is not set; it is named by "
                    + "\(source).")
        case .file(let path):
            let file = NamedFile(path, namedBy: source)
            let data = try file.contents("The secret of \(client) is to be in “\(path)”, which")
            let line = String(decoding: data, as: UTF8.self).prefix { !$0.isNewline }
            guard !line.isEmpty else {
                throw UsageError(input: "The secret of \(client) is to be in “\(path)”, whose first line is empty.")
            }
            return String(line)
        }
    }
}
