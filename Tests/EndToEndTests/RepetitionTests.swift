import Conformance
import Foundation
import Network
import PacketCapture
import TestSupport
import Testing

/// The same seed gives the same run, whatever else there is.
@Suite(.waitsForOthers)
struct RepetitionTests {
    @Test func `The same seed gives the same run in virtual time, byte for byte`() throws {
        let first = try Fixtures.simulated.get()
        let second = try Fixtures.Run(["--simulated", "--seed", "7"])
        let isSame = first.report.timeless == second.report.timeless
        #expect(isSame)
        for (left, right) in zip(first.report.run.cases, second.report.run.cases) {
            let path = try #require(left.capture)
            #expect(path == right.capture)
            let isSame = try bytes(path, of: first.report) == bytes(path, of: second.report)
            #expect(isSame)
        }
    }

    /// The capture with another name in the place of the run's id, which has the same length.
    private func bytes(_ path: String, of report: Report) throws -> [UInt8] {
        let (id, none) = (
            Array(report.run.id.utf8), Array(repeating: UInt8(ascii: "-"), count: report.run.id.utf8.count)
        )
        return try report.bytes(path).replacing(id, with: none)
    }

    @Test func `Another seed gives other identifiers and the same verdicts`() throws {
        let first = try Fixtures.simulated.get().report
        let second = try Fixtures.Run(["--simulated", "--seed", "8"]).report
        #expect(first.verdicts == second.verdicts)
        let isSame = first.run.cases[0].messages.map(\.bytes) == second.run.cases[0].messages.map(\.bytes)
        #expect(!isSame)
    }

    @Test(arguments: [
        ["--order", "reversed"], ["--workers", "2", "--order", "random"],
    ])
    func `Neither the order nor the workers change what a case sends`(options: [String]) throws {
        let first = try Fixtures.simulated.get().report
        let second = try Fixtures.Run(["--simulated", "--seed", "7"] + options).report
        #expect(first.verdicts == second.verdicts)
        #expect(first.run.cases.map(\.messages.count) == second.run.cases.map(\.messages.count))
        #expect(first.judgments == second.judgments)
    }

    @Test func `Every attempt counts, the worst stands, and the captures that matter are kept`() throws {
        let run = try Fixtures.Run(["--simulated", "--seed", "7", "--repeat-each", "5", "IM-2.0-int-201"])
        #expect(run.outcome.output.contains("5 attempts: 5 × interop pass, conformance pass."))
        #expect(try run.report.files.filter { $0.hasSuffix(".pcapng") }.count == 1)
        let defective = try Fixtures.Run(
            ["--simulated", "--repeat-each", "3", "IM-2.0-int-201", "--defect", "server:contactInMessage"])
        #expect(defective.outcome.status == 1)
        #expect(try defective.report.files.filter { $0.hasSuffix(".pcapng") }.count == 3)
    }

    @Test func `A disturbed network changes no verdict`() throws {
        let run = try Fixtures.Run(["--simulated", "--disturb", "10", "--repeat-each", "5", "--seed", "3"])
        #expect(run.outcome.status == 0, "\(run.outcome.output)")
    }

    @Test func `The command that is told repeats the run`() throws {
        let workplace = try Workplace()
        let outcome = try workplace.parley("run", "--simulated", "--user", "A=sip:ann@example.com", "IM-2.0-int-201")
        let first = try workplace.report()
        let command = try #require(outcome.output.firstMatch(of: /Repeat: (.*)/)).1
        #expect(try workplace.shell(String(command)).status == 0)
        let second = try workplace.report()
        let isSame = first.timeless == second.timeless
        #expect(isSame)
    }
}
