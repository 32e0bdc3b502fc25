package import Network

/// The name by which scenarios and reports know a party: `A` to `D`, or `server`.
package struct PartyName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ name: String) {
        description = name
    }

    package static let server = PartyName("server")

    package static func < (left: PartyName, right: PartyName) -> Bool { left.description < right.description }
}

/// What a party is in the test case.
package enum Role: String, Sendable {
    case client
    case server
}

/// A party of a test case: who it is and where it is reached.
package struct Party: Hashable, Sendable {
    package var name: PartyName
    package var role: Role
    /// The IM Address of a client, as an absolute SIP URI; nil for a server.
    package var imAddress: String?
    /// Every address from which the party sends or at which it receives.
    package var addresses: [IPAddress]

    package init(name: PartyName, role: Role, imAddress: String?, addresses: [IPAddress]) {
        self.name = name
        self.role = role
        self.imAddress = imAddress
        self.addresses = addresses
    }
}

/// The parties of one test case.
package struct Cast: Hashable, Sendable {
    package var parties: [Party]
    /// The IM Group Identities of the groups, by the names that the test case gives them.
    package var groups: [String: String]

    package init(_ parties: [Party], groups: [String: String] = [:]) {
        self.parties = parties
        self.groups = groups
    }

    package subscript(name: PartyName) -> Party? { parties.first { $0.name == name } }

    /// Whether everybody is on this machine, where datagrams are handed over in the order in which they were sent.
    package var isLoopback: Bool { parties.allSatisfy { $0.addresses.allSatisfy(\.isLoopback) } }

    package var clients: [Party] { parties.filter { $0.role == .client } }

    /// The party that owns the address, or nil for a stranger.
    package func party(at address: IPAddress) -> Party? {
        parties.first { $0.addresses.contains(address) }
    }

    /// The party whose IM Address equals the URI, compared without letter case in the host and without parameters.
    package func party(withIMAddress uri: String) -> Party? {
        let wanted = Self.comparable(uri)
        return parties.first { $0.imAddress.map(Self.comparable) == wanted }
    }

    private static func comparable(_ uri: String) -> String {
        let bare = uri.prefix { $0 != ";" && $0 != "?" && $0 != ">" }
        guard let at = bare.lastIndex(of: "@") else { return bare.lowercased() }
        let scheme = bare.prefix { $0 != ":" }.lowercased()
        return scheme + bare[..<at].dropFirst(scheme.count) + bare[at...].lowercased()
    }
}
