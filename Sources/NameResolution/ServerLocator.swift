package import Bytes
package import Network

/// Where the servers of a SIP domain are, and how they are spoken to.
///
/// RFC 3263 §4
package struct ServerLocator: Sendable {
    /// One way to a server; of several the first is to be tried first.
    package struct Location: Hashable, Sendable {
        package var transport: TransportProtocol
        package var address: SocketAddress
        /// The name whose address it is.
        package var host: String

        package init(transport: TransportProtocol, address: SocketAddress, host: String) {
            self.transport = transport
            self.address = address
            self.host = host
        }
    }

    private struct Server {
        var transport: TransportProtocol
        var host: String
        var port: UInt16
    }

    /// How names are looked up.
    package typealias Lookup = (DNSQuery) throws(ResolutionError) -> [DNSRecord]

    /// How many servers of one domain are looked at; more do not make a test better, and a name server may be hostile.
    private static let limit = 16

    private let host: String
    private let port: UInt16?
    private let transport: TransportProtocol?

    /// - Parameters:
    ///   - host: A domain, the name of a host, or an address.
    ///   - port: The port, where one is given: then the name is that of a host.
    ///   - transport: The transport, where it is decided already.
    package init(host: String, port: UInt16? = nil, transport: TransportProtocol? = nil) {
        self.host = host
        self.port = port
        self.transport = transport
    }

    /// Finds the servers, in the order in which they are to be tried.
    ///
    /// - Parameters:
    ///   - generator: Decides between servers of the same priority by their weights (RFC 2782).
    ///   - lookup: Asks a name server; no records mean that there are none.
    /// - Returns: At least one location.
    /// - Throws: ``ResolutionError`` where a lookup fails, or the name has no address.
    package func locations(
        choosingBy generator: inout SeededGenerator, _ lookup: Lookup
    ) throws(ResolutionError) -> [Location] {
        if let address = IPAddress(host: host) {
            // §4.1 and §4.2: an address needs no lookup, and without a transport it is spoken to by UDP.
            let transport = transport ?? .udp
            let port = port ?? transport.sipPort
            return [Location(transport: transport, address: SocketAddress(address, port: port), host: host)]
        }
        var locations: [Location] = []
        var failure: ResolutionError?
        for server in try servers(choosingBy: &generator, lookup).prefix(Self.limit) {
            for type in [DNSQuery.RecordType.a, .aaaa] {
                do throws(ResolutionError) {
                    locations += try addresses(of: server.host, type, lookup).map {
                        Location(
                            transport: server.transport, address: SocketAddress($0, port: server.port),
                            host: server.host)
                    }
                } catch {
                    // §4.3: another address, or another server, may do.
                    failure = failure ?? error
                }
            }
        }
        guard !locations.isEmpty else {
            if let failure { throw failure }
            throw ResolutionError("\(host) has no address; ask whoever keeps its name server for A or AAAA records")
        }
        return locations
    }

    private func servers(
        choosingBy generator: inout SeededGenerator, _ lookup: Lookup
    ) throws(ResolutionError) -> [Server] {
        if let port { return [Server(transport: transport ?? .udp, host: host, port: port)] }
        if let transport {
            let found = try servers(at: transport.serviceName(of: host), by: transport, &generator, lookup)
            return found.isEmpty ? [Server(transport: transport, host: host, port: transport.sipPort)] : found
        }
        // §4.1: the first rule that leads to servers decides.
        for (name, transport) in try rules(lookup).prefix(Self.limit) {
            let found = try servers(at: name, by: transport, &generator, lookup)
            if !found.isEmpty { return found }
        }
        for transport in TransportProtocol.byPreference {
            let found = try servers(at: transport.serviceName(of: host), by: transport, &generator, lookup)
            if !found.isEmpty { return found }
        }
        return [Server(transport: .udp, host: host, port: TransportProtocol.udp.sipPort)]
    }

    private func rules(_ lookup: Lookup) throws(ResolutionError) -> [(name: String, transport: TransportProtocol)] {
        var rules: [(order: Int, preference: Int, name: String, transport: TransportProtocol)] = []
        for case .rule(let order, let preference, let flags, let service, let name) in try lookup(
            DNSQuery(.naptr, host))
        {
            guard flags.lowercased() == "s", !name.isEmpty,
                let transport = TransportProtocol.byPreference.first(where: {
                    $0.naptrService == service.uppercased()
                })
            else { continue }
            rules.append((order, preference, name, transport))
        }
        return rules.sorted { ($0.order, $0.preference) < ($1.order, $1.preference) }.map { ($0.name, $0.transport) }
    }

    /// The servers that an SRV name has, those of the lowest priority first, and among equals by their weights.
    private func servers(
        at name: String, by transport: TransportProtocol, _ generator: inout SeededGenerator, _ lookup: Lookup
    ) throws(ResolutionError) -> [Server] {
        var candidates: [(priority: Int, weight: Int, server: Server)] = []
        let records = try lookup(DNSQuery(.srv, name))
        for case .server(let priority, let weight, let port, let target) in records where target != "" && target != "."
        {
            candidates.append((priority, max(0, weight), Server(transport: transport, host: target, port: port)))
        }
        guard records.isEmpty || !candidates.isEmpty else {
            // RFC 2782: so a domain says “.”
            throw ResolutionError("\(host) says by \(name) that it does not offer this service")
        }
        var servers: [Server] = []
        while servers.count < Self.limit, let lowest = candidates.map(\.priority).min() {
            let equals = candidates.indices.filter { candidates[$0].priority == lowest }
                .sorted { candidates[$0].weight < candidates[$1].weight }
            var rest = Int.random(in: 0...equals.reduce(0) { $0 + candidates[$1].weight }, using: &generator)
            var chosen = equals[0]
            for index in equals {
                chosen = index
                rest -= candidates[index].weight
                if rest <= 0 { break }
            }
            servers.append(candidates.remove(at: chosen).server)
        }
        return servers
    }

    private func addresses(
        of host: String, _ type: DNSQuery.RecordType, _ lookup: Lookup
    ) throws(ResolutionError) -> [IPAddress] {
        if let address = IPAddress(host: host) { return address.isIPv6 == (type == .aaaa) ? [address] : [] }
        return try lookup(DNSQuery(type, host)).compactMap {
            if case .address(let address) = $0 { address } else { nil }
        }
    }
}

extension TransportProtocol {
    /// The transports that Parley speaks by itself, the ones that SIP prefers for this service first; for TLS it needs
    /// to be told whom to trust.
    fileprivate static let byPreference: [TransportProtocol] = [.udp, .tcp, .tls]

    /// What a NAPTR record calls the transport.
    ///
    /// RFC 3263 §4.1
    fileprivate var naptrService: String {
        switch self {
        case .udp: "SIP+D2U"
        case .tcp: "SIP+D2T"
        case .tls: "SIPS+D2T"
        }
    }

    /// The name under which a domain has the servers for a transport.
    fileprivate func serviceName(of host: String) -> String {
        switch self {
        case .udp: "_sip._udp.\(host)"
        case .tcp: "_sip._tcp.\(host)"
        case .tls: "_sips._tcp.\(host)"
        }
    }
}
