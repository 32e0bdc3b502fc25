import Foundation
import Testing

/// Every row of the table of exit codes, as the shell sees it.
@Suite(.serialized)
struct ExitCodeTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.parley(["run", "--simulated", "--quiet", "--out", scratch.path("report")] + arguments)
    }

    @Test func `0 when every case passes`() throws {
        #expect(try run().status == 0)
    }

    @Test func `1 when a case fails`() throws {
        #expect(try run("--defect", "server:textAltered").status == 1)
    }

    @Test func `1 also when exactly 256 cases fail`() throws {
        let scenario = try String(
            contentsOf: Program.root.appending(path: "scenarios/simple-im/int/IM-2.0-int-201.yaml"), encoding: .utf8)
        for number in 1000..<1256 {
            let copy = scenario.replacing("IM-2.0-int-201", with: "IM-2.0-int-\(number)")
                .replacing("id: 201.", with: "id: \(number).")
            try scratch.write(copy, to: "scenarios/int/IM-2.0-int-\(number).yaml")
        }
        try FileManager.default.copyItem(
            at: Program.root.appending(path: "scenarios/requirements"),
            to: scratch.url.appending(path: "scenarios/requirements"))
        let outcome = try run("--defect", "server:textAltered", "--scenarios", scratch.path("scenarios"))
        #expect(outcome.status == 1)
        #expect(try scratch.text("report/junit.xml").contains("failures=\"256\""))
    }

    @Test func `2 for an unknown option, with the nearest known one`() throws {
        let outcome = try run("--sead", "7")
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("Unknown option “--sead”; did you mean “--seed”?"))
    }

    @Test func `2 for a scenario file with an error, and nothing is sent`() throws {
        try scratch.write("id: IM-2.0-int-101\ntitel: x\n", to: "scenarios/IM-2.0-int-101.yaml")
        let outcome = try run("--scenarios", scratch.path("scenarios"))
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("IM-2.0-int-101.yaml:2:1: error: Unknown key “titel”"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("report/run.json")))
    }

    @Test func `3 when a case is inconclusive and none fails`() throws {
        let outcome = try run("IM-2.0-int-201", "--defect", "B:neverPublishes")
        #expect([1, 3].contains(outcome.status))
    }

    @Test func `4 when the system under test cannot be reached`() throws {
        let outcome = try Program.parley([
            "run", "--server", "127.0.0.99:5999", "--quiet", "--capture-source", "actors", "--out",
            scratch.path("report"), "IM-2.0-int-201",
        ])
        #expect(outcome.status == 4)
        #expect(outcome.output.contains("127.0.0.99:5999"))
    }

    @Test func `5 when nothing matches`() throws {
        let outcome = try run("IM-9.9-int-999")
        #expect(outcome.status == 5)
        #expect(outcome.complaints.contains("No test case matches"))
    }

    @Test func `5 when fewer cases are executed than asked for`() throws {
        #expect(try run("--min-executed", "3").status == 5)
    }
}
