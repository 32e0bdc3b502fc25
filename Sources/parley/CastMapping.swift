import Conformance
import Dissection
import Network

/// Who is who in a capture, as `--map` says, and the description of the system.
struct CastMapping {
    private struct Who {
        var imAddress: String?
        var addresses: [IPAddress] = []
    }

    private var parties: [(name: PartyName, who: Who)] = []
    /// Who is who where neither the options nor the capture say it.
    private var described: [(name: PartyName, who: Who)] = []
    private let groups: [SystemProfile.ProvisionedGroup]

    init(_ texts: [String], of system: SystemProfile?) throws(UsageError) {
        groups = system?.groups ?? []
        described =
            system?.clients.compactMap { client in
                let who = Who(imAddress: client.imAddress, addresses: client.address.map { [$0] } ?? [])
                return who.imAddress == nil && who.addresses.isEmpty ? nil : (client.party, who)
            } ?? []
        let servers = [system?.proxy, system?.server].compactMap { $0?.address }
        if !servers.isEmpty { described.append((.server, Who(addresses: servers))) }
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("--map takes a party and who it is, such as A=sip:ann@example.com, not “\(text)”.")
            }
            let name = PartyName(parts[0])
            if parts[1].hasPrefix("sip:") || parts[1].hasPrefix("sips:") || parts[1].hasPrefix("tel:") {
                parties.append((name, Who(imAddress: parts[1])))
            } else if let address = IPAddress(parts[1]) {
                parties.append((name, Who(addresses: [address])))
            } else {
                throw UsageError("--map \(parts[0]) takes a SIP URI or an IP address, not “\(parts[1])”.")
            }
        }
    }

    /// The cast that the capture names itself, with what the user says in its place, and complete for the test case.
    func cast(for trace: Trace, of testCase: TestCase, path: String) throws(UsageError) -> Cast {
        let needed = testCase.equipment.clients + [.server]
        if let stranger = parties.first(where: { !needed.contains($0.name) }) {
            let known = needed.map(\.description).joined(separator: ", ")
            throw UsageError("\(testCase.id) has no party “\(stranger.name)”, as --map says; there are \(known).")
        }
        var cast = trace.cast
        let unnamed = described.filter { entry in
            needed.contains(entry.name) && cast[entry.name] == nil && !parties.contains { $0.name == entry.name }
        }
        for group in groups where testCase.equipment.groups.contains(where: { $0.name == group.name }) {
            cast.groups[group.name] = cast.groups[group.name] ?? group.uri
        }
        let named = parties + unnamed
        let requesters = named.isEmpty ? [] : Dissection(of: trace).requesters
        for (name, who) in named {
            var party = Party(name: name, role: name == .server ? .server : .client, imAddress: nil, addresses: [])
            let said = described.first { $0.name == name }?.who
            if let uri = who.imAddress {
                party.imAddress = uri
                let wanted = Cast([party])
                let found = requesters.filter { wanted.party(withIMAddress: $0.imAddress) != nil }.map(\.address)
                // What the capture shows goes before what an option says, and that before the description.
                party.addresses = [found, who.addresses, said?.addresses ?? []].first { !$0.isEmpty } ?? []
                guard !party.addresses.isEmpty else {
                    throw UsageError(
                        "“\(path)” has no request of \(uri), so \(name) cannot be found in it; say where it is, by "
                            + "--map \(name)=ADDRESS.")
                }
            } else {
                party.addresses = who.addresses
                let seen = requesters.first { who.addresses.contains($0.address) }?.imAddress
                party.imAddress = seen ?? said?.imAddress
            }
            cast.parties.removeAll { $0.name == name }
            cast.parties.append(party)
        }
        let missing = needed.filter { cast[$0] == nil }
        guard missing.isEmpty else {
            let names = missing.map(\.description).joined(separator: ", ")
            throw UsageError("“\(path)” does not say who is \(names); add --map.")
        }
        return cast
    }
}
