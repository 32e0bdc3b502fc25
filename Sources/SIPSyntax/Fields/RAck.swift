/// Which reliable provisional response a PRACK answers.
///
/// RFC 3262 §7.2
package struct RAck: Hashable, Sendable, CustomStringConvertible {
    package var responseNumber: UInt32
    package var cSeq: CSeq

    package var description: String { "\(responseNumber) \(cSeq)" }
}

extension RAck: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        responseNumber = try scanner.number(.rAck)
        try scanner.whitespace(.rAck)
        cSeq = try CSeq(scanning: &scanner)
    }
}
