import Actors
import Authentication
import Conformance
import Execution
import Foundation
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
        services.xcap = system.xcap.map { address in
            Services.XCAPRoot(
                address: address, path: system.xcapPath,
                identity: system.xcapScheme == .https ? .name(address.address.description) : nil)
        }
        for (function, uri) in system.functions {
            switch function {
            case .conferenceFactory: services.conferenceFactory = uri
            case .exploder: services.exploder = uri
            case .deferredMessaging: services.deferredMessaging = uri
            case .conversationHistory: services.conversationHistory = uri
            case .deletion: services.deletion = uri
            }
        }
        self.services = services
        groups = Dictionary(system.groups.map { ($0.name, $0.uri) }) { first, _ in first }
    }

    /// Has the connections secured as is described, where they are to be.
    ///
    /// RFC 5922 §4: whoever is at the other end proves to be whom the topmost Route, or the Request-URI, names.
    mutating func secure(_ tls: SystemProfile.TLS?, _ place: SystemPlace) throws(UsageError) {
        let usesHTTPS = services?.xcap?.identity != nil
        guard transport == .tls || usesHTTPS else { return }
        if let tls {
            security = try CastingSecurity(tls)
            if usesHTTPS, let identity = tls.xcapIdentity { services?.xcap?.identity = identity }
        }
        if let proxy = place.proxy { security.expected = security.expected ?? .name(proxy.host) }
    }
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
    fileprivate func secret(of client: PartyName) throws(UsageError) -> DigestResponder.Secret {
        let value = try secret.value(of: client)
        switch proof {
        case .password: return .password(value)
        case .subscriber:
            guard let milenage = Milenage(keys: value) else {
                throw UsageError(
                    input: "The keys of \(client) are to be k= and opc= (or op=), each of 32 hexadecimal digits.")
            }
            return .subscriber(SubscriberModule(milenage))
        }
    }
}

extension Milenage {
    /// The keys that a text gives: `k=… opc=…`, or `k=… op=…`.
    fileprivate init?(keys text: String) {
        var values: [String: [UInt8]] = [:]
        for word in text.split(whereSeparator: \.isWhitespace) {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let bytes = [UInt8](hexadecimal: parts[1]) else { return nil }
            values[parts[0].lowercased()] = bytes
        }
        guard values.count == 2, let key = values["k"] else { return nil }
        if let variant = values["opc"] {
            self.init(key: key, encryptedVariant: variant)
        } else {
            self.init(key: key, variant: values["op"] ?? [])
        }
    }
}

extension [UInt8] {
    /// The bytes that so many pairs of hexadecimal digits write.
    fileprivate init?(hexadecimal text: Substring) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension SystemProfile.Secret {
    /// The secret itself, which is never printed.
    func value(of client: PartyName) throws(UsageError) -> String {
        switch self {
        case .environment(let name):
            if let value = ProcessInfo.processInfo.environment[name], !value.isEmpty { return value }
            throw UsageError(input: "The secret of \(client) is to be in the variable \(name), which is not set.")
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw UsageError(input: "The secret of \(client) is to be in “\(path)”, which cannot be read.")
            }
            let line = String(decoding: data, as: UTF8.self).prefix { !$0.isNewline }
            guard !line.isEmpty else {
                throw UsageError(input: "The secret of \(client) is to be in “\(path)”, whose first line is empty.")
            }
            return String(line)
        }
    }
}
