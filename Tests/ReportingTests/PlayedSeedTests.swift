import Conformance
import Reporting
import Testing

@Suite struct PlayedSeedTests {
    @Test(arguments: [(RunResult.Mode.live, true), (.simulated, true), (.judged, false)])
    func `A report names the seed of a run that was played, and none of what was only judged`(
        mode: RunResult.Mode, isNamed: Bool
    ) {
        var run = Sample.run
        run.mode = mode
        let environment = RunEnvironment(tool: "parley 1.0")
        var console = ConsoleReporter(screen: .terminal(columns: 80), palette: .plain)
        var said = console.text(for: .runStarted(run, selected: 1))
        said += console.text(for: .runFinished(run, report: nil, command: nil))
        #expect(said.contains("seed \(run.seed)") == isNamed)
        #expect(said.contains("seed") == isNamed)
        for bytes in [
            HTMLReport(run, environment: environment).bytes, MarkdownSummary(run, environment: environment).bytes,
            JUnitReport(run).bytes,
        ] {
            #expect(String(decoding: bytes, as: UTF8.self).contains(String(run.seed)) == isNamed)
        }
    }
}
