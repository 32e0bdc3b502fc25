import Actors
package import Conformance
package import Network
import ReferenceServer

// Parties are told apart by their addresses.
extension Casting {
    /// The addresses of everybody who is played here, but for the server.
    var ownAddresses: Set<IPAddress> { Set(clients.map(\.address) + stewards.values.map(\.address)) }

    /// Looks whether a run can begin with real clients at these addresses.
    ///
    /// - Parameter found: From where each of them has registered.
    /// - Returns: why it cannot, as sentences; nil where it can.
    package func objection(to found: [PartyName: [IPAddress]]) -> String? {
        var owners: [IPAddress: String] = [:]
        if let server { owners[server.address] = "the reference server" }
        for (party, addresses) in found.sorted(by: { $0.key < $1.key }) {
            for address in addresses {
                if ownAddresses.contains(address) {
                    let user = cast[party]?.imAddress ?? "\(party)"
                    let other = keptFree[party].map { ", such as \($0)" } ?? ""
                    return "Somebody registers as \(user) from \(address), which Parley uses itself; run the client at "
                        + "another address\(other)."
                }
                if let other = owners[address] {
                    return "\(party) registers from \(address), which is the address of \(other): parties are told "
                        + "apart by their addresses, so give each its own (--listen moves the server)."
                }
                owners[address] = "\(party)"
            }
        }
        return nil
    }
}
