/// An item of static conformance: something that a client or a server can do, and whether it has to.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix B
package struct SCRItem: Hashable, Sendable {
    package enum Status: String, CaseIterable, Sendable {
        case mandatory
        case optional

        /// The letter of the tables.
        package var letter: String {
            switch self {
            case .mandatory: "M"
            case .optional: "O"
            }
        }
    }

    package var id: SCRItemID
    /// Whose item it is.
    package var role: Role
    /// What it is about, in our words.
    package var title: String
    /// The document that has the item.
    package var document: String
    package var clause: String
    package var status: Status
    /// The item without which it cannot be had.
    package var requirement: SCRItemID?

    package init(
        id: SCRItemID, role: Role, title: String, document: String, clause: String, status: Status,
        requirement: SCRItemID? = nil
    ) {
        self.id = id
        self.role = role
        self.title = title
        self.document = document
        self.clause = clause
        self.status = status
        self.requirement = requirement
    }

    /// Where it is specified: `§7.1.1.2`, `Appendix H`.
    package var place: String { clause.first?.isNumber == true ? "§\(clause)" : clause }
}
