import Assessment
import Conformance
import Execution
import Scenarios
import TestSupport
import Testing

/// The shipped scenarios of which these tests make use.
enum Shipped {
    static let ids = ["IM-2.0-int-101", "IM-2.0-int-201"]

    /// The ids of all cases that there are.
    static var all: [String] { get throws { try library.get().testCases.map(\.id) } }

    static func testCase(_ id: String) throws -> TestCase { try #require(try library.get()[id]) }

    /// Read once.
    private static let library = Result {
        let files = FileSystem(
            read: { try ProjectFiles.bytes($0) },
            list: { folder in
                try ProjectFiles.list(folder).map { FileSystem.Entry(name: $0.name, isDirectory: $0.isDirectory) }
            })
        return try ScenarioLibrary(directory: "scenarios", in: files)
    }
}

extension Assessed {
    /// What is not as it should be, in lines for people.
    var complaints: [String] {
        findings.filter { $0.verdict != .pass && $0.kind != .warning }.map { finding in
            "\(finding.check): \(finding.verdict.word), expected \(finding.expected), observed \(finding.observed)"
        }
    }
}
