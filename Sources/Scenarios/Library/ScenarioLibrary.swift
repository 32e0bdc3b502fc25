package import Conformance

/// The test cases and requirements of a directory, with everything that is wrong in any of its files.
///
/// Files in a folder named `requirements` are catalogues, those in one named `scr` tables; all others are scenarios.
package struct ScenarioLibrary: Sendable {
    /// A test case and its path from the top of the library, without extension.
    package struct Entry: Sendable {
        package let path: String
        package let testCase: TestCase
    }

    /// What patterns chose.
    package struct Selection: Sendable {
        /// The cases in the order of their paths, each once.
        package let testCases: [TestCase]
        /// The patterns that chose nothing.
        package let unmatched: [SelectionPattern]
    }

    /// The cases that have no error, in the order of their paths.
    package let entries: [Entry]
    package let catalogue: RequirementCatalogue
    /// The items of static conformance.
    package let tables: SCRTables
    /// The errors and warnings of all files, in the order of their places.
    package let messages: [LintMessage]

    /// Reads all files under a directory.
    package init(directory: String, in fileSystem: FileSystem) throws {
        self.init(try fileSystem.files(under: directory), root: directory)
    }

    /// Reads the files, whose paths begin with the root.
    package init(_ files: [SourceFile], root: String = "") {
        let files = files.sorted { $0.path < $1.path }
        var catalogue = RequirementCatalogue()
        var tables = SCRTables()
        var messages: [LintMessage] = []
        for file in files where file.folder == "requirements" { messages += catalogue.add(file) }
        for file in files where file.folder == "scr" { messages += tables.add(file) }
        messages += tables.messages
        var entries: [Entry] = []
        for file in files where !["requirements", "scr"].contains(file.folder) {
            let scenario = ScenarioFile(file, catalogue: catalogue, tables: tables)
            messages += scenario.messages
            if let testCase = scenario.testCase {
                entries.append(Entry(path: file.path(from: root), testCase: testCase))
            }
        }
        messages += Self.repeatedIDs(in: entries)
        self.entries = entries
        self.catalogue = catalogue
        self.tables = tables
        self.messages = messages.sorted(by: LintMessage.precedes)
    }

    package var testCases: [TestCase] { entries.map(\.testCase) }

    /// The messages because of which the library must not be used.
    package var errors: [LintMessage] { messages.filter { $0.severity == .error } }

    package subscript(id: String) -> TestCase? { testCases.first { $0.id == id } }

    /// The cases that any of the patterns chooses; without patterns, all.
    package func select(_ patterns: [SelectionPattern]) -> Selection {
        let chosen = entries.filter { entry in
            patterns.isEmpty || patterns.contains { $0.matches(path: entry.path) }
        }
        return Selection(
            testCases: chosen.map(\.testCase),
            unmatched: patterns.filter { pattern in !entries.contains { pattern.matches(path: $0.path) } })
    }

    private static func repeatedIDs(in entries: [Entry]) -> [LintMessage] {
        var first: [String: SourcePosition] = [:]
        return entries.compactMap { entry in
            let testCase = entry.testCase
            if let place = first[testCase.id] {
                let text = "The case \(testCase.id) is there twice; the first is in \(place.file)"
                return LintMessage(.duplicate, at: testCase.position, text)
            }
            first[testCase.id] = testCase.position
            return nil
        }
    }
}

extension SourceFile {
    /// The name of the folder that it is in.
    fileprivate var folder: String { path.split(separator: "/").dropLast().last.map(String.init) ?? "" }

    /// The path below the root, without extension.
    fileprivate func path(from root: String) -> String {
        let below = path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
        return below.hasSuffix(".yaml") ? String(below.dropLast(5)) : below
    }
}
