package import Conformance

/// A file in which a product's owner says what it supports (ICS), read: what it says, or what is wrong with it.
package struct StatementFile: Sendable {
    /// nil where a message is an error.
    package let statement: ConformanceStatement?
    /// Errors, by place.
    package let messages: [LintMessage]
    /// Where it says less than the tables ask for, by place; that does not keep it from being used.
    package let shortfalls: [StatementShortfall]

    package init(_ file: SourceFile, tables: SCRTables) {
        let checked = CheckedFile(file, StatementLanguage.statement(of: tables))
        guard let fields = checked.fields else {
            (statement, messages, shortfalls) = (nil, checked.messages, [])
            return
        }
        var reader = StatementReader(fields: fields, tables: tables)
        let read = reader.statement(file: file.path)
        messages = reader.messages.sorted(by: LintMessage.precedes)
        statement = messages.isEmpty ? read : nil
        shortfalls = messages.isEmpty ? reader.shortfalls(of: read) : []
    }
}

/// Takes a statement out of a file whose form is right.
private struct StatementReader {
    let fields: Fields
    let tables: SCRTables
    var messages: [LintMessage] = []
    /// The answer of each item that is named.
    private var answers: [SCRItemID: YAMLEntry] = [:]
    /// Where each role stands.
    private var roles: [Role: SourcePosition] = [:]

    init(fields: Fields, tables: SCRTables) {
        self.fields = fields
        self.tables = tables
    }

    mutating func statement(file: String) -> ConformanceStatement {
        let ordered = readRoles()
        if fields.optional("items") != nil {
            for entry in fields.fields("items").entries { answers[SCRItemID(entry.key)] = entry }
        }
        let takesMandatory = fields.optional("all-mandatory")?.text == StatementLanguage.yes
        var claims: Set<SCRItemID> = []
        for item in tables.items {
            if let answer = answers[item.id] {
                guard answer.value.text == StatementLanguage.yes else { continue }
                if roles[item.role] == nil { refuseStranger(item, answer) }
                claims.insert(item.id)
            } else if takesMandatory, item.status == .mandatory, roles[item.role] != nil {
                claims.insert(item.id)
            }
        }
        return ConformanceStatement(
            product: fields.text("product"), version: fields.text("version"), date: fields.text("date"),
            author: fields.optional("author")?.text, roles: ordered, claims: claims, file: file)
    }

    private mutating func readRoles() -> [Role] {
        var ordered: [Role] = []
        for node in fields.list("roles") {
            guard let role = Role(rawValue: node.text) else {
                preconditionFailure("The words of “roles” are those of Role")
            }
            if roles[role] != nil {
                messages.append(LintMessage(.duplicate, at: node.position, "The role “\(node.text)” is there twice"))
                continue
            }
            roles[role] = node.position
            ordered.append(role)
        }
        return ordered
    }

    private mutating func refuseStranger(_ item: SCRItem, _ answer: YAMLEntry) {
        let text = "\(item.id) is an item of a \(item.role.rawValue), which is none of the roles of the statement"
        messages.append(LintMessage(.badValue, at: answer.position, text))
    }

    func shortfalls(of statement: ConformanceStatement) -> [StatementShortfall] {
        let shortfalls = tables.items.compactMap { item -> StatementShortfall? in
            guard let role = roles[item.role] else { return nil }
            let place = answers[item.id]?.position
            guard statement.claims.contains(item.id) else {
                guard item.status == .mandatory else { return nil }
                let text =
                    "\(item.id) is mandatory for a \(item.role.rawValue) and not claimed: "
                    + "\(item.title) (\(item.place))"
                return StatementShortfall(.mandatory, of: item.id, text, at: place ?? role)
            }
            guard let missing = tables.missing(for: item, among: statement.claims) else { return nil }
            let text = "\(item.id) is claimed, but not what it requires: \(missing)"
            return StatementShortfall(.requirement, of: item.id, text, at: place ?? role)
        }
        // The sort keeps the order of the tables within one place.
        return shortfalls.enumerated().sorted {
            ($0.element.position.line, $0.element.position.column, $0.offset)
                < ($1.element.position.line, $1.element.position.column, $1.offset)
        }.map(\.element)
    }
}
