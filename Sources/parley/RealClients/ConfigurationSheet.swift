import Actors
import Conformance
import Execution
import Network
import ReferenceServer
import Reporting

/// What a real client is to be configured with, once for the whole run.
struct ConfigurationSheet: Sendable {
    let party: PartyName
    let user: String
    let domain: String
    let proxy: SocketAddress
    let xcapRoot: String
    let account: IMClient.Account?
    let services: Services
    /// The others, whom the client may note as contacts.
    let contacts: [(name: String, uri: String)]
    let groups: [(name: String, uri: String)]
    /// By which the proxy can be reached.
    let transports: [TransportProtocol]
    /// The file with the certificate that is to be trusted; nil where connections are not secured.
    let authority: String?

    init(
        of party: PartyName, in cast: Cast, _ options: CastingOptions, _ configuration: ReferenceServer.Configuration,
        authority: String?
    ) {
        self.authority = authority
        transports = options.transport == .udp ? [.udp, .tcp] : [options.transport]
        self.party = party
        user = cast[party]?.imAddress ?? ""
        domain = configuration.domain
        proxy = configuration.sipAddress
        xcapRoot = "http://\(configuration.xcapAddress)\(options.xcapPath)/"
        account = options.accounts[party]
        services = Services(domain: configuration.domain)
        contacts = cast.clients.filter { $0.name != party }.map { ($0.name.description, $0.imAddress ?? "") }
        groups = cast.groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private var functions: [(name: String, uri: String)] {
        [
            ("conferences", services.conferenceFactory), ("lists", services.exploder),
            ("deferred", services.deferredMessaging), ("history", services.conversationHistory),
            ("deletion", services.deletion),
        ]
    }

    /// The sheet for people; it shows no password.
    var text: String {
        let password = account.map { "name “\($0.username)”, password as --account says" } ?? "none is asked for"
        let ways = transports.map { $0.rawValue.uppercased() }.joined(separator: " or ")
        let lines =
            [
                ("user", user), ("password", password), ("domain", domain), ("proxy", "\(proxy), \(ways)"),
                ("XCAP root", xcapRoot),
            ] + (authority.map { [("to be trusted", $0)] } ?? []) + functions
            + contacts.map { ("contact \($0.name)", $0.uri) }
            + groups.map { ("group", "\($0.uri) (\($0.name))") }
        let table = lines.map { "  " + $0.0.padded(to: 14) + $0.1 }
        return (["Configure client \(party), and let it register:"] + table).joined(separator: "\n")
    }

    /// The sheet for a driver, which gets the password too.
    var json: JSONValue {
        func pairs(_ list: [(name: String, uri: String)]) -> JSONValue {
            .object(list.map { JSONValue.Member($0.name, .string($0.uri)) })
        }
        return .object(of: [
            "type": "configure", "party": .string(party.description), "user": .string(user),
            "domain": .string(domain), "proxy": .string(proxy.description),
            "transports": .strings(transports.map(\.rawValue)),
            "authority": authority.map { .string($0) }, "xcap-root": .string(xcapRoot),
            "account": account.map {
                .object(of: ["name": .string($0.username), "password": $0.password.map { .string($0) }])
            },
            "functions": pairs(functions), "contacts": pairs(contacts), "groups": pairs(groups),
        ])
    }
}
