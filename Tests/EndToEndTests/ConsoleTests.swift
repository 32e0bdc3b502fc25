import Foundation
import Reporting
import TestSupport
import Testing

/// What people see while and after the program works.
@Suite(.waitsForOthers)
struct ConsoleTests {
    private static let failing = [
        "run", "--simulated", "--workers", "1", "--seed", "7", "--no-color", "--defect", "server:serverTokenMissing",
    ]

    @Test func `On a terminal every line fits, progress is wiped out, and nothing is left of it`() throws {
        let workplace = try Workplace()
        let written = try PseudoTerminal().parley(Self.failing, in: workplace.url)
        #expect(written.contains("\r[1/2] IM-2.0-int-101 Establish 1-to-1 IM session"))
        let screen = Screen(written, columns: 80)
        #expect(screen.broken == [])
        #expect(!screen.text.contains("[1/2]") && !screen.text.contains("[2/2]"))
        #expect(screen.text.contains("✗ fail           IM-2.0-int-101  Establish 1-to-1 IM session"))
        #expect(screen.text.contains("\n      at fault    server\n"))
    }

    @Test func `The steps of a live run are told as they begin`() throws {
        let workplace = try Workplace()
        let block = AddressBlock.next().arguments
        let written = try PseudoTerminal().parley(
            ["run", "IM-2.0-int-201", "--capture-source", "actors"] + block, in: workplace.url)
        #expect(written.contains("\r[1/1] IM-2.0-int-201 step 1: A pages “Hello 1” to B"))
        #expect(Screen(written, columns: 80).broken == [])
    }

    @Test func `Many attempts are counted while they are made`() throws {
        let workplace = try Workplace()
        let written = try PseudoTerminal().parley(
            ["run", "--simulated", "IM-2.0-int-201", "--repeat-each", "3"], in: workplace.url)
        #expect(written.contains("\r[3/3] IM-2.0-int-201"))
    }

    @Test func `Without a terminal there are plain lines`() throws {
        let output = try Fixtures.simulatedFailure.get().outcome.output
        #expect(!output.contains("\r") && !output.contains("\u{1B}"))
        for line in output.split(separator: "\n") where !line.hasPrefix("Repeat: ") { #expect(line.columnCount <= 100) }
    }

    @Test func `Colors stand on a terminal, unless they are not wanted`() throws {
        let workplace = try Workplace()
        let run = ["run", "--time-budget", "0", "--capture", "off"]
        func usesColor(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Bool {
            try PseudoTerminal().parley(arguments, in: workplace.url, environment: environment).contains("\u{1B}[")
        }
        #expect(try usesColor(run))
        #expect(try !usesColor(run + ["--no-color"]))
        #expect(try !usesColor(run, ["NO_COLOR": "1"]))
        #expect(try usesColor(run, ["NO_COLOR": ""]))
        #expect(try !usesColor(run, ["TERM": "dumb"]))
    }

    @Test func `A failure says what was expected and observed, at whose fault, where, and by which clause`() throws {
        let run = try Fixtures.simulatedFailure.get()
        for part in ["expected  ", "observed  ", "at fault    server", "message     #", "clause      ", "scenario    "]
        {
            #expect(run.outcome.output.contains("\n      \(part)"), "\(part)")
        }
    }

    @Test func `Quietly only what is not well and where the report is is said`() throws {
        let workplace = try Workplace()
        let quiet = try workplace.parley("run", "--simulated", "--quiet").output
        #expect(!quiet.contains("✓ pass") && !quiet.contains("Parley run"))
        #expect(quiet.contains("Report: reports/"))
        let failing = try workplace.parley(Self.failing + ["--quiet"]).output
        #expect(failing.contains("✗ fail"))
    }

    @Test func `An error is told by its reason alone`() throws {
        let block = AddressBlock.next()
        let outcome = try Workplace().parley(
            ["run", "--server", "\(block.server):5999", "--capture", "off", "IM-2.0-int-101"] + block.arguments)
        #expect(outcome.output.split(separator: "\n").count <= 10, "\(outcome.output)")
    }
}

/// What stands on a terminal after all this has been written to it.
private struct Screen {
    private(set) var text = ""
    /// The lines that were wider than the terminal, which breaks them.
    private(set) var broken: [String] = []

    init(_ written: String, columns: Int) {
        let plain = written.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        for line in plain.split(separator: "\n", omittingEmptySubsequences: false) {
            var cells: [Character] = []
            for part in line.split(separator: "\r", omittingEmptySubsequences: false) {
                // What cannot be broken may be as wide as it is: a command, a path.
                let mayBeWide = part.hasPrefix("Repeat: ") || part.hasPrefix("Report: ") || part.contains("scenarios/")
                if part.columnCount > columns, !mayBeWide { broken.append(String(part)) }
                cells.replaceSubrange(0..<min(cells.count, part.count), with: part)
            }
            while cells.last == " " { cells.removeLast() }
            text += String(cells) + "\n"
        }
    }
}
