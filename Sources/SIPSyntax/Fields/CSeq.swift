/// The place of a request in its dialog, and its method.
///
/// RFC 3261 §20.16
package struct CSeq: Hashable, Sendable, CustomStringConvertible {
    package var number: UInt32
    package var method: SIPMethod

    package init(_ number: UInt32, _ method: SIPMethod) {
        self.number = number
        self.method = method
    }

    package var description: String { "\(number) \(method)" }
}

extension CSeq: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        number = try scanner.number(.cSeq)
        try scanner.whitespace(.cSeq)
        method = SIPMethod(try scanner.token(.method))
    }
}
