import Conformance
import TestSupport
import Testing

@testable import Scenarios

/// What the guide shows.
@Suite struct GuideTests {
    private let guide: String
    private let library = ShippedScenarios.library

    init() throws {
        guide = String(decoding: try ProjectFiles.bytes("docs/scenario-language.md"), as: UTF8.self)
    }

    @Test func `The example in the guide is a scenario`() throws {
        let example = try #require(guide.firstMatch(of: /```yaml\n((?s).*?)```/)).1
        let file = SourceFile(path: "IM-2.0-int-201.yaml", bytes: Array(example.utf8))
        #expect(ScenarioFile(file, catalogue: library.catalogue, tables: library.tables).messages == [])
    }
}
