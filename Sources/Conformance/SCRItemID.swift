/// The name of an item of static conformance, such as `IMSpec-SMM-C-001`.
package struct SCRItemID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ id: String) {
        description = id
    }

    package static func < (left: SCRItemID, right: SCRItemID) -> Bool { left.description < right.description }
}
