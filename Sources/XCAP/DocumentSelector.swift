/// Where a document is: the application usage, the tree, and the name in it.
///
/// RFC 4825 §6.2
package struct DocumentSelector: Hashable, Sendable, CustomStringConvertible {
    package enum Tree: Hashable, Sendable {
        case global
        /// The tree of the user with this XUI.
        case user(String)
    }

    package var usage: ApplicationUsage
    package var tree: Tree

    /// The name of the document; slashes make folders of what is before them.
    package var name: String

    package init(_ usage: ApplicationUsage, _ tree: Tree, name: String) {
        self.usage = usage
        self.tree = tree
        self.name = name
    }

    /// The segments of the path that lead to the document from the XCAP root.
    var segments: [String] {
        let place =
            switch tree {
            case .global: ["global"]
            case .user(let user): ["users", user]
            }
        return [usage.rawValue] + place + name.split(separator: "/").map(String.init)
    }

    package var description: String { segments.joined(separator: "/") }
}
