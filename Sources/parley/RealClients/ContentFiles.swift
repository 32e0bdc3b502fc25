import Conformance
import Foundation

/// The pictures and texts of the test cases as files in the report, so that real clients can send them.
struct ContentFiles: Sendable {
    let destination: ReportDestination

    /// Where a content of a test case is.
    func path(of content: MediaContent, in testCase: String) -> String {
        URL(fileURLWithPath: "\(destination.folder)/\(Self.name(of: content, in: testCase))").path
    }

    func store(_ testCase: TestCase) throws {
        for content in testCase.equipment.contents {
            try destination.store(content.bytes, at: Self.name(of: content, in: testCase.id))
        }
    }

    private static func name(of content: MediaContent, in testCase: String) -> String {
        "cases/\(testCase)/contents/\(content.name)"
    }
}
