import SIPSyntax

/// A URI to which SIP messages go.
package struct SIPTarget: Sendable {
    /// The URI as written.
    package let uri: String
    /// The user part of a SIP URI, with its escapes resolved as far as they mean the same.
    package var user: String? { parsed?.user }
    private let parsed: SIPURI?

    init(_ uri: String) {
        self.uri = uri
        parsed = try? SIPURI(parsing: uri)
    }

    /// The URI in the value of a field, which may have a display name and parameters; nil where there is none.
    package init?(ofValue value: String) {
        let uri = (try? NameAddress(parsing: value))?.uri ?? value
        guard uri.contains(":") else { return nil }
        self.init(uri)
    }

    /// Whether both name the same resource.
    ///
    /// RFC 3261 §19.1.4; URIs of other schemes must be the same text
    package func isSame(as other: SIPTarget) -> Bool {
        guard let parsed, let theirs = other.parsed else { return uri == other.uri }
        return parsed.isEquivalent(to: theirs)
    }

    /// Whether the element at the URI routes loosely: it has the parameter lr.
    ///
    /// RFC 3261 §19.1.1
    package var isLoose: Bool { parsed?.parameter("lr") != nil }
}

extension DissectedMessage {
    /// The URIs of a field that is a list of addresses, in order; those that cannot be read are left out.
    package func addresses(in field: String) -> [SIPTarget] {
        elements(of: field).compactMap { element in
            (try? NameAddress(parsing: element)).map { SIPTarget($0.uri) }
        }
    }

    package var requestTarget: SIPTarget? { sip?.requestURI.map { SIPTarget($0) } }

    /// The largest number of further hops, or nil where the message does not say.
    package var maxForwards: Int? { sip.flatMap { try? $0.maxForwards() } }

    /// Whether the body is, or has as a part, a session description that can be found.
    package var hasSessionDescription: Bool { sip?.sessionDescription != nil }

    /// The bindings that a REGISTER or the response to one lists, each with its expiry in seconds where it has one.
    package var bindings: [(target: SIPTarget, expiry: Int?)] {
        guard let contacts = sip.flatMap({ try? $0.contacts() }) else { return [] }
        return contacts.filter { !$0.isWildcard }.map { contact in
            (SIPTarget(contact.uri), contact.parameters.first("expires")?.value.flatMap { Int($0) })
        }
    }

    /// The session interval and the refresher that the message names, or nil without one that can be read.
    ///
    /// RFC 4028 §4
    package var sessionTimer: (seconds: Int, refresher: String?)? {
        guard let value = sip?.first(.sessionExpires) else { return nil }
        let parts = value.split(separator: ";").map { part in
            part.split(separator: "=").map { $0.filter { !$0.isWhitespace }.lowercased() }
        }
        guard let seconds = parts.first?.first.flatMap({ Int($0) }) else { return nil }
        let refresher = parts.dropFirst().first { $0.first == "refresher" && $0.count == 2 }?[1]
        return (seconds, refresher)
    }
}
