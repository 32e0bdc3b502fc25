import Network
import Reporting
import TestSupport
import Testing

/// What the program says about itself, within 80 columns.
@Suite(.waitsForOthers)
struct HelpTests {
    @Test(arguments: ["", "run", "judge", "list", "explain", "lint", "ics", "doctor", "serve"])
    func `Help fits into 80 columns and comes in three spellings`(command: String) throws {
        let workplace = try Workplace()
        let words = command.isEmpty ? [] : [command]
        let outcome = try workplace.parley(words + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Usage: parley \(command.isEmpty ? "COMMAND" : command)"))
        for line in outcome.output.split(separator: "\n") { #expect(line.columnCount <= 80, "\(line)") }
        #expect(try workplace.parley(words + ["-h"]).output == outcome.output)
        #expect(try workplace.parley(["help"] + words).output == outcome.output)
    }

    @Test(arguments: [
        "IM-2.0-int-101", "101.6i", "rfc3261.ack-for-2xx", "TS-7.1.1.1-session-expires", "IMSpec-DM-C-001",
    ])
    func `An explanation fits into 80 columns, but for the place in a file`(subject: String) throws {
        let outcome = try Workplace().parley("explain", subject)
        #expect(outcome.status == 0)
        for line in outcome.output.split(separator: "\n") where !line.hasPrefix("Scenario:") {
            #expect(line.columnCount <= 80, "\(line)")
        }
    }

    @Test func `The list gives ids that a run takes, and every defect that --defect takes`() throws {
        let workplace = try Workplace()
        #expect(try workplace.parley("list", "--terse").output == "IM-2.0-int-101\nIM-2.0-int-201\n")
        let defects = try workplace.parley("list", "--defects").output
        for line in defects.split(separator: "\n") { #expect(line.columnCount <= 80, "\(line)") }
        let names = try workplace.parley("list", "--defects", "--terse").output.split(separator: "\n")
        #expect(names.count > 40)
        for name in names { #expect(defects.contains(name.drop { $0 != ":" }.dropFirst()), "\(name)") }
        // All of them at once: whatever comes of it, each is understood.
        let options = names.flatMap { ["--defect", String($0)] }
        let outcome = try workplace.parley(["run", "--simulated", "--capture", "off"] + options)
        #expect(outcome.status != 2, "\(outcome.complaints)")
    }

    @Test func `A version is told`() throws {
        #expect(try Workplace().parley("--version").output.hasPrefix("parley 0."))
    }

    @Test func `The doctor tells what is there and what is not`() throws {
        let block = AddressBlock.next()
        let workplace = try Workplace()
        let healthy = try workplace.parley(["doctor"] + block.arguments)
        #expect(healthy.status == 0)
        #expect(healthy.output.contains("ok       \(block.client("A")), ports 5060 and 2855"))
        #expect(healthy.output.hasSuffix("Runs are possible.\n"))
        let held = try HeldPort(.tcp, block.client("B"))
        let ill = try workplace.parley(["doctor"] + block.arguments)
        withExtendedLifetime(held) {}
        #expect(ill.status == 4)
        #expect(ill.output.contains("FAILED   \(block.client("B")), ports 5060 and 2855: "))
        for line in ill.output.split(separator: "\n") { #expect(line.columnCount <= 80, "\(line)") }
    }
}
