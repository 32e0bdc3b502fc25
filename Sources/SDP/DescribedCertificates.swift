/// What parties have said of the certificates at the ends of their sessions, by the first URI of the path; the latest
/// is believed, and only so many are remembered.
///
/// RFC 4975 §14.4 and RFC 8122 §5
package struct DescribedCertificates: Sendable {
    private let capacity: Int
    private var fingerprints: [String: String] = [:]
    private var order: [String] = []

    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// Notes the fingerprints of a description: those of each line, which go before that of the session.
    package mutating func note(_ description: SessionDescription) {
        let common = description.attributes.first("fingerprint")?.value
        for line in description.media where line.isMSRP && line.isSecure {
            guard let first = line.path.first, let fingerprint = line.value("fingerprint") ?? common else { continue }
            if fingerprints.updateValue(fingerprint, forKey: first) == nil { order.append(first) }
            if order.count > capacity { fingerprints[order.removeFirst()] = nil }
        }
    }

    /// The value of the attribute that goes with a path beginning with the URI, as written.
    package func fingerprint(of uri: String) -> String? { fingerprints[uri] }
}
