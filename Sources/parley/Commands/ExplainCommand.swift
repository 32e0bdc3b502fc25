import Assessment
import Conformance
import Reporting
import Scenarios

/// `parley explain`: what a test case, a check, a general rule or a requirement asks.
enum ExplainCommand {
    static let command = Command(
        name: "explain", summary: "Say what a test case, check, rule, requirement or SCR item asks.",
        operands: "SUBJECT",
        options: Suite.options,
        notes: """
            The subject is the id of a test case, a check, a general rule, a requirement or
            an SCR item.

            Examples:
              parley explain IM-2.0-int-101
              parley explain 101
              parley explain 101.3a
              parley explain rfc3261.ack-for-2xx
              parley explain RFC4975-7.2-response
              parley explain IMSpec-SMM-C-001
            """
    ) { arguments in
        guard arguments.operands.count == 1, let subject = arguments.operands.first else {
            throw UsageError("Name one test case, check, rule, requirement or SCR item to explain.")
        }
        let suite = try Suite(reading: arguments)
        let library = suite.library
        if let testCase = library.testCase(named: subject) {
            Terminal.print(text(of: testCase))
        } else if let (testCase, check) = find(check: subject, in: library) {
            Terminal.print(text(of: check, of: testCase, library.catalogue))
        } else if let rule = GeneralRule.all.first(where: { $0.id == subject }) {
            Terminal.print(text(of: rule, library.catalogue))
        } else if library.catalogue[RequirementID(subject)] != nil {
            Terminal.print(text(of: RequirementID(subject), library))
        } else if let item = library.tables[SCRItemID(subject)] {
            Terminal.print(text(of: item, library))
        } else {
            // What is asked for may stand in a file that cannot be used.
            try suite.refuseErrors()
            let known =
                library.testCases.map(\.id) + library.testCases.flatMap { $0.checks.map(\.id) }
                + GeneralRule.all.map(\.id) + library.catalogue.ids.map(\.description)
                + library.tables.items.map(\.id.description)
            throw UsageError(Arguments.unknown(subject, among: known, what: "case, check, rule, requirement or item"))
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
            "\(testCase.id): \(testCase.title)".wrapped(), testCase.description.wrapped(), "",
            row("Test object", testCase.objects.map(\.rawValue)), row("References", references.specification),
            row("SCR", references.scr), row("ETR", references.etr),
        ]
        lines += needs(of: testCase)
        lines += testCase.impediments.map { row("Not under", ["\($0.deviation.rawValue): \($0.reason)"]) }
        lines += [row("Scenario", [testCase.position.file]), "", "State before step 1:"]
        lines += testCase.state.map { state in
            (state.text + (state.isOptional ? " (optional)" : "")).wrapped(after: "  -", indent: 4)
        }
        lines += ["", "Procedure:"]
        lines += testCase.procedure.map { "\($0.sentence).".wrapped(after: "  \($0.label).", indent: 5) }
        lines += ["", "Checks (P pass criterion, N must not happen, C conformance, W advice):"]
        let width = (testCase.checks.map(\.id.count).max() ?? 0) + 2
        lines += testCase.checks.map { check in
            let place = check.step.map { " (step \($0))" } ?? ""
            return "\(check.kind.rawValue)  \(check.title)\(place)"
                .wrapped(after: "  \(check.id)", indent: width + 2)
        }
        return lines.joined(separator: "\n")
    }

    private static func row(_ name: String, _ values: [String]) -> String {
        values.joined(separator: ", ").wrapped(after: "\(name):", indent: 14)
    }

    private static func text(of check: Check, of testCase: TestCase, _ catalogue: RequirementCatalogue) -> String {
        let bearing =
            switch check.kind {
            case .criterion: "a pass criterion of the ETS: it decides the interop verdict"
            case .negative: "something that must not happen: it decides the interop verdict"
            case .conformance: "a SHALL of the specification: it decides the conformance verdict"
            case .warning: "advice: it decides nothing"
            }
        let place = check.step.map { ", step \($0)," } ?? ""
        let lines = [
            "\(check.id): \(check.title)".wrapped(),
            "It belongs to \(testCase.id)\(place) and is \(bearing).".wrapped(),
            "Scenario: \(check.position)",
        ]
        return (lines + requirements(check.requirements, catalogue)).joined(separator: "\n")
    }

    private static func text(of rule: GeneralRule, _ catalogue: RequirementCatalogue) -> String {
        let lines = [
            "\(rule.id): \(rule.title)".wrapped(),
            "Every trace is judged by this rule: it decides the conformance verdict.",
        ]
        return (lines + requirements(rule.requirements, catalogue)).joined(separator: "\n")
    }

    private static func text(of id: RequirementID, _ library: ScenarioLibrary) -> String {
        let checks = library.testCases.flatMap { $0.checks.filter { $0.requirements.contains(id) }.map(\.id) }
        let rules = GeneralRule.all.filter { $0.requirements.contains(id) }.map(\.id)
        let uses = (checks + rules).joined(separator: ", ")
        return [
            text(of: id, library.catalogue),
            (uses.isEmpty ? "No check asks for it." : "Asked for by \(uses).").wrapped(),
        ].joined(separator: "\n")
    }

    private static func requirements(_ ids: [RequirementID], _ catalogue: RequirementCatalogue) -> [String] {
        ids.isEmpty ? [] : [""] + ids.map { text(of: $0, catalogue) }
    }

    /// What the requirement says; a clause that has no statement in the catalogue is cited alone.
    private static func text(of id: RequirementID, _ catalogue: RequirementCatalogue) -> String {
        guard let requirement = catalogue[id] else { return id.place }
        let level = requirement.level.rawValue.uppercased()
        let statement = requirement.statement.wrapped(indent: 2)
        return "\(id) (\(requirement.place), \(level)):".wrapped() + "\n" + statement
    }
}
