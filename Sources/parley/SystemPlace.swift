import Actors
import Bytes
import Conformance
import Execution
import NameResolution
import Network

/// Where a system under test is said to be, and by what it is reached, before any name is looked up.
struct SystemPlace {
    static let options =
        [
            Option(
                "--server", "HOST[:PORT]",
                "Test the system at an address, or that of a domain, or of a host where a port is given; not the embedded "
                    + "one."),
            Option("--proxy", "HOST[:PORT]", "The outbound proxy that all requests go to, as first Route."),
            Option("--name-server", "ADDRESS", "Whom to ask for names (default: whom this machine asks)."),
        ] + SystemProfile.TLS.options

    var server: HostPort
    /// The outbound proxy, where the clients have one.
    var proxy: HostPort?
    /// nil leaves it to the records of the name, or else it is UDP.
    var transport: TransportProtocol?
    /// Whom to ask for names; nil for whom this machine asks.
    var nameServer: SocketAddress?

    init(_ system: SystemProfile) {
        server = system.server
        proxy = system.proxy
        transport = system.transport
        nameServer = system.nameServer
    }

    /// What the options say, and where they are silent the description; nil where neither speaks of a system.
    init?(_ arguments: Arguments, system: SystemProfile?) throws(UsageError) {
        let described = system.map(Self.init)
        let named = try arguments.place("--server", such: "192.0.2.7:5060 or example.com")
        let proxy = try arguments.place("--proxy", such: "192.0.2.5:5060 or proxy.example.com")
        guard let server = named ?? described?.server else {
            if proxy != nil { throw UsageError("--proxy needs a server behind it: add --server or --sut.") }
            return nil
        }
        guard !arguments.has("--simulated") else {
            throw UsageError("--server needs real sockets; leave --simulated out.")
        }
        self.server = server
        self.proxy = proxy ?? described?.proxy
        transport = try arguments.choice("--transport", of: TransportProtocol.self) ?? described?.transport
        nameServer = described?.nameServer
        if let name = arguments.value("--name-server") {
            guard let address = SocketAddress(name, defaultPort: 53) else {
                throw UsageError("--name-server takes an IP address, such as 192.0.2.53, not “\(name)”.")
            }
            nameServer = address
        }
    }

    /// Who is looked for: whoever the clients send their requests to.
    var nextHop: HostPort { proxy ?? server }

    /// Finds whoever the clients send their requests to.
    ///
    /// RFC 3263
    var locator: ServerLocator { ServerLocator(host: nextHop.host, port: nextHop.port, transport: transport) }

    /// The places to which a name leads, the one that is to be tried first before the others.
    ///
    /// - Parameters:
    ///   - locator: Finds them.
    ///   - note: Hears of every question, and of the answer.
    /// - Returns: At least one location.
    /// - Throws: Why there is none.
    func locations(
        by locator: ServerLocator, note: (DNSQuery, [DNSRecord]) -> Void = { _, _ in }
    ) throws(ResolutionError) -> [ServerLocator.Location] {
        var generator = SeededGenerator(seed: 1)
        var names: NameServer?
        return try locator.locations(choosingBy: &generator) { query throws(ResolutionError) in
            let asked = if let names { names } else { try NameServer(nameServer.map { [$0] } ?? []) }
            names = asked
            let records = try asked.records(query)
            note(query, records)
            return records
        }
    }

    /// The URI of the outbound proxy, by a loose route.
    ///
    /// RFC 3261 §8.1.2
    fileprivate var proxyURI: String? { proxy.map { "sip:\($0)\(transport?.sipParameter ?? "");lr" } }
}

extension SystemProfile.XCAPRoot {
    /// Finds the server by the A and AAAA records of its name, besides which HTTP knows none.
    ///
    /// RFC 9110 §4.2
    var locator: ServerLocator { ServerLocator(host: place.host, port: port, transport: .tcp) }
}

extension CastingOptions {
    /// Lets the clients send their requests where the system is said to be.
    mutating func reach(_ place: SystemPlace) throws {
        let found: [ServerLocator.Location]
        do throws(ResolutionError) {
            found = try place.locations(by: place.locator)
        } catch {
            throw error.complaint(about: "The server")
        }
        reach(place, at: found)
    }

    /// Lets the clients send their requests to the first of these locations that speaks their IP.
    mutating func reach(_ place: SystemPlace, at found: [ServerLocator.Location]) {
        let first = preferred(of: found)
        transport = first.transport
        otherAddresses = found.map(\.address.address).filter { $0 != first.address.address }
        server = first.address
        proxy = nil
        guard let uri = place.proxyURI else { return }
        proxy = OutboundProxy(address: first.address, uri: uri)
        // Behind a proxy nobody looks the server up but the proxy itself.
        if let address = place.server.address {
            server = SocketAddress(address, port: place.server.port ?? first.transport.sipPort)
        }
    }

    /// The first of these locations that speaks the IP of the clients, or just the first.
    func preferred(of found: [ServerLocator.Location]) -> ServerLocator.Location {
        let speaksSix = clients.first?.isIPv6 ?? false
        guard let first = found.first(where: { $0.address.address.isIPv6 == speaksSix }) ?? found.first else {
            preconditionFailure("Who is found is somewhere")
        }
        return first
    }
}

extension CastingOptions {
    /// Refuses clients who have no address from which the system can be reached, its documents included.
    func checkReach(of clients: Set<PartyName>) throws(UsageError) {
        for place in [nextHop, services?.xcap?.address].compactMap(\.self) { try checkReach(of: clients, to: place) }
    }

    private func checkReach(of clients: Set<PartyName>, to place: SocketAddress) throws(UsageError) {
        let isSix = place.address.isIPv6
        if let other = self.clients.first(where: { $0.isIPv6 != isSix }) {
            throw UsageError(
                "\(place) speaks IPv\(isSix ? 6 : 4) and \(other) IPv\(isSix ? 4 : 6): give the clients addresses of "
                    + "this machine from which it can be reached.")
        }
        // Of IPv6 there is one loopback address, and no two can share it.
        guard !place.address.isLoopback || isSix, self.clients.count < clients.count else { return }
        let names = clients.sorted().map(\.description)
        let needed = names.joined(separator: ", ")
        if !self.clients.isEmpty {
            let others = names.dropFirst(self.clients.count).joined(separator: " and ")
            let given = self.clients.count == 1 ? "1 is" : "\(self.clients.count) are"
            throw UsageError(
                "The selected cases need \(others) too: give an address of this machine to each of \(needed) (\(given) "
                    + "given), or select cases that do without.")
        }
        throw UsageError(
            "\(place) cannot be reached from \(isSix ? "127.0.0.0/8" : "loopback"): give an address of this machine to "
                + "each of \(needed), with --clients IP,IP… or in the description.")
    }

    /// Where packets to and from the system under test can be captured.
    var interface: String { nextHop?.address.isLoopback ?? true ? "lo" : "any" }

    /// Where the system under test is, and by way of whom, in words.
    var placeOfSystem: String {
        let places = [server?.description, proxy.map { "by way of \($0.address)" }].compactMap(\.self)
        return places.joined(separator: " ")
    }
}

extension Arguments {
    fileprivate func place(_ name: String, such example: String) throws(UsageError) -> HostPort? {
        guard let text = value(name) else { return nil }
        if let place = HostPort(text) { return place }
        throw UsageError("\(name) takes an IP address or a name, and a port, such as \(example), not “\(text)”.")
    }
}
