/// The judgment of Contact beyond its grammar.
///
/// RFC 3261 §8.1.1.8, §10.2, §12.1.1
extension SIPJudgment {
    /// The methods whose requests can establish a dialog or refresh its target, with one Contact.
    private static let targetMethods: [SIPMethod: String] = [
        .invite: "RFC 3261 §8.1.1.8", .subscribe: "RFC 3261 §8.1.1.8", .refer: "RFC 3261 §8.1.1.8",
        .notify: "RFC 3261 §8.1.1.8", .update: "RFC 3311 §5.1",
    ]

    mutating func judgeContacts() {
        let contacts = addresses.filter { $0.field.name == .contact }
        judgeWildcard(contacts.map(\.address))
        guard let method = message.method, let clause = Self.targetMethods[method] else { return }
        if contacts.count > 1 {
            note(
                .contactCount, in: contacts[1].field, clause: clause,
                "The \(method) has \(contacts.count) contacts instead of one.")
        }
        for (field, address) in contacts where !address.hasSIPScheme && !address.isWildcard {
            note(.contactScheme, in: field, "Contact has \(address.uri), which is no SIP or SIPS URI.")
        }
        judgeSecurity(contacts)
    }

    /// A secure Request-URI or topmost Route asks for a secure Contact.
    private mutating func judgeSecurity(_ contacts: [(field: SIPField, address: NameAddress)]) {
        guard let target = message.requestURI, (try? SIPURI(parsing: target))?.isSecure == true else { return }
        for (field, address) in contacts {
            if let uri = address.sipURI, !uri.isSecure {
                note(.contactScheme, in: field, "The Request-URI is a SIPS URI, and Contact has \(address.uri).")
            }
        }
    }

    private mutating func judgeWildcard(_ contacts: [NameAddress]) {
        guard let field = message.field(.contact), contacts.contains(where: \.isWildcard) else { return }
        if message.method != .register {
            note(.contactWildcard, in: field, "The Contact * is for REGISTER requests only.")
        } else if contacts.count > 1 {
            note(.contactWildcard, in: field, "The Contact * stands beside other contacts.")
        } else if (try? message.expires()) != 0 {
            note(.contactWildcard, in: field, "The Contact * comes without Expires: 0.")
        }
    }
}
