import Actors
import Conformance
import Execution
import Foundation
import Network

extension CastingOptions {
    /// Takes over where a system under test is, and who its users are.
    mutating func read(_ system: SystemProfile, clients: Set<PartyName>) throws(UsageError) {
        server = system.server
        transport = system.transport
        domain = system.domain
        for client in system.clients {
            imAddresses[client.party] = client.imAddress
            if let account = client.account {
                accounts[client.party] = IMClient.Account(
                    username: account.name, password: try account.password.value(of: client.party))
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
        services.xcap = system.xcap.map { Services.XCAPRoot(address: $0, path: system.xcapPath) }
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
}

extension SystemProfile.Secret {
    /// The password itself, which is never printed.
    func value(of client: PartyName) throws(UsageError) -> String {
        switch self {
        case .environment(let name):
            if let value = ProcessInfo.processInfo.environment[name], !value.isEmpty { return value }
            throw UsageError(input: "The password of \(client) is to be in the variable \(name), which is not set.")
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw UsageError(input: "The password of \(client) is to be in “\(path)”, which cannot be read.")
            }
            let line = String(decoding: data, as: UTF8.self).prefix { !$0.isNewline }
            guard !line.isEmpty else {
                throw UsageError(input: "The password of \(client) is to be in “\(path)”, whose first line is empty.")
            }
            return String(line)
        }
    }
}
