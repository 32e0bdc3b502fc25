import Conformance
import Reporting
import Testing

@Suite struct PlayedSeedTests {
    @Test(arguments: [18_446_744_073_709_551_557, nil] as [UInt64?])
    func `A report names the seed of a run that was played, and none of what was only judged`(seed: UInt64?) throws {
        var run = Sample.run
        run.seed = seed
        let environment = RunEnvironment(tool: "parley 1.0")
        var console = ConsoleReporter(screen: .terminal(columns: 80), palette: .plain)
        var said = console.text(for: .runStarted(run, selected: 1))
        said += console.text(for: .runFinished(run, report: nil, command: nil))
        #expect(said.contains("seed") == (seed != nil))
        let file = RunFile.bytes(of: run)
        for bytes in [
            Array(said.utf8), file, JUnitReport(run).bytes, HTMLReport(run, environment: environment).bytes,
            MarkdownSummary(run, environment: environment).bytes,
        ] {
            #expect(String(decoding: bytes, as: UTF8.self).contains("18446744073709551557") == (seed != nil))
        }
        #expect(try RunFile.run(in: file).seed == seed)
    }
}
