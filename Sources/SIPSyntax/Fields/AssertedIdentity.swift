/// Who a trusted element says the user is: P-Asserted-Identity and P-Preferred-Identity.
///
/// RFC 3325 §9.1, §9.2
package struct AssertedIdentity: Hashable, Sendable {
    package var address: NameAddress
}

extension AssertedIdentity: SIPFieldValue {
    package var nameAddress: NameAddress? { address }

    /// Reads an address, which has no parameters here.
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let start = scanner.position
        address = try NameAddress(scanning: &scanner)
        if !address.parameters.isEmpty || address.isWildcard {
            throw SIPSyntaxError(.pAssertedIdentityValue, at: start)
        }
    }
}
