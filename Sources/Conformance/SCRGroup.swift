/// The items of one table.
package struct SCRGroup: Hashable, Sendable {
    /// The clause of the table, such as `B.1.1`.
    package var clause: String
    package var title: String
    package var role: Role
    package var items: [SCRItem]

    package init(clause: String, title: String, role: Role, items: [SCRItem]) {
        self.clause = clause
        self.title = title
        self.role = role
        self.items = items
    }
}
