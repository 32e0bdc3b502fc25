package import Conformance
import Network

/// A file that describes a system under test, read: what it says, or what is wrong with it.
package struct SystemFile: Sendable {
    /// nil where a message is an error.
    package let system: SystemProfile?
    /// By place.
    package let messages: [LintMessage]

    package init(_ file: SourceFile) {
        let checked = CheckedFile(file, SystemLanguage.system)
        guard let fields = checked.fields else {
            (system, messages) = (nil, checked.messages)
            return
        }
        var reader = SystemReader()
        let read = reader.system(fields)
        system = reader.messages.isEmpty ? read : nil
        messages = reader.messages.sorted(by: LintMessage.precedes)
    }
}

/// Takes the description of a system out of a file whose form is right.
private struct SystemReader {
    var messages: [LintMessage] = []

    mutating func system(_ fields: Fields) -> SystemProfile? {
        guard let server = place(fields.required("server")) else { return nil }
        var system = SystemProfile(name: fields.text("name"), server: server, domain: fields.text("domain"))
        system.transport = fields.optional("transport").flatMap { TransportProtocol(rawValue: $0.text) }
        system.proxy = fields.optional("proxy").flatMap { place($0) }
        if let node = fields.optional("name-server") {
            system.nameServer = SocketAddress(node.text, defaultPort: 53)
            if system.nameServer == nil { complain(.badValue, node, "“\(node.text)” is no IP address with a port") }
        }
        if let place = fields.optional("tls") { system.tls = tls(fields.fields("tls"), at: place) }
        var parties: Set<PartyName> = []
        var owners: [IPAddress: PartyName] = [:]
        for client in fields.mappings("clients") {
            let party = PartyName(client.text("client"))
            if !parties.insert(party).inserted {
                complain(.duplicate, client.required("client"), "Client \(party) is there twice")
            }
            system.clients.append(self.client(party, client))
            guard let address = system.clients.last?.address else { continue }
            if let owner = owners[address], owner != party {
                complain(
                    .duplicate, client.required("address"),
                    "Client \(owner) has \(address) too; clients are told apart by their addresses, so give each its own"
                )
            }
            owners[address] = owners[address] ?? party
        }
        if fields.optional("functions") != nil {
            let functions = fields.fields("functions")
            for function in SystemProfile.Function.allCases {
                system.functions[function] = functions.optional(function.rawValue)?.text
            }
        }
        system.xcap = fields.optional("xcap").flatMap { root($0) }
        system.groups = fields.mappings("groups").map { .init(name: $0.text("name"), uri: $0.text("uri")) }
        system.stepTimeout = fields.optional("step-timeout").flatMap { Int($0.text) }
        system.deviations = Set(fields.texts("deviations").compactMap { Deviation(rawValue: $0) })
        if fields.optional("preconditions") != nil {
            let preconditions = fields.fields("preconditions")
            for precondition in Prerequisite.allCases where preconditions.optional(precondition.rawValue) != nil {
                let fields = preconditions.fields(precondition.rawValue)
                system.preconditions[precondition] = provisioning(fields)
                if precondition == .groups, system.preconditions[.groups] == .preprovisioned, system.groups.isEmpty {
                    complain(
                        .badValue, fields.required("by"),
                        "“by: preprovisioned” needs the URIs of the groups, each by its name in the test cases: add "
                            + "“groups: [{ name: IM Group 1, uri: \"sip:im-group-1@\(system.domain)\" }]”")
                }
            }
        }
        if let place = fields.optional("tls"), !system.mayBeSecured {
            complain(.badValue, place, "“tls” needs “transport: tls”, or XCAP or a hook by https")
        }
        return system
    }

    private func provisioning(_ fields: Fields) -> Provisioning {
        let way = fields.choice
        switch way {
        case "command": return .hook(.command(fields.text(way)))
        case "call": return .hook(.call(fields.text(way)))
        default: return fields.text(way) == "preprovisioned" ? .preprovisioned : .clients
        }
    }

    private mutating func client(_ party: PartyName, _ fields: Fields) -> SystemProfile.Client {
        var client = SystemProfile.Client(party: party, imAddress: fields.optional("user")?.text)
        if let node = fields.optional("address") {
            client.address = IPAddress(node.text)
            if client.address == nil { complain(.badValue, node, "“\(node.text)” is no IP address") }
        }
        if fields.optional("account") != nil {
            let account = fields.fields("account")
            let place = account.choice
            let secret: SystemProfile.Secret =
                place.hasSuffix("-file") ? .file(account.text(place)) : .environment(account.text(place))
            client.account = SystemProfile.Account(
                name: account.text("name"), place.hasPrefix("sim-") ? .subscriber : .password, in: secret,
                position: account.required(place).position)
        }
        return client
    }

    private mutating func tls(_ fields: Fields, at place: YAMLNode) -> SystemProfile.TLS {
        var tls = SystemProfile.TLS(
            authorities: fields.optional("ca")?.text, certificate: fields.optional("certificate")?.text,
            key: fields.optional("key")?.text, name: fields.optional("name")?.text,
            xcapName: fields.optional("xcap-name")?.text,
            check: fields.optional("check").flatMap { .init(rawValue: $0.text) } ?? .full)
        for key in ["ca", "certificate", "key"] { tls.positions[key] = fields.optional(key)?.position }
        if (tls.certificate == nil) != (tls.key == nil) {
            complain(.badValue, place, "“certificate” and “key” go together")
        }
        return tls
    }

    private mutating func place(_ node: YAMLNode) -> HostPort? {
        if let place = HostPort(node.text) { return place }
        complain(.badValue, node, "“\(node.text)” is neither an IP address nor a name, with or without a port")
        return nil
    }

    private mutating func root(_ node: YAMLNode) -> SystemProfile.XCAPRoot? {
        let scheme: SystemProfile.WebScheme = node.text.hasPrefix("https:") ? .https : .http
        let rest = node.text.dropFirst("\(scheme.rawValue)://".count)
        let host = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(host.count)
        guard let place = HostPort(String(host)) else {
            complain(.badValue, node, "“\(host)” is neither an IP address nor a name, with or without a port")
            return nil
        }
        return .init(scheme: scheme, place: place, path: String(path.last == "/" ? path.dropLast() : path))
    }

    private mutating func complain(_ rule: LintRule, _ node: YAMLNode, _ text: String) {
        messages.append(LintMessage(rule, at: node.position, text))
    }
}

extension SystemProfile {
    /// Whether anything goes over TLS, or may do so when names have been looked up.
    fileprivate var mayBeSecured: Bool {
        let isFound = transport == nil && (proxy ?? server).address == nil
        let callsSecurely = preconditions.values.contains { $0.hook?.callsSecurely ?? false }
        return isFound || transport == .tls || xcap?.scheme == .https || callsSecurely
    }
}
