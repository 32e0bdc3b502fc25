import Conformance
import Reporting
import Testing

@Suite struct MarkdownSummaryTests {
    private func lines(_ run: RunResult) -> [String] {
        let environment = RunEnvironment(tool: "parley 0.1.0", command: ["parley", "run", "--seed", "7"])
        return String(decoding: MarkdownSummary(run, environment: environment).bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `The summary begins with the verdict, the counts and how to repeat the run`() {
        #expect(
            lines(Sample.run).prefix(7) == [
                "## ! Parley: error – Example IM Server 3.2 &lt;b&gt;beta&lt;/b&gt;", "",
                "- 1 of 4 executed cases passed interop (1 error, 1 fail, 1 inconclusive); 1 out of time, 1 not applicable.",
                "- 1 of 4 executed cases passed conformance (1 error, 1 fail, 1 not judged); "
                    + "1 out of time, 1 not applicable.",
                "- 1 assertion needed a window, for want of a fence.",
                "- Run `20260821T143000Z-k3f9a`, simulated, in virtual time, 2026-08-21 14:30:00 UTC, took 48.31 s.",
                "- Seed `18446744073709551557`, to repeat: `parley run --seed 7`.",
            ])
    }

    @Test func `Every case is one row of the table`() {
        let rows = lines(Sample.run).filter { $0.hasPrefix("| ") }.dropFirst()
        #expect(rows.count == Sample.run.cases.count)
        #expect(rows.first == "| IM-2.0-int-101 | Establish 1-to-1 IM session | ✓ pass | ✓ pass | 5/5 | 6.47 s |")
    }

    @Test func `What a peer sent is neither Markdown nor HTML`() {
        var run = Sample.run
        run.cases[1].findings[0].observed = "| a | `b`\n# *c* [d](e) <f> @g \u{1B}[2J"
        let shown = ##"- observed: \| a \| \`b\`‹LF›\# \*c\* \[d\](e) &lt;f&gt; &#64;g ‹ESC›\[2J"##
        #expect(lines(run).contains(shown))
    }

    @Test func `A summary explains no more than fifty cases`() {
        var run = Sample.run
        run.cases = Array(repeating: Sample.failed, count: 60)
        let lines = lines(run)
        #expect(lines.count { $0.hasPrefix("### ") } == 50)
        #expect(lines.contains("10 more cases explained in index.html."))
    }

    @Test func `A partial run says so`() {
        #expect(lines(Sample.partial).contains { $0.hasPrefix("> **This run is incomplete.** The time budget") })
    }
}
