import Network
import SIPSyntax

/// A contact at which a user can be reached for some time.
///
/// RFC 3261 §10
struct Binding: Equatable {
    /// The contact as registered, with its feature tags.
    let contact: NameAddress
    let uri: SIPURI
    let callID: String
    let sequence: UInt32
    let since: Instant
    let expires: Instant

    /// The address that the registration came from.
    let source: IPAddress

    /// The q value in thousandths; without one, a contact is fully preferred.
    ///
    /// RFC 3261 §20.10 names no preset; §16.6 leaves the order of such targets to the proxy.
    var preference: Int {
        guard let text = contact.parameters.first("q")?.value, let dot = text.first, "01".contains(dot) else {
            return 1000
        }
        let fraction = text.dropFirst(2).prefix(3)
        let digits = fraction + String(repeating: "0", count: 3 - fraction.count)
        return min(1000, (dot == "1" ? 1000 : 0) + (Int(digits) ?? 0))
    }

    /// The Request-URI of requests to the contact.
    ///
    /// RFC 3261 §19.1.1, Table 1: no method and no headers
    var requestURI: String {
        var target = uri
        target.parameters.remove("method")
        target.headers = []
        return target.description
    }

    /// The contact as the response to a REGISTER lists it.
    func listed(at time: Instant) -> NameAddress {
        var contact = contact
        let remaining = (expires - time).components
        contact.parameters.set("expires", String(max(0, remaining.seconds + (remaining.attoseconds > 0 ? 1 : 0))))
        return contact
    }
}

/// What the core tells the IM server about a user, as it would with a REGISTER of its own.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.3
enum ThirdPartyRegistration: Equatable {
    case registered(user: String)
    case deregistered(user: String)

    /// The news that a change of bindings is for the IM server, for which only contacts with its feature tag count.
    init?(of user: String, from old: [Binding], to new: [Binding]) {
        let (before, after) = (old.contains(where: \.isForIM), new.contains(where: \.isForIM))
        switch (before, after) {
        case (_, true): self = .registered(user: user)
        case (true, false): self = .deregistered(user: user)
        case (false, false): return nil
        }
    }
}

extension Binding {
    var isForIM: Bool { contact.has(.instantMessaging) }
}
