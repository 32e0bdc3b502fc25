import Conformance
import NameResolution
import Network

/// Whether names lead to the system under test: by which records, and where to first.
///
/// RFC 3263 §4
enum NameExamination {
    /// Where the clients send their requests; nil where that is nowhere, which has been told then.
    static func locations(of place: SystemPlace, _ tell: (Examination) -> Void) -> [ServerLocator.Location]? {
        let key = place.proxy == nil ? "“server”" : "“proxy”"
        return locations(of: place.nextHop, by: place.locator, from: key, place, tell)
    }

    /// Where documents are read and stored; nil likewise.
    static func locations(
        of root: SystemProfile.XCAPRoot, of place: SystemPlace, _ tell: (Examination) -> Void
    ) -> [ServerLocator.Location]? {
        locations(of: root.place, by: root.locator, from: "“xcap”", place, tell)
    }

    private static func locations(
        of name: HostPort, by locator: ServerLocator, from key: String, _ place: SystemPlace,
        _ tell: (Examination) -> Void
    ) -> [ServerLocator.Location]? {
        do throws(ResolutionError) {
            let found = try place.locations(by: locator) { query, records in
                let words = records.isEmpty ? "no records" : records.map(\.words).joined(separator: ", ")
                tell(Examination(what: "DNS \(query)", note: words))
            }
            if name.address == nil {
                let order = found.map { "\($0.address) over \($0.transport.rawValue.uppercased()) (\($0.host))" }
                tell(Examination(what: "\(name)", note: "to be tried in this order: \(order.joined(separator: ", "))"))
            }
            return found
        } catch {
            tell(
                Examination(
                    what: "\(name)", problem: "\(error); or check \(key) and “name-server”, or give an address."))
            return nil
        }
    }
}

extension DNSRecord {
    fileprivate var words: String {
        switch self {
        case .address(let address): "\(address)"
        case .server(let priority, let weight, let port, let target):
            "\(target):\(port) (priority \(priority), weight \(weight))"
        case .rule(let order, let preference, let flags, let service, let replacement):
            "\(service) by \(replacement) (order \(order), preference \(preference), flags “\(flags)”)"
        }
    }
}
