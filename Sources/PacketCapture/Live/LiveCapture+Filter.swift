package import Network

extension LiveCapture {
    /// The filter that lets pass what these addresses send or receive, fragments included.
    ///
    /// The kernel takes no filter without end, and what compiles a long one takes long: neighbours are told as ranges.
    package static func filter(for addresses: Set<IPAddress>) -> String {
        let ranges = AddressRange.ranges(of: addresses.filter { !$0.isIPv6 }).map(\.filter)
        let six = addresses.filter(\.isIPv6).sorted().map { "host \($0)" }
        return (ranges + six).joined(separator: " or ")
    }
}
