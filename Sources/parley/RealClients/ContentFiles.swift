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

    /// Stores the certificate that real clients have to trust.
    ///
    /// - Parameter text: The certificate in PEM.
    /// - Returns: where it is.
    /// - Throws: Why it cannot be stored.
    func store(authority text: String) throws -> String {
        try destination.store(Array(text.utf8), at: "authority.pem")
        return URL(fileURLWithPath: "\(destination.folder)/authority.pem").path
    }

    private static func name(of content: MediaContent, in testCase: String) -> String {
        "cases/\(testCase)/contents/\(content.name)"
    }
}
