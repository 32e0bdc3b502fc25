import Foundation
import TestSupport
import Testing

@testable import Scenarios

/// What is made from the definition of the language and also stands in a file.
///
/// With `PARLEY_REWRITE=1` in the environment the tests write the files instead of comparing them.
@Suite struct GeneratedTextTests {
    @Test func `The schema in the fixtures is the schema of the language`() throws {
        try compare("fixtures/schemas/scenario.schema.json") { _ in ScenarioSchema.text }
    }

    @Test func `The reference in the guide is the reference of the language`() throws {
        try compare("docs/scenario-language.md") { page in
            let begin = try #require(page.firstRange(of: /<!-- reference: begin .*-->\n/)).upperBound
            let end = try #require(page.firstRange(of: "<!-- reference: end -->")).lowerBound
            return String(page[..<begin]) + ReferencePage.text + String(page[end...])
        }
    }

    private func compare(_ path: String, with made: (String) throws -> String) throws {
        let file = ProjectFiles.root.appending(path: path)
        let found = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        if ProcessInfo.processInfo.environment["PARLEY_REWRITE"] == "1" {
            try made(found).write(to: file, atomically: true, encoding: .utf8)
        } else {
            let isCurrent = try made(found) == found
            #expect(isCurrent, "\(path) is out of date; run the tests with PARLEY_REWRITE=1 and look at the change")
        }
    }
}
