import SIPSyntax

/// The address of a user, equal to another where both name the same user.
///
/// RFC 3261 §10.3 (5): without password, parameters and headers; the host without letter case, escapes resolved
package struct UserAddress: Hashable, Sendable {
    private let canonical: String

    package init(_ uri: String) {
        if let sip = try? SIPURI(parsing: uri) {
            canonical = sip.addressOfRecord
        } else {
            canonical = uri.prefix { $0 != ";" && $0 != "?" }.lowercased()
        }
    }
    /// The address in the value of a field, which may have a display name and parameters.
    package init(ofValue value: String) {
        self.init((try? NameAddress(parsing: value))?.uri ?? value)
    }
}
