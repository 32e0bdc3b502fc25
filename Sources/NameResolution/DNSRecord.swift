package import Network

/// What a name server is asked.
package struct DNSQuery: Hashable, Sendable, CustomStringConvertible {
    package enum RecordType: String, Sendable {
        case a = "A"
        case aaaa = "AAAA"
        case srv = "SRV"
        case naptr = "NAPTR"
    }

    package var type: RecordType
    package var name: String

    package init(_ type: RecordType, _ name: String) {
        self.type = type
        self.name = name
    }

    package var description: String { "\(type.rawValue) \(name)" }
}

/// What a name server says of a name.
package enum DNSRecord: Hashable, Sendable {
    case address(IPAddress)
    /// RFC 2782
    case server(priority: Int, weight: Int, port: UInt16, target: String)
    /// RFC 3403, of which only rules with the flag `s` and a replacement concern SIP (RFC 3263 §4.1).
    case rule(order: Int, preference: Int, flags: String, service: String, replacement: String)
}
