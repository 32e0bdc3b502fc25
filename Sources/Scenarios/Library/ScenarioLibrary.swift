package import Conformance
import Parallelism

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

    /// The paths of all scenarios from the top of the library, without extension, read or not.
    package let paths: [String]
    /// The cases that have been read and have no error, in the order of their paths.
    package let entries: [Entry]
    package let catalogue: RequirementCatalogue
    /// The items of static conformance.
    package let tables: SCRTables
    /// The errors and warnings of all files that have been read, in the order of their places.
    package let messages: [LintMessage]

    /// Reads the files under a directory; of the scenarios, those that any of the patterns chooses.
    ///
    /// Without patterns, all are read.
    package init(directory: String, in fileSystem: FileSystem, choosing patterns: [SelectionPattern] = []) throws {
        self.init(try fileSystem.files(under: directory), root: directory, choosing: patterns)
    }

    /// Reads the files, whose paths begin with the root; of the scenarios, those that any of the patterns chooses.
    package init(_ files: [SourceFile], root: String = "", choosing patterns: [SelectionPattern] = []) {
        let files = files.sorted { $0.path < $1.path }
        var catalogue = RequirementCatalogue()
        var tables = SCRTables()
        var messages: [LintMessage] = []
        for file in files where file.folder == "requirements" { messages += catalogue.add(file) }
        for file in files where file.folder == "scr" { messages += tables.add(file) }
        messages += tables.messages
        let scenarios = files.filter { !["requirements", "scr"].contains($0.folder) }
        let chosen = scenarios.filter { patterns.choose(path: $0.path(from: root)) }
        let read = chosen.concurrentMap { [catalogue, tables] file in
            (path: file.path(from: root), file: ScenarioFile(file, catalogue: catalogue, tables: tables))
        }
        messages += read.flatMap(\.file.messages)
        let entries = read.compactMap { path, file in file.testCase.map { Entry(path: path, testCase: $0) } }
        messages += Self.repeatedIDs(in: entries)
        paths = scenarios.map { $0.path(from: root) }
        self.entries = entries
        self.catalogue = catalogue
        self.tables = tables
        self.messages = messages.sorted(by: LintMessage.precedes)
    }

    package var testCases: [TestCase] { entries.map(\.testCase) }

    /// The ids of all cases, read or not: a file is named for its case.
    package var ids: [String] { paths.map { String($0.split(separator: "/").last ?? "") } }

    /// The messages because of which the library must not be used.
    package var errors: [LintMessage] { messages.filter { $0.severity == .error } }

    package subscript(id: String) -> TestCase? { testCases.first { $0.id == id } }

    /// The case that the text names: by its id, or by a pattern that chooses no other.
    package func testCase(named text: String) -> TestCase? {
        if let testCase = self[text] { return testCase }
        let chosen = select([SelectionPattern(text)]).testCases
        return chosen.count == 1 ? chosen[0] : nil
    }

    /// Those of the cases read that any of the patterns chooses; without patterns, all.
    package func select(_ patterns: [SelectionPattern]) -> Selection {
        Selection(
            testCases: entries.filter { patterns.choose(path: $0.path) }.map(\.testCase),
            unmatched: patterns.filter { pattern in !paths.contains { pattern.matches(path: $0) } })
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
