/// The expanded name of an element or an attribute; prefixes have no part in it.
///
/// Namespaces in XML 1.0 §2.1
package struct XMLName: Hashable, Sendable {
    package var local: String
    package var namespace: String?

    package init(_ local: String, namespace: String? = nil) {
        self.local = local
        self.namespace = namespace
    }
}
