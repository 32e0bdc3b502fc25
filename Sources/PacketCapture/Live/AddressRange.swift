import Network

/// IPv4 addresses that have the first two bytes in common, with each of the others in a range.
struct AddressRange: Hashable {
    var network: [UInt8]
    var subnets: ClosedRange<UInt8>
    var hosts: ClosedRange<UInt8>

    /// The fewest ranges of which each has whole rows of addresses.
    static func ranges(of addresses: Set<IPAddress>) -> [AddressRange] {
        var hosts: [[UInt8]: [UInt8]] = [:]
        for address in addresses { hosts[Array(address.bytes.prefix(3)), default: []].append(address.bytes[3]) }
        var subnets: [AddressRange: [UInt8]] = [:]
        for (subnet, numbers) in hosts {
            for run in numbers.runs {
                subnets[AddressRange(network: Array(subnet.prefix(2)), subnets: 0...0, hosts: run), default: []]
                    .append(subnet[2])
            }
        }
        let ranges = subnets.flatMap { row, numbers in
            numbers.runs.map { AddressRange(network: row.network, subnets: $0, hosts: row.hosts) }
        }
        return ranges.sorted { $0.first < $1.first }
    }

    /// What lets pass what one of the addresses sends or receives.
    var filter: String {
        // The offsets are those of the source and of the destination: RFC 791 §3.1.
        first == last ? "host \(first)" : "\(condition(at: 12)) or \(condition(at: 16))"
    }

    private var first: IPAddress { IPAddress(network[0], network[1], subnets.lowerBound, hosts.lowerBound) }

    private var last: IPAddress { IPAddress(network[0], network[1], subnets.upperBound, hosts.upperBound) }

    private func condition(at offset: Int) -> String {
        let number = Int(network[0]) << 8 | Int(network[1])
        return "(ip[\(offset):2] = \(number)"
            + " and ip[\(offset + 2)] >= \(subnets.lowerBound) and ip[\(offset + 2)] <= \(subnets.upperBound)"
            + " and ip[\(offset + 3)] >= \(hosts.lowerBound) and ip[\(offset + 3)] <= \(hosts.upperBound))"
    }
}

extension [UInt8] {
    /// The ranges of consecutive numbers among these.
    fileprivate var runs: [ClosedRange<UInt8>] {
        var runs: [ClosedRange<UInt8>] = []
        for number in sorted() {
            if let last = runs.last, last.upperBound < number, last.upperBound + 1 == number {
                runs[runs.endIndex - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs
    }
}
