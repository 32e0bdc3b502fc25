import Conformance

/// A file of one language whose form has been checked.
struct CheckedFile {
    /// What stands in it, unless its form is wrong.
    let fields: Fields?
    /// What is wrong with its form, by place.
    let messages: [LintMessage]

    init(_ file: SourceFile, _ definition: MappingDefinition) {
        let document = YAMLDocument(parsing: file.bytes, file: file.path)
        guard let root = document.root, document.messages.isEmpty else {
            fields = nil
            messages = document.messages.sorted(by: LintMessage.precedes)
            return
        }
        var checker = ShapeChecker()
        checker.check(root, definition)
        messages = checker.messages.sorted(by: LintMessage.precedes)
        fields = messages.isEmpty ? Fields(root, definition) : nil
    }
}
