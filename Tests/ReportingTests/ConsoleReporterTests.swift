import Conformance
import Reporting
import Testing

@Suite struct ConsoleReporterTests {
    /// Everything that a run of the sample writes.
    private func output(_ screen: ConsoleReporter.Screen, _ palette: ConsoleReporter.Palette = .plain) -> String {
        var reporter = ConsoleReporter(screen: screen, palette: palette)
        var text = reporter.text(for: .runStarted(Sample.run, selected: Sample.run.cases.count))
        for result in Sample.run.cases {
            text += reporter.text(for: .caseStarted(result.testCase))
            for step in result.testCase.procedure { text += reporter.text(for: .stepStarted(step)) }
            text += reporter.text(for: .caseFinished(result, requirements: Sample.run.requirements))
        }
        text += reporter.text(
            for: .runFinished(Sample.run, report: "reports/x/index.html", command: "parley run --seed 7"))
        return text
    }

    @Test func `A case that passed is one line`() {
        var reporter = ConsoleReporter(screen: .terminal(columns: 80), palette: .plain)
        var result = Sample.passed
        result.findings.removeAll { $0.kind == .warning }
        let line = "✓ pass           IM-2.0-int-101  Establish 1-to-1 IM session              6.47 s\n"
        #expect(reporter.text(for: .caseFinished(result, requirements: [:])) == line)
    }

    @Test func `What keeps one case after the other from being executed is said once`() {
        var reporter = ConsoleReporter(screen: .terminal(columns: 80), palette: .plain)
        var result = Sample.passed
        result.outcome = .error(reason: "There is no server. See to it.")
        let title = "! error          IM-2.0-int-101  Establish 1-to-1 IM session"
        let first = reporter.text(for: .caseFinished(result, requirements: [:]))
        #expect(first.contains("\(title) ") && first.contains("\n    There is no server. See to it.\n"))
        let second = reporter.text(for: .caseFinished(result, requirements: [:]))
        #expect(second.contains("\(title) (as above) ") && second.split(separator: "\n").count == 1)
    }

    @Test func `A failure is explained in words`() {
        var reporter = ConsoleReporter(screen: .terminal(columns: 80), palette: .plain)
        var result = Sample.failed
        result.findings = [result.findings[0]]
        result.remarks = []
        let text = reporter.text(for: .caseFinished(result, requirements: Sample.run.requirements))
        #expect(
            text == """
                ✗ fail           IM-2.0-int-201  Page to a user                           35.9 s
                    interop fail (0/1 criteria passed), conformance fail

                    ✗ 201.1 B receives “Hello 1” exactly once
                      expected    exactly 1 MESSAGE with “Hello 1”
                      observed    2: the retransmission was passed on as a request of its own
                      at fault    server
                      kind        pass criterion, step 1
                      message     #11 (packet 30) server → B: MESSAGE sip:bob.k3f9a@127.0.0.12
                                  <hostile>
                      message     #14 (packet 33) server → B: MESSAGE sip:bob.k3f9a@127.0.0.12
                      clause      OMA-TS-SIMPLE_IM-V1_0 §8.1.1 (TS-8.1.1-1): A pager-mode
                                  message travels in one SIP MESSAGE to the IM Address of the
                                  recipient.
                      clause      RFC 3261 §17.2.2 (RFC3261-17.2.2-1): A retransmitted request
                                  is answered again and is not passed to the user a second
                                  time.
                      scenario    scenarios/simple-im/int/IM-2.0-int-201.yaml:31:5


                """)
    }

    @Test func `The end gives every count with what it is part of, and where the report is`() {
        let lines = output(.lines).split(separator: "\n")
        #expect(
            lines.suffix(9) == [
                "1 of 4 executed cases passed interop (1 error, 1 fail, 1 inconclusive); 1 out of time, 1 not",
                "applicable",
                "1 of 4 executed cases passed conformance (1 error, 1 fail, 1 not judged); 1 out of time, 1 not",
                "applicable",
                "note: Packets were recorded by the simulated clients alone; there is no second witness.",
                "1 assertion needed a window, for want of a fence.",
                "Took 48.31 s, seed 18446744073709551557", "Report: reports/x/index.html",
                "Repeat: parley run --seed 7",
            ])
    }

    @Test(arguments: [60, 80, 120])
    func `No line is wider than the terminal`(columns: Int) {
        let written = output(.terminal(columns: columns))
        let lines = written.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        for line in lines where !line.contains("scenarios/") && !line.contains("18446744073709551557") {
            #expect(line.columnCount <= columns, "\(line)")
        }
    }

    @Test func `A step is called by its number, and one before or after the procedure by its part`() {
        var reporter = ConsoleReporter(screen: .terminal(columns: 80), palette: .plain)
        _ = reporter.text(for: .runStarted(Sample.run, selected: 6))
        _ = reporter.text(for: .caseStarted(Sample.establishment))
        func words(_ step: Step) -> String {
            String(reporter.text(for: .stepStarted(step)).dropFirst("\r[1/6] IM-2.0-int-101 ".count))
        }
        #expect(words(Sample.establishment.preamble[0]).hasPrefix("preamble: A logs in "))
        #expect(words(Sample.establishment.procedure[2]).hasPrefix("step 3: A sends “Hello B” in the session "))
        #expect(words(Sample.establishment.postamble[0]).hasPrefix("postamble: A goes offline "))
    }

    @Test func `Progress stands on one line, and the next text wipes it out`() {
        var reporter = ConsoleReporter(screen: .terminal(columns: 60), palette: .plain)
        _ = reporter.text(for: .runStarted(Sample.run, selected: 6))
        let progress = reporter.text(for: .caseStarted(Sample.establishment))
        #expect(progress.hasPrefix("\r[1/6] IM-2.0-int-101 Establish 1-to-1 IM session "))
        #expect(progress.columnCount == 60)
        let step = reporter.text(for: .stepStarted(Sample.establishment.procedure[2]))
        #expect(step.hasPrefix("\r[1/6] IM-2.0-int-101 step 3: A sends “Hello B” in the ses"))
        #expect(!step.contains("\n"))
        let done = reporter.text(for: .caseFinished(Sample.passed, requirements: [:]))
        #expect(done.hasPrefix("\r" + String(repeating: " ", count: 59) + "\r✓ pass"))
        #expect(reporter.text(for: .remark("Done")) == "note: Done\n")
    }

    @Test func `A file gets whole lines and no progress`() {
        let written = output(.lines)
        #expect(!written.contains("\r"))
        #expect(!written.contains("[1/6]"))
    }

    @Test func `Without colors no escape reaches the screen, whatever a peer sent`() {
        #expect(!output(.lines).contains("\u{1B}"))
        #expect(!output(.terminal(columns: 80)).contains("\u{1B}"))
        #expect(output(.lines).contains("‹NUL›‹ESC›[2J"))
    }

    @Test func `With colors only the text of the reporter is colored`() {
        let escapes = output(.lines, .ansi).matches(of: /\u{1B}\[[0-9;]*m/).count
        let all = output(.lines, .ansi).unicodeScalars.count { $0 == "\u{1B}" }
        #expect(escapes == all)
        #expect(escapes > 0)
    }

    @Test func `A partial run is never told as a success`() {
        var reporter = ConsoleReporter(screen: .lines, palette: .ansi)
        var run = Sample.partial
        run.cases = [Sample.passed]
        let text = reporter.text(for: .runFinished(run, report: nil, command: nil))
        #expect(text.contains("This run is incomplete: The time budget"))
        #expect(!text.contains("\u{1B}[32m"))
    }
}
