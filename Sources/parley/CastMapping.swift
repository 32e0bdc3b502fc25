import Conformance
import Dissection
import Network

/// Who is who in a capture, as `--map` says.
struct CastMapping {
    private enum Who {
        case address(IPAddress)
        case imAddress(String)
    }

    private var parties: [(name: PartyName, who: Who)] = []

    init(_ texts: [String]) throws(UsageError) {
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("--map takes a party and who it is, such as A=sip:ann@example.com, not “\(text)”.")
            }
            let name = PartyName(parts[0])
            if parts[1].hasPrefix("sip:") || parts[1].hasPrefix("sips:") || parts[1].hasPrefix("tel:") {
                parties.append((name, .imAddress(parts[1])))
            } else if let address = IPAddress(parts[1]) {
                parties.append((name, .address(address)))
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
        let requesters = parties.isEmpty ? [] : Dissection(of: trace).requesters
        for (name, who) in parties {
            var party = Party(name: name, role: name == .server ? .server : .client, imAddress: nil, addresses: [])
            switch who {
            case .address(let address):
                party.addresses = [address]
                party.imAddress = requesters.first { $0.address == address }?.imAddress
            case .imAddress(let uri):
                party.imAddress = uri
                let wanted = Cast([party])
                party.addresses = requesters.filter { wanted.party(withIMAddress: $0.imAddress) != nil }.map(\.address)
                guard !party.addresses.isEmpty else {
                    throw UsageError("“\(path)” has no request of \(uri), so \(name) cannot be found in it.")
                }
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
