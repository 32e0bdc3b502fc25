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
    static var all: [String] { ShippedScenarios.library.testCases.map(\.id) }

    static func testCase(_ id: String) throws -> TestCase { try #require(ShippedScenarios.library[id]) }
}

extension Assessed {
    /// What is not as it should be, in lines for people.
    var complaints: [String] {
        findings.filter { $0.verdict != .pass && $0.kind != .warning }.map { finding in
            "\(finding.check): \(finding.verdict.word), expected \(finding.expected), observed \(finding.observed)"
        }
    }
}
