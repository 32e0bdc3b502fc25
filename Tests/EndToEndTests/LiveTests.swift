import Conformance
import Foundation
import Network
import PacketCapture
import TestSupport
import Testing

/// Runs over sockets, in the ways that the options offer.
@Suite(.waitsForOthers)
struct LiveTests {
    private static let allPass = ["IM-2.0-int-101 pass pass", "IM-2.0-int-201 pass pass"]

    @Test func `The suite passes on the embedded server`() throws {
        let run = try Fixtures.live.get()
        #expect(run.outcome.status == 0, "\(run.outcome.output)")
        #expect(run.report.verdicts == Self.allPass)
        #expect(run.report.run.mode == .live)
    }

    @Test(arguments: [
        ["--transport", "tcp", "--workers", "3", "--repeat-each", "3"],
        ["--routing", "record-route", "--order", "random", "--capture", "off"],
        ["--transport", "tcp", "--routing", "record-route"],
        ["--user", "A=sip:ann@example.com", "--user", "B=sip:ben@example.com"],
        ["--transport", "tls"], ["--transport", "tls", "--routing", "record-route", "--workers", "2"],
    ])
    func `The suite passes however it is run`(options: [String]) throws {
        let run = try Fixtures.Run(["--capture-source", "actors"] + options + AddressBlock.next().arguments)
        #expect(run.outcome.status == 0, "\(run.outcome.output)")
        #expect(run.report.verdicts == Self.allPass)
        let hasCaptures = !options.contains("off")
        #expect(run.report.run.cases.allSatisfy { ($0.capture != nil) == hasCaptures })
        #expect(try run.report.files.contains { $0.hasSuffix(".pcapng") } == hasCaptures)
    }

    @Test func `A server elsewhere is tested by its address`() throws {
        let block = AddressBlock.next()
        let system = SystemUnderTest(at: block.server, domain: "parley.example")
        defer { system.stop() }
        let run = try Fixtures.Run(["--server", "\(block.server)", "--capture-source", "actors"] + block.arguments)
        #expect(run.outcome.status == 0, "\(run.outcome.output)")
        #expect(run.report.verdicts == Self.allPass)
        #expect(run.report.run.systemUnderTest == "the system at \(block.server):5060")
    }

    @Test func `What the harness's own clients do wrong is never the failure of a server elsewhere`() throws {
        let block = AddressBlock.next()
        let system = SystemUnderTest(at: block.server, domain: "parley.example")
        defer { system.stop() }
        let run = try Fixtures.Run(
            ["IM-2.0-int-201", "--server", "\(block.server)", "--capture-source", "actors"]
                + ["--defect", "A:featureTagMissing"] + block.arguments)
        #expect(run.outcome.status == 4)
        #expect(run.outcome.output.contains("Client A, which the harness plays, is at fault itself"))
    }

    @Test func `A server that is silent is an error of the environment, after the time for one step`() throws {
        let block = AddressBlock.next()
        let silent = try HeldPort(.udp, block.server)
        let options = ["IM-2.0-int-201", "--server", "\(block.server)", "--timeout", "1", "--capture-source", "actors"]
        let run = try Fixtures.Run(options + block.arguments)
        withExtendedLifetime(silent) {}
        #expect(run.outcome.status == 4)
        let sentence = "The system under test cannot be reached: nothing at all has come from \(block.server)."
        #expect(run.outcome.output.contains(sentence))
    }

    @Test func `The capture of a live run gives the run's verdicts and findings`() throws {
        for run in try [Fixtures.live.get(), Fixtures.liveFailure.get()] {
            let workplace = try Workplace()
            let outcome = try workplace.parley(["judge"] + run.report.captures)
            #expect(outcome.status == run.outcome.status)
            let judged = try workplace.report()
            #expect(judged.verdicts == run.report.verdicts)
            let isSame = judged.run.cases.map(\.findings) == run.report.run.cases.map(\.findings)
            #expect(isSame)
        }
    }

    @Test func `A text that the server alters is a failure of the server`() throws {
        let run = try Fixtures.liveFailure.get()
        #expect(run.outcome.status == 1)
        let finding = try #require(run.report.run.cases[0].findings.first { $0.check == "201.1" })
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed.contains("“Hello !”"))
    }
}

/// Who has captured what: the actors' own record, and the packets on the wire.
@Suite(.waitsForOthers)
struct CaptureSourceTests {
    private func run(_ source: String) throws -> Fixtures.Run {
        try Fixtures.Run(["IM-2.0-int-201", "--capture-source", source] + AddressBlock.next().arguments)
    }

    @Test(.enabled(if: Machine.mayCapture, "This user may not capture on the wire."))
    func `Where the program may capture, the capture is that of the wire, with the actors' beside it`() throws {
        let report = try Fixtures.live.get().report
        let files = try report.files
        #expect(files.contains("cases/IM-2.0-int-201/actors.pcapng"))
        #expect(report.run.remarks == [])
        // Nothing of other programs takes room: only packets of the clients pass.
        let capture = try Capture(parsing: report.bytes("cases/IM-2.0-int-201/capture.pcapng"))
        #expect(capture.interfaces[0].filter?.contains("ip[15] >= 11 and ip[15] <= 14") == true)
        let wire = try run("libpcap")
        #expect(wire.outcome.status == 0)
    }

    @Test(.enabled(if: !Machine.mayCapture, "This user may capture on the wire."))
    func `Where it may not, it says so and uses the actors' own record, unless the wire was asked for`() throws {
        let report = try Fixtures.live.get().report
        #expect(report.run.remarks.first?.contains("CAP_NET_RAW") == true)
        #expect(try !report.files.contains("cases/IM-2.0-int-201/actors.pcapng"))
        let wire = try run("libpcap")
        #expect(wire.outcome.status == 4)
        #expect(wire.outcome.output.contains("needs the right CAP_NET_RAW"))
    }

    @Test func `The actors' own record needs no right and no remark`() throws {
        let run = try run("actors")
        #expect(run.outcome.status == 0)
        #expect(run.report.run.remarks == [])
        #expect(
            try run.report.files.filter { $0.hasSuffix(".pcapng") } == ["cases/IM-2.0-int-201/capture.pcapng"]
        )
    }

    @Test(.enabled(if: Machine.hasTshark && Machine.mayCapture, "tshark or the right to capture is missing."))
    func `tshark reads what has gone over TLS by the secrets in the capture, and the report says so`() throws {
        let run = try Fixtures.Run(["--transport", "tls"] + AddressBlock.next().arguments)
        #expect(run.outcome.status == 0, "\(run.outcome.output)")
        #expect(run.report.verdicts == ["IM-2.0-int-101 pass pass", "IM-2.0-int-201 pass pass"])
        let capture = try #require(run.report.captures.first { $0.contains("101") })
        let path = capture.replacing("capture.pcapng", with: "wire.pcapng")
        func read(_ filter: String) throws -> String {
            let fields = "-T fields -e tcp.dstport -e _ws.col.Info"
            return try Workplace().shell("tshark -r \(path) -d tcp.port==2855,tls -Y '\(filter)' \(fields)").output
        }
        #expect(try read("sip").contains("Request: REGISTER sip:"))
        // tshark has no dissector for MSRP within TLS, but shows what it has deciphered.
        #expect(try read("tls contains \"MSRP\" || data contains \"MSRP\"").contains("2855"))
        #expect(run.report.run.cases.allSatisfy { $0.remarks.contains { $0.contains("wire.pcapng") } })
    }

    @Test(.enabled(if: Machine.hasTshark, "tshark is not installed."))
    func `tshark reads the capture without complaint, and shows the steps`() throws {
        let workplace = try Workplace()
        let path = try #require(try Fixtures.live.get().report.captures.first)
        let fields =
            "-T fields -E separator=/t -e _ws.malformed -e _ws.expert.severity -e frame.comment -e _ws.col.Protocol"
        let outcome = try workplace.shell("tshark -r \(path) \(fields)")
        #expect(outcome.status == 0)
        let rows = outcome.output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        let errors = rows.filter { !$0[0].isEmpty || $0[1].split(separator: ",").contains("8388608") }
        #expect(errors == [])
        let comments = Set(rows.map { $0[2] })
        #expect(comments.contains { $0.contains("step 3: A sends “Hello B” in the session") }, "\(comments)")
        #expect(rows.contains { $0[3].contains("SIP") } && rows.contains { $0[3].contains("MSRP") })
    }
}
