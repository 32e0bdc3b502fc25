import Conformance
import Foundation
import Network
import Reporting
import TestSupport
import Testing

/// Statements of what a system supports (ICS): begun, checked, and decisive for what is played.
@Suite(.waitsForOthers)
struct StatementTests {
    private let workplace: Workplace

    init() throws { workplace = try Workplace(.these(["101", "106", "108", "201", "204", "401"])) }

    /// Begins a statement of a server and answers some of its items in another way.
    private func state(_ answers: [(item: String, answer: String)] = [], as name: String = "example") throws {
        #expect(try workplace.parley("ics", "new", name).status == 0)
        let path = "fixtures/systems/\(name)/ics.yaml"
        var text = try String(contentsOf: workplace.url.appending(path: path), encoding: .utf8)
        for (item, answer) in answers {
            let old = "  \(item): \(answer == "yes" ? "no" : "yes")"
            #expect(text.contains(old + " "))
            text = text.replacing(old + " ", with: "  \(item): \(answer) ")
        }
        try workplace.write(text.utf8, to: path)
    }

    @Test func `A new statement is well as it is, and is not written over another`() throws {
        let workplace = try Workplace(.all)
        let begun = try workplace.parley("ics", "new", "example")
        #expect(begun.status == 0)
        #expect(begun.output.contains("fixtures/systems/example/ics.yaml"))
        let checked = try workplace.parley("ics", "check", "example")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output.contains("example 1.0, \(today): claims 51 of 70 items of a server."))
        #expect(checked.output.contains("As the server: 20 of 34 cases applicable; not applicable:\n"))
        #expect(checked.output.contains("  IM-2.0-int-204  ICS = no: IMSpec-SM-S-001 (O, Send a system message)\n"))
        for line in checked.output.split(separator: "\n") { #expect(line.columnCount <= 80, "\(line)") }
        let again = try workplace.parley("ics", "new", "example")
        #expect(again.status == 2)
        #expect(again.complaints.contains("ics.yaml” is there already"))
        // The description of the system may come after its statement.
        #expect(try workplace.parley("new", "system", "example").status == 0)
    }

    private var today: String {
        CivilTime(Instant(nanoseconds: Int64(Date().timeIntervalSince1970) * 1_000_000_000)).date
    }

    @Test func `A client is told in which places of the cases it can be tested`() throws {
        #expect(try workplace.parley("ics", "new", "handset", "--role", "client").status == 0)
        let checked = try workplace.parley("ics", "check", "handset")
        #expect(checked.status == 0, "\(checked.output)")
        #expect(checked.output.contains("claims 32 of 50 items of a client."))
        #expect(checked.output.contains("As client D: 1 of 1 cases applicable.\n"))
        #expect(checked.output.contains("As client B: "))
        let both = try workplace.parley("ics", "new", "both", "--role", "client", "--role", "server")
        #expect(both.status == 0)
        let all = try workplace.parley("ics", "check", "both").output
        #expect(all.contains("items of a client and 51 of 70 items of a\nserver."))
        #expect(all.contains("As client A: ") && all.contains("As the server: "))
        let run = try workplace.parley("run", "--simulated", "--ics", "fixtures/systems/handset/ics.yaml")
        #expect(run.status == 2)
        #expect(run.complaints.contains("is the statement of a client, but it is a server that is tested here"))
    }

    @Test func `What a statement lacks is told with its line, and 1 says so`() throws {
        try state([("IMSpec-SMM-S-012", "no"), ("IMSpec-HIST-S-001", "yes")])
        let checked = try workplace.parley("ics", "check", "fixtures/systems/example/ics.yaml")
        #expect(checked.status == 1)
        let lines = checked.output.split(separator: "\n")
        #expect(
            lines[0].wholeMatch(
                of:
                    /fixtures\/systems\/example\/ics.yaml:\d+:3: warning: IMSpec-SMM-S-012 is mandatory .*\[mandatory-item\]/
            )
                != nil)
        #expect(
            lines[1].contains(": warning: IMSpec-HIST-S-001 is claimed, but not what it requires: IMSpec-HIST-S-0010"))
        #expect(checked.output.contains("1 mandatory item not\nclaimed; 1 claim without what it requires."))
        #expect(checked.output.contains("  IM-2.0-int-108  ICS = no: IMSpec-SMM-S-012 (M, Remove a participant)\n"))
    }

    @Test func `A statement that cannot be used is refused with 2, by the check and by the run`() throws {
        let text = "product: X\nversion: 1\ndate: 2026-11-26\nroles: [server]\nitems: { IMSpec-SMM-S-201: yes }\n"
        try workplace.write(text.utf8, to: "wrong.yaml")
        let message =
            "wrong.yaml:5:10: error: Unknown item “IMSpec-SMM-S-201” in a statement; did you mean “IMSpec-SMM-S-001”?"
        let checked = try workplace.parley("ics", "check", "wrong.yaml")
        #expect(checked.status == 2)
        #expect(checked.output.contains(message))
        let run = try workplace.parley("run", "--simulated", "--ics", "wrong.yaml")
        #expect(run.status == 2)
        #expect(run.complaints.contains(message))
        #expect(!workplace.exists("reports"))
        #expect(try workplace.parley("run", "--simulated", "--ics", "missing.yaml").status == 2)
        #expect(try workplace.parley("ics", "check", "missing.yaml").status == 2)
    }

    @Test(arguments: [
        ["ics"], ["ics", "new"], ["ics", "check"], ["ics", "new", "../x"], ["ics", "new", "x", "--role", "proxy"],
        ["ics", "check", "x", "--role", "server"], ["ics", "renew", "x"], ["ics", "new", "x", "y"],
    ])
    func `Anything else is a mistake in the call`(arguments: [String]) throws {
        #expect(try workplace.parley(arguments).status == 2)
        #expect(!workplace.exists("fixtures"))
    }

    @Test func `Only cases whose items are claimed are played, and the others are not applicable everywhere`() throws {
        try state([("IMSpec-SMM-S-012", "no")])
        let outcome = try workplace.parley(
            "run", "--simulated", "--ics", "fixtures/systems/example/ics.yaml", "IM-2.0-int-101", "IM-2.0-int-108",
            "IM-2.0-int-201", "IM-2.0-int-204")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(outcome.output.contains("seed") && outcome.output.contains("2 cases"))
        #expect(outcome.output.contains("– not applicable IM-2.0-int-108  Expelling a user from a session\n"))
        #expect(outcome.output.contains("    ICS = no: IMSpec-SMM-S-012 (M, Remove a participant)\n"))
        #expect(outcome.output.contains("2 of 2 executed cases passed interop; 2 not applicable"))
        #expect(outcome.output.contains("The ICS falls short: 1 mandatory item not claimed\n"))
        let report = try workplace.report()
        #expect(
            report.verdicts == [
                "IM-2.0-int-101 pass pass", "IM-2.0-int-108 none none", "IM-2.0-int-201 pass pass",
                "IM-2.0-int-204 none none",
            ])
        #expect(
            report.run.cases[1].outcome
                == .notApplicable(reason: "ICS = no: IMSpec-SMM-S-012 (M, Remove a participant)"))
        #expect(report.run.statement?.product == "example")
        #expect(report.run.shortfalls.map(\.item.description) == ["IMSpec-SMM-S-012"])
        #expect(report.run.incomplete == nil)
        #expect(
            try report.text("junit.xml").contains("<skipped message=\"N/A: ICS = no: IMSpec-SMM-S-012 (M, Remove a"))
        #expect(try report.text("environment.json").contains("\"ics\": \"fixtures/systems/example/ics.yaml, SHA-256 "))
        #expect(try !report.completion.isPartial)
    }

    @Test func `Nothing executed is not a success, and a case that does not apply does not count as executed`() throws {
        try state()
        let arguments = ["run", "--simulated", "--ics", "fixtures/systems/example/ics.yaml", "IM-2.0-int-204"]
        #expect(try workplace.parley(arguments).status == 5)
        #expect(try workplace.parley(arguments + ["IM-2.0-int-201"]).status == 0)
        #expect(try workplace.parley(arguments + ["IM-2.0-int-201", "--min-executed", "2"]).status == 5)
    }

    @Test func `A known failure of a case that does not apply is not stale`() throws {
        try state()
        let entry = "known-failures: [{ case: '*204', finding: '*', reason: PROJ-1, until: 9999-12-31 }]"
        try workplace.write(entry.utf8, to: "known.yaml")
        let outcome = try workplace.parley(
            "run", "--simulated", "--ics", "fixtures/systems/example/ics.yaml", "--known-failing", "known.yaml",
            "IM-2.0-int-201", "IM-2.0-int-204")
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test func `The statement beside the description of a system counts, and the doctor tells of it`() throws {
        let block = AddressBlock.next()
        let description = "name: X\nserver: \(block.server)\ndomain: home.example\n"
        try workplace.write(description.utf8, to: "fixtures/systems/home/system.yaml")
        let without = try workplace.parley("doctor", "--sut", "home").output
        #expect(without.contains("missing  ics.yaml: none is beside the description, so every case is played;"))
        try state(as: "home")
        let well = try workplace.parley("doctor", "--sut", "home").output
        #expect(well.contains("ok       fixtures/systems/home/ics.yaml (5 of 6 cases applicable)\n"))
        let path = "fixtures/systems/home/ics.yaml"
        // No client and no server is needed to find that nothing applies.
        let run = try workplace.parley("run", "--sut", "home", "IM-2.0-int-204", "--capture-source", "actors")
        #expect(run.status == 5, "\(run.output)\(run.complaints)")
        #expect(run.output.contains("ICS = no: IMSpec-SM-S-001 (O, Send a system message)"))
        let elsewhere = try workplace.shell(
            "cd fixtures/systems/home && parley run --scenarios \(workplace.url.path)/scenarios --sut system.yaml "
                + "IM-2.0-int-204 --capture-source actors")
        #expect(elsewhere.status == 5, "\(elsewhere.complaints)")
        try workplace.write("product: X\n".utf8, to: path)
        let wrong = try workplace.parley("doctor", "--sut", "home")
        #expect(wrong.status == 4)
        #expect(wrong.output.contains("FAILED   \(path): it has errors;"))
        let short = "product: X\nversion: 1\ndate: 2026-11-26\nroles: [server]\n"
        try workplace.write(short.utf8, to: path)
        let lacking = try workplace.parley("doctor", "--sut", "home")
        #expect(lacking.output.contains("missing  \(path) (0 of 6 cases applicable): 51 mandatory\n"))
        try workplace.write(short.replacing("server", with: "client").utf8, to: path)
        #expect(try workplace.parley("doctor", "--sut", "home").output.contains("the statement of a client, not of"))
    }

    @Test func `A system need not have the clients that only cases need that do not apply`() throws {
        let block = AddressBlock.next()
        let description = """
            name: X
            server: \(block.server)
            domain: home.example
            clients: [{ client: A, address: \(block.client("A")) }]
            """
        try workplace.write(description.utf8, to: "fixtures/systems/home/system.yaml")
        let arguments = ["run", "--sut", "home", "IM-2.0-int-106", "--capture-source", "actors"]
        let without = try workplace.parley(arguments)
        #expect(without.status == 2)
        #expect(without.complaints.contains("but none to B, C, D, whom the cases need"))
        try state([("IMSpec-SMM-S-011", "no")], as: "home")
        #expect(try workplace.parley(arguments).status == 5)
    }

    @Test func `An item is explained with the cases that need it`() throws {
        let item = try workplace.parley("explain", "IMSpec-DM-C-001").output
        #expect(item.contains("It is mandatory for a client (OMA-TS-SIMPLE_IM-V1_0 §12.1.2).\n"))
        #expect(item.contains("It requires IMSpec-DMO-C-004 (read as IMSpec-DM-C-004).\n"))
        #expect(item.contains("Needed by: IM-2.0-int-401 (as B)\n"))
        #expect(try workplace.parley("explain", "IMSpec-DM-S-006").output.contains("Needed by: no case\n"))
        let testCase = try workplace.parley("explain", "IM-2.0-int-201").output
        #expect(
            testCase.contains("\nICS, server:  IMSpec-PMM-S-001, IMSpec-PMM-S-002\nICS, A:       IMSpec-PMM-C-001\n"))
        #expect(
            try workplace.parley("explain", "IMSpec-DM-C-101").complaints.contains("did you mean “IMSpec-DM-C-001”"))
    }

    @Test func `Scenarios without the tables of their items are refused with what to copy`() throws {
        let workplace = try Workplace()
        try FileManager.default.removeItem(at: workplace.url.appending(path: "scenarios/scr"))
        let outcome = try workplace.parley("list")
        #expect(outcome.status == 2)
        let hint = "There is no folder “scr” with files in “scenarios”; copy or link it there."
        #expect(outcome.complaints.contains(hint))
        #expect(!outcome.complaints.contains("“requirements”"))
    }
}
