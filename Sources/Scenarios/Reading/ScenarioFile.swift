package import Conformance

/// A file before it is read: where it is, and what it holds.
package struct SourceFile: Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The name without folders and extension.
    var name: String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        return last.hasSuffix(".yaml") ? String(last.dropLast(5)) : last
    }
}

/// A scenario file, read: its test case, or what is wrong with it.
package struct ScenarioFile: Sendable {
    /// The test case, unless a message is an error.
    package let testCase: TestCase?
    /// Errors and warnings, by place.
    package let messages: [LintMessage]

    /// Reads the file: first its form, then, where that is right, its sense.
    package init(_ file: SourceFile, catalogue: RequirementCatalogue, tables: SCRTables) {
        let document = YAMLDocument(parsing: file.bytes, file: file.path)
        var messages = document.messages
        if let root = document.root {
            var checker = ShapeChecker()
            checker.check(root, ScenarioLanguage.testCase)
            let places = Set(messages.map(\.position))
            messages += checker.messages.filter { !places.contains($0.position) }
        }
        guard let root = document.root, messages.isEmpty else {
            testCase = nil
            self.messages = messages.sorted(by: LintMessage.precedes)
            return
        }
        var reader = CaseReader(
            Fields(root, ScenarioLanguage.testCase), file: file, catalogue: catalogue, tables: tables)
        let read = reader.testCase()
        messages = reader.messages + StyleRules.messages(for: read)
        testCase = messages.contains { $0.severity == .error } ? nil : read
        self.messages = messages.sorted(by: LintMessage.precedes)
    }
}
