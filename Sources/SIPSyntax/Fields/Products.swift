import Bytes

/// What software sent a message: the value of User-Agent and Server.
///
/// RFC 3261 §20.35, §20.41, §25.1 server-val
package struct Products: Hashable, Sendable {
    package enum Part: Hashable, Sendable {
        case product(name: String, version: String?)
        case comment(String)
    }

    package var parts: [Part]
}

extension Products: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        parts = [try scanner.productOrComment()]
        while !scanner.isAtEnd {
            try scanner.whitespace(.serverValue)
            parts.append(try scanner.productOrComment())
        }
    }
}

extension SIPScanner {
    fileprivate mutating func productOrComment() throws(SIPSyntaxError) -> Products.Part {
        if next == UInt8(ascii: "(") { return .comment(try comment()) }
        let name = try token(.serverValue)
        guard takeSeparator(UInt8(ascii: "/")) else { return .product(name: name, version: nil) }
        return .product(name: name, version: try token(.serverValue))
    }
}
