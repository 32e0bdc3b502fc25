import NameResolution
import Network

/// Whether names lead to the system under test: by which records, and where to first.
///
/// RFC 3263 §4
enum NameExamination {
    /// Where the clients send their requests; nil where that is nowhere, which has been told then.
    static func locations(of place: SystemPlace, _ tell: (Examination) -> Void) -> [ServerLocator.Location]? {
        do throws(ResolutionError) {
            let found = try place.locate { query, records in
                let words = records.isEmpty ? "no records" : records.map(\.words).joined(separator: ", ")
                tell(Examination(what: "DNS \(query)", note: words))
            }
            if place.nextHop.address == nil {
                let order = found.map { "\($0.address) over \($0.transport.rawValue.uppercased()) (\($0.host))" }
                tell(
                    Examination(
                        what: "\(place.nextHop)", note: "to be tried in this order: \(order.joined(separator: ", "))"))
            }
            return found
        } catch {
            let names = place.proxy == nil ? "“server”" : "“proxy”"
            tell(
                Examination(
                    what: "\(place.nextHop)",
                    problem: "\(error); or check \(names) and “name-server”, or give an address."))
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
