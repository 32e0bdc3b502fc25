package import Actors
import Bytes
package import Conformance
package import Network
package import ReferenceServer

/// Who plays in one execution of a test case: identities, addresses, and how each party is set up.
///
/// Every case gets addresses and identities of its own, so that cases can run beside and after each other.
package struct Casting: Sendable {
    package var cast: Cast
    package var clients: [IMClient.Profile]
    /// The groups that are there already and need not be created.
    package var provisionedGroups: Set<String>
    /// Who sees to what the case needs, where it is not the clients.
    package var preconditions: [Prerequisite: Provisioning]
    /// How clients begin sessions of two users.
    let oneToOne: IMClient.Profile.OneToOne
    /// What the system is known to do otherwise.
    var deviations: Set<Deviation>
    /// The embedded reference server, or nil when the system under test is elsewhere.
    package var server: ReferenceServer.Configuration?
    /// What secures the connections; nil where nothing does.
    var security: CastingSecurity?
    /// The clients that nobody here plays.
    package var real: Set<PartyName>
    /// Who sees to what is to be there before a test case, by the real client in whose user's name that is.
    package var stewards: [PartyName: IMClient.Profile]
    /// An address on this machine for each real client, which nobody else has.
    var keptFree: [PartyName: IPAddress] = [:]

    /// A casting against the embedded reference server.
    ///
    /// - Parameters:
    ///   - testCase: The case to be cast.
    ///   - slot: Which block of loopback addresses to use: 127.0.*slot*.10 for the server, 11 to 14 for A to D.
    ///   - identity: A token that becomes part of every user name that is made up.
    ///   - options: What varies between runs.
    package init(_ testCase: TestCase, slot: UInt8, identity: String, options: CastingOptions = CastingOptions()) {
        let domain = options.domain
        // Whoever works a real client writes the addresses of the others down once.
        let suffix = options.realAddresses.isEmpty ? ".\(identity)" : ""
        let embedded = options.listening ?? IPAddress(127, 0, slot, Self.hosts.lowerBound)
        let isSecured = options.transport == .tls
        let sipPort = isSecured ? options.tlsPort : options.sipPort
        let serverAddress = options.server ?? SocketAddress(embedded, port: sipPort)
        let nextHop = options.nextHop ?? serverAddress
        var parties: [Party] = []
        for name in testCase.equipment.clients {
            let host = Self.hosts.lowerBound + 1 + UInt8(clamping: Self.index(of: name))
            let imAddress = options.imAddresses[name] ?? "sip:\(Self.userName(of: name))\(suffix)@\(domain)"
            let place = Self.index(of: name)
            let address =
                options.clients.indices.contains(place) ? options.clients[place] : IPAddress(127, 0, slot, host)
            let addresses = options.realAddresses[name] ?? [address]
            if options.realAddresses[name] != nil { keptFree[name] = address }
            parties.append(Party(name: name, role: .client, imAddress: imAddress, addresses: addresses))
        }
        let real = Set(options.realAddresses.keys).intersection(testCase.equipment.clients)
        self.real = real
        let oneToOne = options.deviations.contains(.oneToOneByFactory) ? IMClient.Profile.OneToOne.conference : .direct
        self.oneToOne = oneToOne
        let profiles = parties.map { party in
            var profile = IMClient.Profile(
                party: party.name, imAddress: party.imAddress ?? "",
                displayName: Self.userName(of: party.name).capitalizedASCII,
                address: party.addresses.first ?? embedded,
                server: nextHop, registrarURI: "sip:\(party.imAddress.flatMap(Self.host) ?? domain)")
            profile.proxy = options.proxy?.uri
            profile.sipPort = sipPort
            profile.msrpPort = options.msrpPort
            profile.sipTransport = options.transport
            if isSecured {
                profile.serverIdentity = options.security.expected ?? .name(domain)
                profile.certificate = Self.placeholder(for: "\(party.name) \(identity)")
            }
            profile.chunkSize = options.chunkSize
            profile.account = options.accounts[party.name]
            profile.oneToOne = oneToOne
            profile.settings = (options.preconditions[.settings] ?? .clients) == .clients ? .published : .provisioned
            if options.deviations.contains(.settingsEndWithRegistration) { profile.settingsLifetime = .registration }
            profile.nextFileWait = options.nextFileWait
            profile.services =
                options.services
                ?? Services(
                    domain: domain,
                    xcap: Services.XCAPRoot(
                        address: SocketAddress(serverAddress.address, port: options.xcapPort), path: options.xcapPath,
                        identity: isSecured ? options.security.expected ?? .name(domain) : nil))
            if options.deviations.contains(.listMessagesByExploder) { profile.listMessages = .exploder }
            return profile
        }
        clients = profiles.filter { !real.contains($0.party) }
        stewards = [:]
        for profile in profiles where real.contains(profile.party) {
            var steward = profile
            steward.party = PartyName("steward of \(profile.party)")
            steward.address = IPAddress(127, 0, slot, Self.stewards + UInt8(clamping: Self.index(of: profile.party)))
            stewards[profile.party] = steward
        }
        var places = [serverAddress.address]
        for place in [nextHop.address] + options.otherAddresses where !places.contains(place) { places.append(place) }
        parties.append(Party(name: .server, role: .server, imAddress: nil, addresses: places))
        let groups = testCase.equipment.groups.map { group in
            (group.name, options.groups[group.name] ?? "sip:\(Self.userName(of: group))\(suffix)@\(domain)")
        }
        provisionedGroups = Set(options.groups.keys)
        preconditions = options.preconditions
        deviations = options.deviations
        cast = Cast(parties, groups: Dictionary(groups) { first, _ in first })
        if options.server == nil {
            var configuration = ReferenceServer.Configuration(domain: domain, address: embedded)
            configuration.sipPort = sipPort
            if isSecured { configuration.certificate = Self.placeholder(for: "server \(identity)") }
            configuration.msrpPort = options.msrpPort
            configuration.xcapPort = options.xcapPort
            configuration.xcapRoot = options.xcapPath
            configuration.sessionRouting = options.sessionRouting
            configuration.authentication = AuthenticationPolicy(of: cast, options.accounts, domain: domain)
            server = configuration
        } else {
            server = nil
        }
        security = isSecured || options.services?.xcap?.identity != nil ? options.security : nil
    }

    /// A fingerprint of no certificate, for a network in memory, where none is shown.
    private static func placeholder(for name: String) -> CertificateFingerprint? {
        var seed: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: seed)
        return CertificateFingerprint(.sha256, (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    /// The addresses of the embedded server and of all clients in a block.
    package static func addresses(slot: UInt8) -> [IPAddress] { hosts.map { IPAddress(127, 0, slot, $0) } }

    /// Every address that a client can have that is cast in these blocks.
    ///
    /// Whatever is said in a case has a client at one end, wherever the servers of the system under test are.
    package static func addressesOfClients(slots: ClosedRange<UInt8>, options: CastingOptions) -> Set<IPAddress> {
        let cast = slots.flatMap { addresses(slot: $0).dropFirst(1 + options.clients.count) }
        return Set(cast + options.clients)
    }

    /// The server's host number, and those of A to D, in every block.
    private static let hosts: ClosedRange<UInt8> = 10...14
    /// The host number of the steward of A, before that of B.
    private static let stewards: UInt8 = 21

    private static func index(of name: PartyName) -> Int {
        Int(name.description.utf8.first ?? 0x41) - 0x41
    }

    /// The host of a SIP URI.
    private static func host(of uri: String) -> String? {
        uri.split(separator: "@").last.map { String($0.prefix { $0 != ";" && $0 != "?" }) }
    }

    /// The name of a group without what cannot stand in a URI: `imgroup1` for `IM Group 1`.
    private static func userName(of group: Group) -> String {
        group.name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    private static func userName(of name: PartyName) -> String {
        switch name.description {
        case "A": "alice"
        case "B": "bob"
        case "C": "carol"
        case "D": "dave"
        default: name.description.lowercased()
        }
    }
}

/// What varies between castings of the same test case.
package struct CastingOptions: Sendable {
    /// The address of an external system under test; nil for the embedded reference server.
    package var server: SocketAddress?
    /// The outbound proxy by which the clients reach it; nil where they reach it themselves.
    package var proxy: OutboundProxy?
    /// Whoever the clients send their requests to; nil for the embedded server.
    package var nextHop: SocketAddress? { proxy?.address ?? server }
    /// Where messages of an external system may come from as well.
    package var otherAddresses: [IPAddress] = []
    /// The addresses of clients A, B and so on where they are not on loopback.
    package var clients: [IPAddress] = []
    package var domain = "parley.example"
    /// The IM Addresses of clients, where they are not to be made up.
    package var imAddresses: [PartyName: String] = [:]
    /// What clients prove who they are by, where they are asked.
    package var accounts: [PartyName: IMClient.Account] = [:]
    /// Where the functions of the service are, where they are not where the embedded server has them.
    package var services: Services?
    /// The groups that are there already, by their names in the test cases.
    package var groups: [String: String] = [:]
    /// Who sees to what the cases need, where it is not the clients.
    package var preconditions: [Prerequisite: Provisioning] = [:]
    /// What the system is known to do otherwise.
    package var deviations: Set<Deviation> = []
    package var sipPort: UInt16 = 5060
    /// The port of SIP over TLS.
    ///
    /// RFC 3261 §19.1.2
    package var tlsPort: UInt16 = 5061
    package var msrpPort: UInt16 = 2855
    package var xcapPort: UInt16 = 8080
    package var xcapPath = ""
    /// How long a session of files alone may be without any: no time, so that nobody waits for it.
    package var nextFileWait = Duration.zero
    package var transport = TransportProtocol.udp
    /// What the clients show to and expect of a system under test over TLS.
    package var security = CastingSecurity()
    package var sessionRouting = ReferenceServer.SessionRouting.backToBack
    /// The largest MSRP chunk that simulated clients send, in bytes; small, so that short texts are chunked too.
    package var chunkSize = 4
    /// Where the embedded server listens, where that is not on loopback.
    package var listening: IPAddress?
    /// The clients that nobody here plays, with the addresses that they have been seen at.
    package var realAddresses: [PartyName: [IPAddress]] = [:]

    package init() {}
}

extension String {
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
