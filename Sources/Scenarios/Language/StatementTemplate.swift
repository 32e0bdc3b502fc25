package import Conformance

/// The file by which the statement of a product (ICS) begins.
package enum StatementTemplate {
    /// A statement of every item of the roles: the mandatory ones claimed, the optional ones not.
    package static func statement(of name: String, roles: [Role], tables: SCRTables, today: String) -> String {
        let groups = tables.groups.filter { roles.contains($0.role) }
        let width = (groups.flatMap(\.items).map { $0.id.description.count }.max() ?? 0) + 6
        let heading = """
            # What \(name) supports, item by item (ICS). A case that needs what is not claimed is Not Applicable.
            # This start claims what is mandatory (M) and nothing that is optional (O): say what is true instead.
            product: \(name)
            version: "1.0"
            date: \(today)
            # author: who answers for it
            roles: [\(roles.map(\.rawValue).joined(separator: ", "))]

            # The short form: with this, only items that it gets wrong need a line below.
            # all-mandatory: yes

            # yes or no; an item that is not named is not claimed.
            items:
            """
        let parts = groups.map { group in
            let rows = group.items.map { row($0, of: tables, width: width) }
            return (["  # \(group.clause) \(group.title)"] + rows).joined(separator: "\n")
        }
        return heading + "\n" + parts.joined(separator: "\n\n") + "\n"
    }

    private static func row(_ item: SCRItem, of tables: SCRTables, width: Int) -> String {
        let answer = item.status == .mandatory ? "yes" : "no"
        let claim = "\(item.id): \(answer)"
        let padding = String(repeating: " ", count: max(1, width - claim.count))
        let requirement = item.requirement.flatMap(tables.meaning).map { "; requires \($0)" } ?? ""
        return "  \(claim)\(padding)# \(item.status.letter) \(item.title) (\(item.place)\(requirement))"
    }
}
