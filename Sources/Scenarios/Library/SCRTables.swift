package import Conformance

/// The items of static conformance that statements claim and scenarios need.
package struct SCRTables: Sendable {
    /// A name that requirements use and no table has.
    private struct UndefinedName {
        /// The item that is meant; nil where the name asks nothing.
        var meaning: SCRItemID?
        var position: SourcePosition
    }

    /// In the order of the documents.
    package private(set) var groups: [SCRGroup] = []
    private var itemsByID: [SCRItemID: SCRItem] = [:]
    private var positions: [SCRItemID: SourcePosition] = [:]
    private var undefined: [SCRItemID: UndefinedName] = [:]
    /// What items require, and where they say so.
    private var requirements: [(id: SCRItemID, position: SourcePosition)] = []

    package init() {}

    package subscript(id: SCRItemID) -> SCRItem? { itemsByID[id] }

    package var items: [SCRItem] { groups.flatMap(\.items) }

    /// Adds the tables of a file.
    ///
    /// - Returns: What is wrong with the file; what is right in it has been added.
    package mutating func add(_ file: SourceFile) -> [LintMessage] {
        let checked = CheckedFile(file, SCRLanguage.tables)
        guard let fields = checked.fields else { return checked.messages }
        var messages: [LintMessage] = []
        for table in fields.mappings("groups") {
            guard let role = Role(rawValue: table.text("role")) else {
                preconditionFailure("The words of “role” are those of Role")
            }
            let items = table.mappings("items").compactMap { row in
                item(row, of: role, document: fields.text("document"), &messages)
            }
            groups.append(
                SCRGroup(clause: table.text("clause"), title: table.text("title"), role: role, items: items))
        }
        for name in fields.mappings("undefined") {
            let (id, place) = (SCRItemID(name.text("id")), name.required("id").position)
            if let first = undefined[id]?.position {
                messages.append(LintMessage(.duplicate, at: place, "\(id) is there twice; the first is at \(first)"))
                continue
            }
            undefined[id] = UndefinedName(
                meaning: name.optional("read-as").map { SCRItemID($0.text) }, position: place)
        }
        return messages
    }

    private mutating func item(
        _ row: Fields, of role: Role, document: String, _ messages: inout [LintMessage]
    ) -> SCRItem? {
        let id = SCRItemID(row.text("id"))
        let place = row.required("id").position
        if let first = positions[id] {
            messages.append(LintMessage(.duplicate, at: place, "\(id) is there twice; the first is at \(first)"))
            return nil
        }
        guard let status = SCRItem.Status(rawValue: row.text("status")) else {
            preconditionFailure("The words of “status” are those of SCRItem.Status")
        }
        var item = SCRItem(
            id: id, role: role, title: row.text("title"), document: document, clause: row.text("clause"), status: status
        )
        if let node = row.optional("requires") {
            let required = SCRItemID(node.text)
            item.requirement = required
            requirements.append((required, node.position))
        }
        positions[id] = place
        itemsByID[id] = item
        return item
    }

    /// What is wrong with the tables of all files together: names that lead nowhere, and names that nobody uses.
    package var messages: [LintMessage] {
        let known = items.map(\.id.description) + undefined.keys.map(\.description)
        var messages: [LintMessage] = []
        for (name, position) in requirements where itemsByID[name] == nil && undefined[name] == nil {
            let hint = Suggestion.hint(for: name.description, among: known)
            messages.append(LintMessage(.unknownItem, at: position, "No table has the item \(name)\(hint)"))
        }
        let used = Set(requirements.map(\.id))
        for (name, entry) in undefined {
            if itemsByID[name] != nil {
                messages.append(LintMessage(.duplicate, at: entry.position, "\(name) is an item, and so is defined"))
            } else if !used.contains(name) {
                messages.append(LintMessage(.unknownItem, at: entry.position, "No item requires \(name)"))
            }
            if let meaning = entry.meaning, itemsByID[meaning] == nil {
                let hint = Suggestion.hint(for: meaning.description, among: known)
                messages.append(
                    LintMessage(.unknownItem, at: entry.position, "No table has the item \(meaning)\(hint)"))
            }
        }
        return messages
    }

    /// What the item requires and the claims do not have, or nil where nothing is missing.
    package func missing(for item: SCRItem, among claims: Set<SCRItemID>) -> String? {
        guard let name = item.requirement, let required = meaning(of: name), !claims.contains(required) else {
            return nil
        }
        return words(for: name)
    }

    /// The item that the name stands for, or nil where it asks nothing.
    package func meaning(of name: SCRItemID) -> SCRItemID? {
        guard let entry = undefined[name] else { return name }
        return entry.meaning
    }

    /// The name, and the item that is meant where no table has it.
    package func words(for name: SCRItemID) -> String {
        guard let entry = undefined[name] else { return name.description }
        return "\(name) (\(entry.meaning.map { "read as \($0)" } ?? "undefined"))"
    }
}
