import Conformance
import Foundation
import Network
import Reporting
import TestSupport
import Testing

/// Clients that somebody else plays, worked by programs and by people.
@Suite(.waitsLongForOthers)
struct RealClientTests {
    @Test func `A foreign client as A passes, and its password is shown nowhere`() throws {
        let run = try RealRuns.run(.page)
        #expect(run.outcome.status == 0, "\(run.outcome.output)\n\(run.outcome.complaints)")
        let report = try #require(run.report)
        let result = report.run.cases[0]
        #expect(result.verdict == .pass)
        #expect(report.run.systemUnderTest == "the real client A")
        #expect(report.run.remarks.contains { $0.contains("Parley plays B, the server") } == true)
        // The registration of A came before the case, which has it all the same.
        #expect(result.messages.contains { $0.label.hasPrefix("REGISTER") && $0.sender == PartyName("A") })
        #expect(result.messages.contains { $0.label.hasPrefix("401") })
        #expect(!run.outcome.output.contains("tell-nobody"))
        #expect(try !report.text("run.json").contains("tell-nobody"))
        #expect(try !report.text("environment.json").contains("tell-nobody"))
    }

    @Test func `A foreign client reaches the server over TLS, and trusts the certificate of the run`() throws {
        let run = try RealRuns.run(.page)
        #expect(run.outcome.output.contains("proxy         \(run.block.server):5061, TLS"))
        #expect(try run.report?.text("authority.pem").hasPrefix("-----BEGIN CERTIFICATE-----") == true)
    }

    @Test func `What the harness does wrong is nobody's failure`() throws {
        let run = try RealRuns.run(.faultyServer)
        #expect(run.outcome.status == 4)
        #expect(run.report?.run.cases[0].verdict == .error)
        #expect(run.outcome.output.contains("The reference server, which the harness plays, is at fault itself"))
    }

    @Test func `A client that does not register is told so, with what to look at`() throws {
        let run = try RealRuns.run(.unregistered)
        #expect(run.outcome.status == 4)
        let server = run.block.server
        #expect(
            run.outcome.complaints.contains("A has not registered as sip:alice@parley.example at \(server):5060"))
        #expect(run.outcome.output.contains("proxy         \(server):5060, UDP or TCP"))
    }

    @Test(.enabled(if: SIPp.isInstalled, "sipp of sip-tester is not installed"))
    func `SIPp takes the part of A with a page, and is judged`() throws {
        let run = try RealRuns.run(.sipp)
        let results = Dictionary(
            uniqueKeysWithValues: (run.report?.run.cases ?? []).map { ($0.testCase.number, $0) })
        let page = try #require(results["201"])
        #expect(page.interop == .pass, "\(run.outcome.output)\n\(run.outcome.complaints)")
        #expect(page.conformance == .pass, "\(run.outcome.output)")
        // It has no sessions, and says so.
        #expect(results["101"]?.interop == .inconclusive)
        #expect(run.outcome.status == 3)
    }

    /// The command of README about real clients with this option, made to run here.
    private func command(_ option: String, _ block: AddressBlock, _ elsewhere: AddressBlock) throws -> String {
        let command = try #require(
            try Document("README.md").commands.first { $0.text.contains("--real") && $0.text.contains(option) })
        let text = command.text.replacing("192.0.2.7 ", with: "\(elsewhere.server) ")
        return DocumentationTests.prelude(block) + "\n" + DocumentationTests.here(text, elsewhere)
    }

    @Test func `A person is asked on the terminal, and can say that something is not possible`() throws {
        let (block, elsewhere) = (AddressBlock.next(), AddressBlock.next())
        let workplace = try Workplace(.these(["201"]))
        let idle = try IdleClient(at: block.client("A"), of: elsewhere.server)
        let program = try Program(
            "/bin/bash", ["-c", command("--listen", block, elsewhere)], in: workplace.url, input: "")
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

    @Test func `The example of the guide works a client, and says what that cannot do`() throws {
        let (block, elsewhere) = (AddressBlock.next(), AddressBlock.next())
        let workplace = try Workplace()
        let example = try #require(try Document("docs/driver.md").code(in: "python").first)
        try workplace.write(example.utf8, to: "driver.py")
        try workplace.write(Phone.script.utf8, to: "phone")
        let outcome = try workplace.shell(
            "chmod +x phone; PATH=$PWD:$PATH\n" + command("--driver", block, elsewhere),
            environment: ["PHONE_ADDRESS": "\(block.client("A"))"])
        #expect(outcome.status == 3, "\(outcome.output)\n\(outcome.complaints)")
        #expect(outcome.output.contains("the phone cannot page"))
        #expect(outcome.output.contains("the phone cannot invite"))
        let results = try workplace.report().run.cases
        #expect(results.map(\.interop) == [.inconclusive, .inconclusive])
        #expect(!results.flatMap(\.findings).contains { $0.verdict == .fail })
    }

    @Test func `The example of the guide says what has been done, and what is on the screen`() throws {
        let workplace = try Workplace()
        let example = try #require(try Document("docs/driver.md").code(in: "python").first)
        try workplace.write(example.utf8, to: "driver.py")
        let phone = """
            #!/bin/sh
            echo "$*" >> log
            test "$*" != "see A shows nothing"

            """
        try workplace.write(phone.utf8, to: "phone")
        let told = """
            {"type": "step", "id": 1, "party": "A", "action": "page", "arguments": {"text": "Hello"}}
            {"type": "over", "id": 1}
            {"type": "question", "id": 2, "party": "A", "sentence": "A shows Hello"}
            {"type": "question", "id": 3, "party": "A", "sentence": "A shows nothing"}
            {"type": "end"}

            """
        try workplace.write(told.utf8, to: "told")
        let outcome = try workplace.shell("chmod +x phone; PATH=$PWD:$PATH python3 driver.py < told")
        let said = """
            {"type": "done", "id": 1}
            {"type": "answer", "id": 2, "answer": true}
            {"type": "answer", "id": 3, "answer": false}

            """
        #expect(outcome.output == said, "\(outcome.complaints)")
        let log = String(decoding: try workplace.bytes("log"), as: UTF8.self)
        #expect(log == "page {\"text\": \"Hello\"}\nsee A shows Hello\nsee A shows nothing\n")
    }

    @Test(arguments: [
        ("exit 3", "ended with exit status 3"), ("echo hello", "does not speak the protocol"),
        ("nobody-has-this-program", "ended with exit status 127"),
    ])
    func `A driver that does not do its work is an error, told in one sentence`(script: String, words: String) throws {
        let outcome = try Workplace().parley(
            ["run", "--real", "A", "--driver", "sh -c '\(script)'", "--patience", "6"] + AddressBlock.next().arguments)
        #expect(outcome.status == 4)
        #expect(outcome.complaints.contains(words), "\(outcome.complaints)")
    }

    @Test(arguments: [
        (["--real", "E"], "No selected case has a client “E”"),
        (["IM-2.0-int-204", "--real", "B"], "No selected case has a client “B”, as --real says; there are none."),
        (["--listen", "127.0.0.1"], "--listen needs a real client"),
        (["--real", "A", "--simulated"], "leave --simulated"),
        (["--real", "A", "--listen", "here"], "--listen takes an address"),
        (["--real", "A", "--listen", "127.0.0.1:8080"], "Port 8080 is needed for another protocol"),
        (["--real", "A", "--listen", "192.0.2.7", "--routing", "record-route"], "the simulated ones live on loopback"),
        (["--real", "A,B", "--account", "A=ann:secret"], "add --account for B"),
    ])
    func `Options that do not go together are refused before anything is sent`(options: [String], words: String) throws
    {
        let outcome = try Workplace(.these(["101", "201", "204"])).parley(["run"] + options)
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains(words), "\(outcome.complaints)")
    }

    @Test func `A driver may answer the greeting when its client has long registered`() throws {
        let (block, workplace) = (AddressBlock.next(), try Workplace())
        let client = DriverScript.foreignClient("B=\(block.client("B"))").split(separator: " ")
        let driver = """
            import subprocess, threading
            client = subprocess.Popen(["\(client.joined(separator: "\", \""))"], stdout=subprocess.PIPE, text=True)
            for line in client.stdout:
                if '"hello"' in line: greeting = line
                else: print(line, end="", flush=True)
                if '"ready"' in line: threading.Timer(0.3, lambda: print(greeting, end="", flush=True)).start()
            """
        try workplace.write(driver.utf8, to: "late.py")
        let outcome = try workplace.parley(
            ["run", "201", "--real", "B", "--driver", "python3 late.py", "--capture-source", "actors", "--quiet"]
                + block.arguments)
        #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.complaints)")
    }
}
