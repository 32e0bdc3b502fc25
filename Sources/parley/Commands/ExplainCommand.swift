import Assessment
import Conformance
import Reporting
import Scenarios

/// `parley explain`: what a test case, a check, a general rule or a requirement asks.
enum ExplainCommand {
    static let command = Command(
        name: "explain", summary: "Say what a test case, check, rule or requirement asks.",
        operands: "CASE | CHECK | RULE | REQUIREMENT", options: Suite.options,
        notes: """
            Examples:
              parley explain IM-2.0-int-101
              parley explain 101.3a
              parley explain rfc3261.ack-for-2xx
            """
    ) { arguments in
        guard arguments.operands.count == 1, let subject = arguments.operands.first else {
            throw UsageError("Name one test case, check, rule or requirement to explain.")
        }
        let library = try Suite(arguments).library
        if let testCase = library[subject] {
            Terminal.print(text(of: testCase))
        } else if let (testCase, check) = find(check: subject, in: library) {
            Terminal.print(text(of: check, of: testCase, library.catalogue))
        } else if let rule = GeneralRule.all.first(where: { $0.id == subject }) {
            let lines = ["\(rule.id): \(rule.title)", "Every trace is judged by it; it bears on conformance."]
            Terminal.print((lines + rule.requirements.map { text(of: $0, library.catalogue) }).joined(separator: "\n"))
        } else if library.catalogue[RequirementID(subject)] != nil {
            Terminal.print(text(of: RequirementID(subject), library.catalogue))
        } else {
            let known =
                library.testCases.map(\.id) + library.testCases.flatMap { $0.checks.map(\.id) }
                + GeneralRule.all.map(\.id) + library.catalogue.ids.map(\.description)
            throw UsageError(Arguments.unknown(subject, among: known, what: "case, check, rule or requirement"))
        }
        return .success
    }

    private static func find(check id: String, in library: ScenarioLibrary) -> (TestCase, Check)? {
        for testCase in library.testCases {
            if let check = testCase.checks.first(where: { $0.id == id }) { return (testCase, check) }
        }
        return nil
    }

    private static func text(of testCase: TestCase) -> String {
        let references = testCase.references
        var lines = [
            "\(testCase.id): \(testCase.title)", testCase.description,
            "", "Test object: \(testCase.objects.map(\.rawValue).joined(separator: ", "))",
            "References: \(references.specification.joined(separator: ", "))",
            "SCR: \(references.scr.joined(separator: ", ")); ETR: \(references.etr.joined(separator: ", "))",
            "", "State before step 1:",
        ]
        lines += testCase.state.map { "  - \($0.text)\($0.isOptional ? " (optional)" : "")" }
        lines += ["", "Procedure:"] + testCase.procedure.map { "  \($0.label). \($0.sentence)" }
        lines += ["", "Checks:"]
        lines += testCase.checks.map { check in
            "  \(check.id) [\(check.kind.rawValue)]\(check.step.map { " step \($0)" } ?? ""): \(check.title)"
        }
        lines += ["", "Scenario: \(testCase.position.file)"]
        return lines.joined(separator: "\n")
    }

    private static func text(of check: Check, of testCase: TestCase, _ catalogue: RequirementCatalogue) -> String {
        let bearing =
            switch check.kind {
            case .criterion: "a pass criterion of the ETS; it decides the interop verdict"
            case .negative: "something that must not be seen; it decides the interop verdict"
            case .conformance: "a SHALL of the specification; it decides the conformance verdict"
            case .warning: "advice; it decides nothing"
            }
        let lines = [
            "\(check.id): \(check.title)",
            "It belongs to \(testCase.id)\(check.step.map { ", step \($0)" } ?? "") and is \(bearing).",
            "Scenario: \(check.position)",
        ]
        return (lines + check.requirements.map { text(of: $0, catalogue) }).joined(separator: "\n")
    }

    private static func text(of id: RequirementID, _ catalogue: RequirementCatalogue) -> String {
        guard let requirement = catalogue[id] else { return "\(id): not in the catalogue" }
        let level = requirement.level.rawValue.uppercased()
        return "\(id) (\(requirement.document) §\(requirement.clause), \(level)): \(requirement.statement)"
    }
}
