import SIPSyntax

extension String {
    /// The form of a URI by which groups and users are known: the address of record, where it is a SIP URI.
    var canonicalURI: String { (try? SIPURI(parsing: self))?.userAddress ?? self }
}
