import Bytes

/// The URI of a list in a document of URI lists, as conditions refer to it.
///
/// RFC 4825 §6; OMA-TS-SIMPLE_IM-V1_0 Appendix R, whose example lacks the last bracket
package struct ListAnchor: Equatable, Sendable {
    /// The name of the list in which a user keeps those who may not reach him.
    package static let blockedContacts = "oma_blockedcontacts"

    /// The user whose document it is.
    package let user: String
    package let list: String

    package init(user: String, list: String) {
        self.user = user
        self.list = list
    }

    /// - Returns: nil when the text names no list of a user by its name.
    package init?(_ anchor: String) {
        guard let text = anchor.removingPercentEscapes else { return nil }
        var steps = text.split(separator: "/")[...]
        guard let users = steps.firstIndex(of: "users") else { return nil }
        steps = steps[(users + 1)...]
        guard let user = steps.popFirst(), let list = steps.last,
            let start = list.firstIndex(of: "\"") ?? list.firstIndex(of: "'")
        else { return nil }
        let quote = list[start]
        let name = list[list.index(after: start)...].prefix { $0 != quote }
        guard list.prefix(upTo: start).hasSuffix("@name="), !name.isEmpty else { return nil }
        self.init(user: String(user), list: String(name))
    }

    /// The anchor below the root of an XCAP server.
    package func uri(root: String) -> String {
        "\(root)/resource-lists/users/\(user)/index/~~/resource-lists/list%5b@name=%22\(list)%22%5d"
    }
}
