import Foundation
import TestSupport
import Testing

/// A wrong call is answered by one sentence and the right code; nothing is sent and no report is begun.
@Suite(.waitsForOthers)
struct ComplaintTests {
    struct Call: Sendable, CustomTestStringConvertible {
        var arguments: String
        var status: Int32 = 2
        var sentence: String

        var testDescription: String { "parley \(arguments)" }
    }

    static let calls = [
        Call(arguments: "rum", sentence: "Unknown command “rum”; did you mean “run”?"),
        Call(arguments: "--versoin", sentence: "Unknown option “--versoin”; did you mean “--version”?"),
        Call(arguments: "run --sead 7", sentence: "Unknown option “--sead”; did you mean “--seed”?"),
        Call(arguments: "new system acme --out there", sentence: "Unknown option “--out”; there are none."),
        Call(arguments: "list --simulated", sentence: "Unknown option “--simulated”; known are --scenarios, "),
        Call(arguments: "run --seed", sentence: "The option --seed needs a value: --seed N."),
        Call(arguments: "run --seed -1", sentence: "The option --seed takes a whole number from 0, not “-1”."),
        Call(
            arguments: "run --workers 0", sentence: "The option --workers takes a whole number from 1 to 200, not “0”."),
        Call(arguments: "run --simulated=yes", sentence: "The option --simulated takes no value."),
        Call(
            arguments: "run --order sideways",
            sentence: "The option --order takes one of declared, reversed, random, not “sideways”."),
        Call(
            arguments: "run --defect server:textAltred",
            sentence: "Unknown defect of the server “textAltred”; did you mean “textAltered”?"),
        Call(
            arguments: "run --defect A:bad",
            sentence: "Unknown defect of a client “bad”; “parley list --defects” shows them all."),
        Call(
            arguments: "run --defect E:textAltered",
            sentence: "No selected case has a client “E”, as --defect says; there are A, B."),
        Call(
            arguments: "run --defect textAltered",
            sentence:
                "--defect takes a party and a name, such as server:textAltered or A:ackNeverSent, not “textAltered”."),
        Call(
            arguments: "run --server sip:example.com",
            sentence:
                "--server takes an IP address or a name, and a port, such as 192.0.2.7:5060 or example.com, not "
                + "“sip:example.com”."),
        Call(
            arguments: "run --server 192.0.2.7",
            sentence:
                "192.0.2.7:5060 cannot be reached from loopback: give an address of this machine to each of A, B, "
                + "with --clients IP,IP… or in the description."),
        Call(
            arguments: "run --server 192.0.2.7 --clients 192.0.2.11",
            sentence:
                "The selected cases need B too: give an address of this machine to each of A, B (1 is given), or select "
                + "cases that do without."),
        Call(arguments: "lint foo", sentence: "parley lint takes options only, not “foo”."),
        Call(arguments: "doctor foo", sentence: "parley doctor takes options only, not “foo”."),
        Call(
            arguments: "run --account E=ann:secret",
            sentence: "There is no client “E”, as --account says; there are A, B, C, D."),
        Call(
            arguments: "run --simulated --server 192.0.2.7",
            sentence: "--server needs real sockets; leave --simulated out."),
        Call(
            arguments: "run --server 127.0.0.1 --defect server:byeLost",
            sentence: "A defect of the server needs the embedded server; leave --server and --sut out."),
        Call(
            arguments: "run --clients 127.0.9.1,127.0.9.1",
            sentence: "--clients takes different IP addresses with commas between, not “127.0.9.1,127.0.9.1”."),
        Call(
            arguments: "run --user A=ann",
            sentence: "--user A takes a SIP URI, such as sip:ann@example.com, not “ann”."),
        Call(
            arguments: "run --workers 2 --user A=sip:ann@example.com",
            sentence: "Where clients have addresses or users of their own there is one of each, and so one worker."),
        Call(
            arguments: "run --disturb 5",
            sentence: "--disturb needs --simulated: a real network is disturbed by itself."),
        Call(
            arguments: "run IM-2.0-int-102", status: 5,
            sentence: "No test case matches “IM-2.0-int-102”; did you mean “IM-2.0-int-101”?"),
        Call(
            arguments: "run imps/**", status: 5,
            sentence: "No test case matches “imps/**”; “parley list” shows them all."),
        Call(
            arguments: "run IM-2.0-int-101 IM-2.0-int-2o1",
            sentence: "The pattern “IM-2.0-int-2o1” matches no test case; did you mean “IM-2.0-int-201”?"),
        Call(
            arguments: "run --skip IM-2.0-int-109",
            sentence: "The pattern “IM-2.0-int-109” of --skip matches no test case; did you mean “IM-2.0-int-101”?"),
        Call(arguments: "run --skip **", status: 5, sentence: "No test case is left after --skip."),
        Call(
            arguments: "run --scenarios nowhere",
            sentence: "There is no folder “nowhere” of scenario files here; name one with --scenarios DIR."),
        Call(
            arguments: "run --scenarios docs",
            sentence: "The folder “docs” holds no scenario files; name another with --scenarios DIR."),
        Call(
            arguments: "run --out docs", sentence: "The folder “docs” is not empty; choose another, or add --overwrite."
        ),
        Call(
            arguments: "run --out docs --overwrite",
            sentence: "The folder “docs” holds “"),
        Call(
            arguments: "run --out /dev/null/report", status: 4,
            sentence: "No report can be written to “/dev/null/report”: "),
        Call(arguments: "judge", sentence: "Name at least one capture to judge."),
        Call(arguments: "judge nowhere.pcapng", sentence: "There is no capture “nowhere.pcapng”."),
        Call(arguments: "judge docs", sentence: "“docs” is a folder; name the captures in it."),
        Call(
            arguments: "judge docs/results.md",
            sentence: "“docs/results.md”: This is no pcapng or pcap file: it begins with 0x23205265."),
        Call(
            arguments: "judge docs/results.md --case IM-2.0-int-102",
            sentence: "Unknown test case “IM-2.0-int-102”; did you mean “IM-2.0-int-101”?"),
        Call(
            arguments: "judge docs/results.md --map A",
            sentence: "--map takes a party and who it is, such as A=sip:ann@example.com, not “A”."),
        Call(
            arguments: "judge docs/results.md --map A=ann",
            sentence: "--map A takes a SIP URI or an IP address, not “ann”."),
        Call(
            arguments: "run --tls-ca ca.pem", sentence: "--tls-ca needs a system that is tested: add --server or --sut."
        ),
        Call(
            arguments: "run --server 127.0.0.1 --tls-name x",
            sentence: "--tls-name needs TLS: add --transport tls, or say so in the description."),
        Call(
            arguments: "run --server 127.0.0.1 --transport tls --tls-key x",
            sentence: "--tls-certificate and --tls-key go together."),
        Call(
            arguments: "selftest --endurance --out x",
            sentence: "--endurance knows no claims and writes no page; leave --out out."),
        Call(
            arguments: "selftest --update --endurance",
            sentence: "--endurance knows no claims and writes no page; leave --update out."),
        Call(arguments: "selftest --every 3", sentence: "--every needs --endurance."),
        Call(arguments: "explain", sentence: "Name one test case, check, rule, requirement or SCR item to explain."),
        Call(
            arguments: "explain 101.3",
            sentence:
                "Unknown case, check, rule, requirement or item “101.3”; did you mean “101.3a” or “101.3b”?"),
        Call(
            arguments: "explain rfc3261.ack-for-2x",
            sentence:
                "Unknown case, check, rule, requirement or item “rfc3261.ack-for-2x”; did you mean “rfc3261.ack-for-2xx”?"
        ),
    ]

    @Test(arguments: calls)
    func `A wrong call is answered by one sentence`(call: Call) throws {
        let workplace = try Workplace()
        let outcome = try workplace.parley(call.arguments.split(separator: " ").map(String.init))
        #expect(outcome.status == call.status)
        let lines = outcome.complaints.split(separator: "\n")
        #expect(lines.first?.hasPrefix("parley: \(call.sentence)") == true, "\(outcome.complaints)")
        let hint = "“parley \(call.arguments.prefix { $0 != " " }) --help” shows what it understands."
        #expect(lines.dropFirst().allSatisfy { $0 == hint })
        #expect(outcome.output.isEmpty)
        #expect(!workplace.exists("reports"))
    }

    @Test func `Without arguments there is help, on standard error, because nothing was asked for`() throws {
        let outcome = try Workplace().parley()
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("Usage: parley COMMAND"))
    }
}
