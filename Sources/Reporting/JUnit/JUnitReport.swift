package import Conformance
import Network

/// `junit.xml`: the results as continuous integration reads them.
///
/// The counts of the root and of every suite are those of the elements within.
package struct JUnitReport: Sendable {
    private let run: RunResult

    package init(_ run: RunResult) {
        self.run = run
    }

    package var bytes: [UInt8] {
        let suites = Self.suites(of: run)
        let root: Markup = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="parley" \(Counts(run.cases, isIncomplete: run.incomplete != nil).attributes) time="\(run.elapsed.seconds)" \
            timestamp="\(run.started.zonelessTimestamp)">
            \(suites.map { suite(name: $0.name, cases: $0.cases) })\(incompleteness)</testsuites>

            """
        return root.bytes
    }

    /// The name of the group of the ETS that the case belongs to: `oma-ets-im-2.0.int-1xx` for `IM-2.0-int-101`.
    package static func className(of testCase: TestCase) -> String {
        let parts = testCase.id.split(separator: "-")
        guard parts.count >= 3, let number = parts.last, number.count == 3, Int(number) != nil else {
            let folder = testCase.position.file.split(separator: "/").dropLast().joined(separator: ".")
            return folder.isEmpty ? "parley" : folder
        }
        let group = parts[parts.count - 2]
        let document = parts.dropLast(2).joined(separator: "-")
        return "oma-ets-\(document).\(group)-\(number.prefix(1))xx".lowercased()
    }

    /// The cases by class name, in the order in which the names first appear.
    private static func suites(of run: RunResult) -> [(name: String, cases: [CaseResult])] {
        var names: [String] = []
        var cases: [String: [CaseResult]] = [:]
        for result in run.cases {
            let name = className(of: result.testCase)
            if cases[name] == nil { names.append(name) }
            cases[name, default: []].append(result)
        }
        return names.map { ($0, cases[$0] ?? []) }
    }

    private struct Counts {
        let attributes: Markup

        init(_ cases: [CaseResult], isIncomplete: Bool = false) {
            let surplus = isIncomplete ? 1 : 0
            let outcomes = cases.map(JUnitOutcome.init)
            func count(_ element: JUnitOutcome.Element) -> Int { outcomes.count { $0.element == element } }
            attributes = """
                tests="\(cases.count + surplus)" failures="\(count(.failure))" errors="\(count(.error) + surplus)" \
                skipped="\(count(.skipped))"
                """
        }
    }

    /// A suite that fails where the run was stopped before its end, so that nobody takes a part for the whole.
    private var incompleteness: Markup? {
        run.incomplete.map { reason in
            """
              <testsuite name="parley.run" tests="1" failures="0" errors="1" skipped="0" time="0">
                <testcase name="The run was completed" classname="parley.run" time="0">
                  <error type="incomplete" message="\(reason.onOneLine)"/>
                </testcase>
              </testsuite>

            """
        }
    }

    private func suite(name: String, cases: [CaseResult]) -> Markup {
        let started = cases.map(\.started).min() ?? run.started
        let elapsed = cases.map(\.elapsed).reduce(.zero, +)
        return """
              <testsuite name="\(name)" \(Counts(cases).attributes) time="\(elapsed.seconds)" \
            timestamp="\(started.zonelessTimestamp)">
            \(cases.map { testCase($0, className: name) })  </testsuite>

            """
    }

    private func testCase(_ result: CaseResult, className: String) -> Markup {
        let capture: Markup? = result.capture.map { "      <system-out>[[ATTACHMENT|\($0)]]</system-out>\n" }
        return """
                <testcase name="\("\(result.name) \(result.testCase.title)".onOneLine)" classname="\(className)" \
            file="\(result.testCase.position.file)" time="\(result.elapsed.seconds)" \
            assertions="\(result.findings.count)">
                  <properties>
            \(properties(of: result).map { property($0, $1) })      </properties>
            \(element(for: result))\(capture)    </testcase>

            """
    }

    private func property(_ name: String, _ value: String) -> Markup {
        "        <property name=\"\(name)\" value=\"\(value.onOneLine)\"/>\n"
    }

    private func properties(of result: CaseResult) -> [(String, String)] {
        let parties = Set(result.decidingFindings.compactMap(\.party)).sorted().map(\.description)
        let requirements = Set(result.testCase.checks.flatMap(\.requirements)).sorted()
            .compactMap { run.requirements[$0]?.place }
        let clauses = requirements.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let properties: [(String, String)] = [
            ("interop", result.interopMark.word),
            ("conformance", result.conformanceMark.word),
            ("testfest", result.mark.testFestWord),
            ("spec", result.testCase.references.specification.joined(separator: ", ")),
            ("clause", clauses.joined(separator: ", ")),
            ("ics", Set(result.testCase.needs.values.joined()).sorted().map(\.description).joined(separator: ", ")),
            ("system-under-test", run.systemUnderTest),
            ("mode", run.mode.rawValue),
            ("seed", run.seed.map { String($0) } ?? ""),
            ("attempt", String(result.attempt)),
            ("suspect-party", parties.joined(separator: ", ")),
            ("warnings", result.warnings.map(FindingText.line).joined(separator: " | ")),
            ("attachment", result.capture ?? ""),
        ]
        return properties.filter { !$0.1.isEmpty }
    }

    private func element(for result: CaseResult) -> Markup? {
        let outcome = JUnitOutcome(result)
        switch outcome.element {
        case .none: return nil
        case .skipped: return "      <skipped message=\"\(outcome.message)\">\(result.reason ?? "")</skipped>\n"
        case .failure:
            return """
                      <failure type="\(outcome.type)" message="\(outcome.message)">\(body(of: result))</failure>

                """
        case .error:
            return """
                      <error type="\(outcome.type)" message="\(outcome.message)">\(body(of: result))</error>

                """
        }
    }

    /// What a person needs to check the verdict: each deciding finding, then the ladder around its messages.
    private func body(of result: CaseResult) -> String {
        var lines = result.reason.map { [$0] } ?? []
        for finding in result.decidingFindings {
            let text = FindingText(finding, in: result, requirements: run.requirements)
            lines += [text.title] + text.rows.map { "  \($0.name): \($0.text)" } + [""]
        }
        lines += result.remarks.map { "remark: \($0.onOneLine)" }
        lines += LadderText(result).excerpt(limit: 40)
        return "\n" + lines.joined(separator: "\n") + "\n"
    }
}
