package import Conformance

/// The requirements that criteria and rules can name.
package struct RequirementCatalogue: Sendable, Equatable {
    package private(set) var requirements: [RequirementID: Requirement] = [:]
    private var positions: [RequirementID: SourcePosition] = [:]

    package init() {}

    package subscript(id: RequirementID) -> Requirement? { requirements[id] }

    package var ids: [RequirementID] { requirements.keys.sorted() }

    /// Adds the requirements of a file.
    ///
    /// - Returns: What is wrong with the file; what is right in it has been added.
    package mutating func add(_ file: SourceFile) -> [LintMessage] {
        let checked = CheckedFile(file, RequirementLanguage.catalogue)
        guard let fields = checked.fields else { return checked.messages }
        return fields.mappings("requirements").compactMap { add($0, document: fields.text("document")) }
    }

    private mutating func add(_ fields: Fields, document: String) -> LintMessage? {
        let id = RequirementID(fields.text("id"))
        let place = fields.required("id").position
        if let first = positions[id] {
            return LintMessage(.duplicate, at: place, "\(id) is there twice; the first is at \(first)")
        }
        guard let level = Requirement.Level(rawValue: fields.text("level")) else {
            preconditionFailure("The words of “level” are those of Requirement.Level")
        }
        positions[id] = place
        requirements[id] = Requirement(
            id: id, document: document, clause: fields.text("clause"), level: level,
            statement: fields.text("statement"))
        return nil
    }
}
