import Conformance
import Foundation
import Testing

@testable import Scenarios

/// What the guide says about cases and about words that the language does not have yet.
@Suite struct GuideTests {
    private let guide: String
    private let library: ScenarioLibrary

    init() throws {
        let file = repositoryRoot.appending(path: "docs/scenario-language.md")
        guide = try String(contentsOf: file, encoding: .utf8)
        library = try ScenarioLibrary(directory: "scenarios", in: .repository)
    }

    private static let ids = [101...109, 201...204, 301...303, 401...405, 501...505, 601...608].flatMap(\.self)
        .map { "IM-2.0-int-\($0)" }

    /// The cells of the table whose rows begin with this text.
    private func rows(beginning start: String, after heading: String) throws -> [[String]] {
        let section = try #require(guide.components(separatedBy: "\n### \(heading)\n").last)
        return section.prefix { $0 != "#" }.split(separator: "\n").filter { $0.hasPrefix(start) }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test func `All 34 cases are mapped, and those called written are there`() throws {
        let rows = try rows(beginning: "| IM-", after: "Cases")
        #expect(rows.map(\.first) == Self.ids)
        #expect(rows.filter { $0[1] == "written" }.map { $0[0] } == library.testCases.map(\.id))
        #expect(rows.allSatisfy { ["written", "no"].contains($0[1]) && ($0[1] == "no") == (!$0[2].isEmpty) })
    }

    @Test func `Words to come are not in the language, and cases lack no others`() throws {
        let known = Set(ScenarioLanguage.mappings.flatMap { definition in definition.allKeys.map(\.name) })
        let toCome = Set(try rows(beginning: "| `", after: "Words to come").flatMap { Self.words(in: $0[0]) })
        #expect(known.intersection(toCome) == ["clients"], "`clients` is a key of the equipment")
        let lacking = Set(try rows(beginning: "| IM-", after: "Cases").flatMap { Self.words(in: $0[2]) })
        #expect(lacking == toCome)
    }

    private static func words(in cell: String) -> [String] {
        cell.matches(of: /`([a-z-]+)`/).map { String($0.1) }
    }

    @Test func `The example in the guide is a scenario`() throws {
        let example = try #require(guide.firstMatch(of: /```yaml\n((?s).*?)```/)).1
        let file = SourceFile(path: "IM-2.0-int-201.yaml", bytes: Array(example.utf8))
        #expect(ScenarioFile(file, catalogue: library.catalogue).messages == [])
    }
}
