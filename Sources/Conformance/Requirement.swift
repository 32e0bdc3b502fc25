/// The name of a requirement, such as `TS-7.1.1.1-3` or `RFC3261-13.2.2.4-ACK`.
package struct RequirementID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ id: String) {
        description = id
    }

    package static func < (left: RequirementID, right: RequirementID) -> Bool { left.description < right.description }
}

/// A normative statement, in our words.
package struct Requirement: Hashable, Sendable {
    /// The strength of the statement.
    package enum Level: String, CaseIterable, Sendable {
        case shall
        case should
        case may
    }

    package var id: RequirementID
    /// The document in its short name, such as `OMA-TS-SIMPLE_IM-V1_0` or `RFC 3261`.
    package var document: String
    package var clause: String
    package var level: Level
    /// Our paraphrase of what the clause asks.
    package var statement: String

    package init(id: RequirementID, document: String, clause: String, level: Level, statement: String) {
        self.id = id
        self.document = document
        self.clause = clause
        self.level = level
        self.statement = statement
    }
}
