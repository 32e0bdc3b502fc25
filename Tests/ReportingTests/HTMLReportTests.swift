import Conformance
import Foundation
import Reporting
import Testing

@Suite struct HTMLReportTests {
    @Test func `Write the sample where it can be looked at`() throws {
        guard let folder = ProcessInfo.processInfo.environment["PARLEY_SAMPLE_FOLDER"] else { return }
        try ReportFolder(at: folder).write(Sample.run, environment: RunEnvironment(tool: "parley 0.1.0", command: ["parley", "run", "IM-2.0-int-101", "--seed", "18446744073709551557", "--sut", "my sut.yaml"], facts: [.init("Host", "ci-7, Debian 12, 2 processors"), .init("Commit", "573f5de")]), exitStatus: 1)
        var reporter = ConsoleReporter(screen: .terminal(columns: 80), palette: .ansi)
        var text = reporter.text(for: .runStarted(Sample.run, selected: Sample.run.cases.count))
        for result in Sample.run.cases {
            text += reporter.text(for: .caseStarted(result.testCase))
            text += reporter.text(for: .caseFinished(result, requirements: Sample.run.requirements))
        }
        text += reporter.text(for: .runFinished(Sample.run, report: "reports/x/index.html", command: "parley run --seed 1"))
        try Data(text.utf8).write(to: URL(filePath: folder + "/console.txt"))
    }
}
