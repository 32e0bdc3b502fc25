import Bytes

/// A URI in angle brackets that tells more: Alert-Info, Call-Info and Error-Info.
///
/// RFC 3261 §20.4, §20.9, §20.18
package struct InfoURI: Hashable, Sendable, CustomStringConvertible {
    package var uri: String
    package var parameters: [Parameter]

    package init(_ uri: String, parameters: [Parameter] = []) {
        self.uri = uri
        self.parameters = parameters
    }

    package var description: String { "<\(uri)>\(parameters.written)" }
}

extension InfoURI: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        guard scanner.next == UInt8(ascii: "<") else { throw scanner.error(.absoluteURI) }
        let address = try NameAddress(scanning: &scanner)
        self.init(address.uri, parameters: address.parameters)
    }
}
