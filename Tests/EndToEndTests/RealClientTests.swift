import Conformance
import Foundation
import Network
import Reporting
import TestSupport
import Testing

/// Clients that somebody else plays, worked by programs and by people.
struct RealClientTests {
    private static let quick = ["--timeout", "3", "--patience", "6", "--no-color"]

    /// A run with real clients in a workplace of its own.
    private func run(
        _ cases: [String], real: String, driver: String, at block: AddressBlock, _ options: [String] = [],
        of scenarios: Workplace.Scenarios = .two
    ) throws -> (outcome: Program.Outcome, report: Report?) {
        let workplace = try Workplace(scenarios)
        let arguments = ["run"] + cases + ["--real", real, "--driver", driver, "--out", "report"]
        let outcome = try workplace.parley(arguments + block.arguments + Self.quick + options)
        return (outcome, try? workplace.report("report"))
    }

    @Test func `A foreign client as A passes, in a session and with a page`() throws {
        let block = AddressBlock.next()
        let driver = DriverScript.foreignClient("A=\(block.client("A"))")
        let (outcome, report) = try run([], real: "A", driver: driver, at: block)
        #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.complaints)")
        #expect(report?.run.cases.map(\.verdict) == [.pass, .pass])
        #expect(report?.run.systemUnderTest == "the real client A")
        #expect(report?.run.remarks.contains { $0.contains("Parley plays B, the server") } == true)
        // The registration of A came once, before the first case, and each case has it.
        for result in report?.run.cases ?? [] {
            #expect(result.messages.filter { $0.label.hasPrefix("REGISTER") && $0.sender == PartyName("A") }.count >= 1)
        }
    }

    @Test func `A password is asked of a real client, and shown nowhere`() throws {
        let block = AddressBlock.next()
        let driver = DriverScript.foreignClient("A=\(block.client("A"))")
        let workplace = try Workplace()
        let arguments = ["run", "IM-2.0-int-201", "--real", "A", "--driver", driver, "--out", "report"]
        let outcome = try workplace.parley(
            arguments + ["--account", "A=ann:tell-nobody"] + block.arguments + Self.quick)
        #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.complaints)")
        let folder = try workplace.report("report")
        #expect(!outcome.output.contains("tell-nobody"))
        #expect(try !folder.text("run.json").contains("tell-nobody"))
        #expect(try !folder.text("environment.json").contains("tell-nobody"))
        #expect(folder.run.cases[0].messages.contains { $0.label.hasPrefix("401") })
    }

    @Test func `What a real client does wrong is its failure`() throws {
        let block = AddressBlock.next()
        let driver = DriverScript.foreignClient("A=\(block.client("A"))/contactInMessage")
        let (outcome, report) = try run(["IM-2.0-int-201"], real: "A", driver: driver, at: block)
        #expect(outcome.status == 1, "\(outcome.output)\n\(outcome.complaints)")
        let failures = report?.run.cases[0].findings.filter { $0.verdict == .fail } ?? []
        #expect(failures.contains { $0.check == "201.4c" })
        #expect(failures.allSatisfy { $0.party == PartyName("A") })
    }

    @Test func `What the harness does wrong is nobody's failure`() throws {
        let block = AddressBlock.next()
        let driver = DriverScript.foreignClient("B=\(block.client("B"))")
        let (outcome, report) = try run(
            ["IM-2.0-int-201"], real: "B", driver: driver, at: block, ["--defect", "server:textAltered"])
        #expect(outcome.status == 4)
        #expect(report?.run.cases[0].verdict == .error)
        #expect(outcome.output.contains("The reference server, which the harness plays, is at fault itself"))
    }

    @Test func `A step that is not possible makes its case inconclusive, for the reason given`() throws {
        let block = AddressBlock.next()
        let script = """
            import json, subprocess, sys
            child = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, text=True)
            for line in sys.stdin:
                message = json.loads(line)
                if message["type"] == "step" and message["action"] == "page":
                    print(json.dumps({"type": "cannot", "id": message["id"], "reason": "there is no button"}), flush=True)
                else:
                    child.stdin.write(line)
                    child.stdin.flush()
            """
        let workplace = try Workplace()
        try workplace.write(script.utf8, to: "driver.py")
        let driver = "python3 driver.py " + DriverScript.foreignClient("A=\(block.client("A"))")
        let outcome = try workplace.parley(
            ["run", "IM-2.0-int-201", "--real", "A", "--driver", driver, "--out", "report"] + block.arguments
                + Self.quick)
        #expect(outcome.status == 3, "\(outcome.output)\n\(outcome.complaints)")
        #expect(outcome.output.contains("there is no button"))
        let result = try workplace.report("report").run.cases[0]
        #expect(result.interop == .inconclusive)
        #expect(!result.findings.contains { $0.verdict == .fail })
    }

    @Test(arguments: [
        ("exit 3", "ended with exit status 3"), ("echo hello", "does not speak the protocol"),
        ("nobody-has-this-program", "ended with exit status 127"),
    ])
    func `A driver that does not do its work is an error, told in one sentence`(script: String, words: String) throws {
        let block = AddressBlock.next()
        let (outcome, _) = try run([], real: "A", driver: "sh -c '\(script)'", at: block)
        #expect(outcome.status == 4)
        #expect(outcome.complaints.contains(words), "\(outcome.complaints)")
    }

    @Test func `A client that does not register is told so, with what to look at`() throws {
        let block = AddressBlock.next()
        let workplace = try Workplace()
        try workplace.write(
            """
            import sys
            for line in sys.stdin:
                if '"hello"' in line: print('{"type": "hello", "protocol": 1}', flush=True)
            """.utf8, to: "driver.py")
        let outcome = try workplace.parley(
            ["run", "--real", "A", "--driver", "python3 driver.py", "--patience", "1"] + block.arguments)
        #expect(outcome.status == 4)
        #expect(outcome.complaints.contains("A has not registered as sip:alice@parley.example at \(block.server):5060"))
        #expect(outcome.output.contains("proxy         \(block.server):5060, UDP or TCP"))
    }

    @Test(arguments: [
        (["--real", "E"], "No selected case has a client “E”"),
        (["--listen", "127.0.0.1"], "--listen needs a real client"),
        (["--real", "A", "--simulated"], "leave --simulated"),
        (["--real", "A", "--listen", "here"], "--listen takes an address"),
        (["--real", "A", "--listen", "127.0.0.1:8080"], "Port 8080 is needed for another protocol"),
        (["--real", "A,B", "--account", "A=ann:secret"], "add --account for B"),
    ])
    func `Options that do not go together are refused before anything is sent`(options: [String], words: String) throws
    {
        let outcome = try Workplace().parley(["run"] + options)
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains(words), "\(outcome.complaints)")
    }

    @Test(.enabled(if: SIPp.isInstalled, "sipp of sip-tester is not installed"))
    func `SIPp takes the part of A with a page, and is judged`() throws {
        let block = AddressBlock.next()
        let driver = DriverScript.fixture("sipp.py", "\(block.client("A"))")
        let (outcome, report) = try run([], real: "A", driver: driver, at: block)
        let results = Dictionary(
            uniqueKeysWithValues: (report?.run.cases ?? []).map { ($0.testCase.number, $0) })
        let page = try #require(results["201"])
        #expect(page.interop == .pass, "\(outcome.output)\n\(outcome.complaints)")
        #expect(page.conformance == .pass, "\(outcome.output)")
        // It has no sessions, and says so.
        #expect(results["101"]?.interop == .inconclusive)
        #expect(outcome.status == 3)
    }

    @Test func `A person is asked on the terminal, and can say that something is not possible`() throws {
        let block = AddressBlock.next()
        let workplace = try Workplace()
        // SIPp's place is taken by a client that registers and does nothing more.
        let idle = try IdleClient(at: block.client("A"), of: block.server)
        let program = try Program(
            "parley",
            ["run", "IM-2.0-int-201", "--real", "A", "--out", "report"] + block.arguments + Self.quick,
            in: workplace.url, input: "")
        program.waitForOutput("to register …")
        idle.register()
        program.waitForOutput("On A: send the single message “Hello 1”")
        program.enter("\n")
        program.waitForOutput("press Enter once more")
        program.enter("the phone has no such button\n")
        let outcome = program.finish()
        #expect(outcome.status == 3, "\(outcome.output)\n\(outcome.complaints)")
        #expect(outcome.output.contains("the phone has no such button"))
        #expect(outcome.output.contains("IM-2.0-int-201 Step 1. On A: send the single message “Hello 1”"))
        #expect(outcome.output.contains("(sip:bob@parley.example)"))
    }
}
