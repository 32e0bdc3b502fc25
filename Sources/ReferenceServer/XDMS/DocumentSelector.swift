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
    package var name: String

    package init(_ usage: ApplicationUsage, _ tree: Tree, name: String) {
        self.usage = usage
        self.tree = tree
        self.name = name
    }

    package var description: String {
        switch tree {
        case .global: "\(usage.rawValue)/global/\(name)"
        case .user(let user): "\(usage.rawValue)/users/\(user)/\(name)"
        }
    }
}
