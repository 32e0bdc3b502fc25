import Assessment
import Conformance
import Scenarios
import TestSupport
import Testing

/// The list of what the cases are to judge, beside what they do judge.
struct AssertionTests {
    /// The lines of the list, by what each says is judged and by what.
    private static func lines() throws -> [(assertion: String, checks: [String])] {
        String(decoding: try ProjectFiles.bytes("fixtures/assertions.txt"), as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") && !$0.hasPrefix("-") }
            .map { line in
                let parts = line.split(separator: ":")
                return (String(parts[0]), parts.last?.split(separator: " ").map(String.init) ?? [])
            }
    }

    @Test func `Every assertion is judged by checks that there are`() throws {
        let known = Set(Theatre.library.testCases.flatMap(\.checks).map(\.id)).union(GeneralRule.all.map(\.id))
        for line in try Self.lines() {
            #expect(!line.checks.isEmpty, "\(line.assertion)")
            #expect(Set(line.checks).subtracting(known) == [], "\(line.assertion)")
        }
    }

    @Test func `Every criterion of a case belongs to an assertion of that case`() throws {
        let lines = try Self.lines()
        for testCase in Theatre.library.testCases {
            let number = testCase.id.suffix(3)
            let judged = Set(lines.filter { $0.assertion.hasPrefix(number) }.flatMap(\.checks))
            #expect(Set(testCase.checks.map(\.id)).subtracting(judged) == [])
        }
    }
}
