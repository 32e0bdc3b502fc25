import Bytes

/// An address that must stand in angle brackets: Route, Record-Route, Path and Service-Route.
///
/// RFC 3261 §20.30, §20.34; RFC 3327 §4; RFC 3608 §5
package struct RouteAddress: Hashable, Sendable {
    package var address: NameAddress

    package var parameters: [Parameter] { address.parameters }
}

extension RouteAddress: SIPFieldValue {
    package var nameAddress: NameAddress? { address }

    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let start = scanner.position
        address = try NameAddress(scanning: &scanner)
        guard scanner.bytes[start..<scanner.position].contains(UInt8(ascii: "<")) else {
            throw SIPSyntaxError(.nameAddress, at: start)
        }
    }
}
