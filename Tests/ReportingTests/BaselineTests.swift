import Conformance
import Network
import Reporting
import Testing

@Suite struct BaselineTests {
    private static let today = "2026-11-26"

    private static func known(_ testCase: String, _ check: String, until: String = "2026-11-26") -> KnownFailure {
        KnownFailure(
            testCase: testCase, check: check, reason: "PROJ-1", until: until,
            position: SourcePosition(file: "known.yaml", line: 2, column: 5))
    }

    private static func failing(_ checks: String...) -> CaseResult {
        CaseResult(
            testCase: Sample.paging, outcome: .judged(interop: .fail, conformance: .pass),
            findings: checks.map { check in
                Finding(
                    check: check, kind: .criterion, verdict: .fail, title: "", requirements: [], expected: "",
                    observed: "")
            }, started: Sample.start, elapsed: .zero)
    }

    private static func marked(_ result: CaseResult, _ entries: KnownFailure...) -> CaseResult {
        var result = result
        Baseline(entries, today: today).mark(&result)
        return result
    }

    @Test(arguments: ["201.1", "201.*", "*", "*.1", "2*1", "20*.1*"])
    func `A pattern covers what it writes`(pattern: String) {
        #expect(Self.marked(Self.failing("201.1"), Self.known("IM-2.0-int-201", pattern)).knownReason == "PROJ-1")
    }

    @Test(arguments: ["201.2", "201", "1", "*.2", "201.1*1", ""])
    func `It covers nothing else`(pattern: String) {
        let result = Self.marked(Self.failing("201.1"), Self.known("IM-2.0-int-201", pattern))
        #expect(result.knownReason == nil)
        #expect(result.findings.map(\.known) == [nil])
    }

    @Test func `A case is expected to fail only where everything is known that keeps it from passing`() {
        let half = Self.marked(Self.failing("201.1", "201.2"), Self.known("*", "201.1"))
        #expect(half.findings.map(\.known) == ["PROJ-1", nil])
        #expect(half.knownReason == nil)
        let whole = Self.marked(Self.failing("201.1", "201.2"), Self.known("*", "201.1"), Self.known("*", "201.2"))
        #expect(whole.knownReason == "PROJ-1")
        #expect(whole.verdict == .fail)
        var run = Sample.run
        run.cases = [whole]
        #expect(ExitCode(run) == .success)
        let environment = RunEnvironment(tool: "parley 0.1.0", command: [])
        let summary = String(decoding: MarkdownSummary(run, environment: environment).bytes, as: UTF8.self)
        #expect(summary.hasPrefix("## ✗ Parley: fail, as is known – "))
        #expect(summary.contains("\n- Expected: 1 case did not pass for known reasons.\n"))
        let page = String(decoding: HTMLReport(run, environment: environment).bytes, as: UTF8.self)
        #expect(page.contains("<title>fail, as is known: "))
        #expect(page.contains("<p class=\"notice\">Expected: 1 case did not pass for known reasons.</p>"))
        run.cases = [whole, half]
        #expect(
            String(decoding: MarkdownSummary(run, environment: environment).bytes, as: UTF8.self)
                .hasPrefix("## ✗ Parley: fail – "))
        run.cases = [half]
        #expect(ExitCode(run) == .fail)
    }

    @Test func `What has run out is known no more`() {
        let entry = Self.known("*", "201.1", until: "2026-11-25")
        #expect(Self.marked(Self.failing("201.1"), entry).knownReason == nil)
        let stale = Baseline([entry], today: Self.today).stale(
            after: [Self.failing("201.1")], of: [Sample.paging.id])
        #expect(
            stale == [
                "The known failure 201.1 of * (known.yaml:2:5) was put up with until 2026-11-25; mend what fails, "
                    + "or give it a later day."
            ])
    }

    @Test func `What fails no more is stale, and so is what names no case`() {
        let ids = [Sample.paging.id, "IM-2.0-int-999"]
        func stale(_ entry: KnownFailure) -> [String] {
            Baseline([entry], today: Self.today).stale(after: [Self.failing("201.1")], of: ids)
        }
        #expect(stale(Self.known("*", "201.1")) == [])
        #expect(
            stale(Self.known("*", "201.2"))
                == ["The known failure 201.2 of * (known.yaml:2:5) fails no more; take it out."])
        #expect(
            stale(Self.known("IM-1*", "201.1"))
                == ["The known failure 201.1 of IM-1* (known.yaml:2:5) names no test case; take it out."])
        #expect(stale(Self.known("IM-2.0-int-999", "x")) == [], "It was not executed")
    }
}
