import Conformance
import Foundation
import Network
import PacketCapture
import Reporting
import TestSupport
import Testing

/// Captures, whole and damaged, our own and others', and what is said of them.
@Suite(.waitsForOthers)
struct JudgeTests {
    private let workplace: Workplace

    init() throws { workplace = try Workplace() }

    @Test func `A capture of a simulated run is judged as the run was`() throws {
        for run in try [Fixtures.simulated.get(), Fixtures.simulatedFailure.get()] {
            let outcome = try workplace.parley(["judge"] + run.report.captures)
            #expect(outcome.status == run.outcome.status)
            let judged = try workplace.report()
            #expect(judged.verdicts == run.report.verdicts)
            let isSame = judged.run.cases.map(\.findings) == run.report.run.cases.map(\.findings)
            #expect(isSame)
        }
    }

    @Test func `A scenario with an error keeps no other case from being judged, explained and listed`() throws {
        let broken = SmallScenario(number: 901).text.replacing("procedure:", with: "procdure:")
        let place = "broken/int/IM-2.0-int-901.yaml"
        try workplace.write(broken.utf8, to: place)
        for folder in ["requirements", "scr", "simple-im"] {
            let link = workplace.url.appending(path: "broken/\(folder)")
            let scenarios = workplace.url.appending(path: "scenarios/\(folder)")
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: scenarios)
        }
        let capture = try #require(try Fixtures.simulated.get().report.captures.first)
        let complaint = "\(place):10:1: error: Unknown key “procdure” in a test case; did you mean “procedure”?"
        #expect(try workplace.parley("judge", capture, "--scenarios", "broken").status == 0)
        #expect(try workplace.parley("explain", "101", "--scenarios", "broken").status == 0)
        let asked = try workplace.parley("judge", capture, "--case", "901", "--scenarios", "broken")
        #expect(asked.status == 2)
        #expect(
            asked.complaints.hasPrefix("parley: The scenario of 901 cannot be used: \(complaint)"),
            "\(asked.complaints)")
        let list = try workplace.parley("list", "--terse", "--scenarios", "broken")
        #expect(list.status == 2)
        #expect(list.output == "IM-2.0-int-101\nIM-2.0-int-201\n")
        let explanation = try workplace.parley("explain", "901", "--scenarios", "broken")
        #expect(explanation.status == 2)
        for complaints in [list.complaints, explanation.complaints] {
            #expect(complaints.hasPrefix(complaint), "\(complaints)")
            #expect(complaints.hasSuffix("There is 1 error in the scenario files; mend what is told.\n"))
        }
    }

    @Test func `What is judged is copied, and the copy is judged alike`() throws {
        let capture = try #require(try Fixtures.simulated.get().report.captures.first)
        #expect(try workplace.parley("judge", capture).status == 0)
        let first = try workplace.report()
        #expect(try first.completion.files.contains { $0.path == "cases/IM-2.0-int-101/capture.pcapng" })
        let outcome = try workplace.parley("judge", "reports/latest/cases/IM-2.0-int-101/capture.pcapng")
        #expect(outcome.status == 0)
        #expect(try workplace.report().judgments == first.judgments)
    }

    @Test func `One broken capture among three costs the others nothing`() throws {
        let good = try Fixtures.simulated.get().report.captures
        let bad = try Fixtures.simulatedFailure.get().report.captures
        try workplace.write("GET / HTTP/1.1".utf8, to: "broken.pcapng")
        let outcome = try workplace.parley("judge", good[0], "broken.pcapng", bad[0], good[1])
        #expect(outcome.status == 2)
        #expect(
            outcome.complaints
                == "parley: “broken.pcapng”: This is no pcapng or pcap file: it begins with 0x47455420.\n")
        let report = try workplace.report()
        #expect(
            report.verdicts == [
                "IM-2.0-int-101 pass pass", "IM-2.0-int-101 pass fail", "IM-2.0-int-201 pass pass",
            ])
        #expect(report.run.cases.map(\.attempt) == [1, 2, 1])
        #expect(try report.files.filter { $0.hasSuffix(".pcapng") }.count == 3)
    }

    @Test func `A capture that was cut off anywhere is read as far as it goes, and absence is never claimed`() throws {
        let path = try #require(try Fixtures.simulated.get().report.captures.last)
        let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
        let lengths = stride(from: 0, through: whole.count, by: whole.count / 24).map { min($0, whole.count - 1) }
        for length in lengths { try workplace.write(whole[..<length], to: "\(length).pcapng") }
        let outcome = try workplace.parley(["judge"] + lengths.map { "\($0).pcapng" })
        #expect([2, 3].contains(outcome.status))
        let report = try workplace.report()
        let complaints = outcome.complaints.split(separator: "\n")
        #expect(complaints.count + report.run.cases.count == lengths.count)
        let messages = try Fixtures.simulated.get().report.run.cases[1].messages.count
        for result in report.run.cases {
            let remark = result.remarks.joined(separator: " ")
            #expect(result.verdict <= .inconclusive, "\(remark)")
            // A passed absence rests on something that came later, which is still there.
            for finding in result.findings where finding.kind == .negative && finding.verdict == .pass {
                guard case .fence = finding.decision else {
                    Issue.record("\(finding.check) passes without a fence: \(remark)")
                    continue
                }
            }
            if result.messages.count < messages / 2 { #expect(result.interop == .inconclusive, "\(remark)") }
        }
    }

    @Test func `A flipped bit never ends the program`() throws {
        let path = try #require(try Fixtures.simulated.get().report.captures.last)
        let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
        let offsets = Array(stride(from: 0, to: whole.count, by: whole.count / 16))
        for offset in offsets {
            var bytes = whole
            bytes[offset] ^= 0x40
            try workplace.write(bytes, to: "\(offset).pcapng")
        }
        let outcome = try workplace.parley(["judge"] + offsets.map { "\($0).pcapng" })
        #expect([1, 2, 3].contains(outcome.status))
        let complaints = outcome.complaints.split(separator: "\n").count
        #expect(try workplace.report().run.cases.count + complaints == offsets.count)
    }

    @Test func `Somebody else's capture needs the case and who is who, and is judged alike`() throws {
        let report = try Fixtures.simulated.get().report
        let capture = try Capture(parsing: report.bytes("cases/IM-2.0-int-201/capture.pcapng"))
        try workplace.write(capture.asForeignFile, to: "field.pcap")
        func complaint(_ arguments: String...) throws -> String {
            let outcome = try workplace.parley(["judge", "field.pcap"] + arguments)
            #expect(outcome.status == 2)
            return String(outcome.complaints.dropFirst("parley: ".count).dropLast())
        }
        #expect(try complaint() == "“field.pcap” does not say which test case it shows; add --case ID.")
        #expect(
            try complaint("--case", "IM-2.0-int-201") == "“field.pcap” does not say who is A, B, server; add --map.")
        #expect(
            try complaint("--case", "IM-2.0-int-201", "--map", "C=192.0.2.1")
                == "IM-2.0-int-201 has no party “C”, as --map says; there are A, B, server.")
        #expect(
            try complaint("--case", "IM-2.0-int-201", "--map", "A=sip:zoe@example.com")
                == "“field.pcap” has no request of sip:zoe@example.com, so A cannot be found in it; "
                + "say where it is, by --map A=ADDRESS.")

        let cast = report.run.cases[1].cast
        let server = try #require(cast[.server]?.addresses.first)
        let maps = cast.clients.flatMap { ["--map", "\($0.name)=\($0.imAddress ?? "")"] }
        let judge = ["judge", "field.pcap", "--case", "IM-2.0-int-201", "--map", "server=\(server)"] + maps
        #expect(try workplace.parley(judge + ["--ordered"]).status == 0)
        #expect(try workplace.report().verdicts == ["IM-2.0-int-201 pass pass"])
        // Without --ordered a datagram may have overtaken another, and a window of silence has to do.
        #expect(try workplace.parley(judge).status == 3)
    }

    @Test func `The description of a system counts as in a run`() throws {
        let workplace = try Workplace(.these(["104", "403"]))
        try workplace.write(
            """
            name: Home
            server: 192.0.2.7
            domain: parley.example
            deviations: [taken-alias-refused]
            preconditions: { settings: { command: ./settings } }
            """.utf8, to: "fixtures/systems/home/system.yaml")
        // The usual settings of a user, which are those of the case, are his even where the server takes none.
        let unusual =
            "cp -rL scenarios other && sed -i '0,/offline-delivery: false/s//offline-delivery: true/' other/*/*/*403.yaml"
        #expect(try workplace.shell(unusual).status == 0)
        let scenarios = ["--scenarios", "other"]
        let run =
            ["run", "--simulated", "--seed", "7", "--defect", "server:settingsRefused", "--out", "made"] + scenarios
        #expect(try workplace.parley(run).status == 1)
        let captures = ["104", "403"].map { "made/cases/IM-2.0-int-\($0)/capture.pcapng" }
        func finding(_ id: String, _ options: String...) throws -> Finding {
            _ = try workplace.parley(["judge"] + scenarios + options + captures)
            let findings = try workplace.report().run.cases.flatMap(\.findings)
            return try #require(findings.last { $0.check == id }, "\(findings.map(\.check))")
        }
        #expect(try finding("104.1b").kind == .conformance)
        #expect(try finding("104.1b", "--sut", "home").kind == .warning)
        #expect(try finding("precondition.B").verdict == .inconclusive)
        #expect(try finding("precondition.B", "--sut", "home").verdict == .pass)
        #expect(try workplace.report().run.systemUnderTest == "Home, as the captures show it")
    }

    @Test func `The description of a system says who is who in somebody else's capture`() throws {
        let report = try Fixtures.simulated.get().report
        let capture = try Capture(parsing: report.bytes("cases/IM-2.0-int-201/capture.pcapng"))
        try workplace.write(capture.asForeignFile, to: "field.pcap")
        let cast = report.run.cases[1].cast
        let clients = cast.clients.map { "  - { client: \($0.name), user: \"\($0.imAddress ?? "")\" }" }
        let server = try #require(cast[.server]?.addresses.first)
        try workplace.write(
            """
            name: Home
            server: \(server)
            domain: parley.example
            clients:
            \(clients.joined(separator: "\n"))
            """.utf8, to: "system.yaml")
        let judge = ["judge", "field.pcap", "--case", "IM-2.0-int-201", "--ordered", "--sut", "system.yaml"]
        let outcome = try workplace.parley(judge)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try workplace.report().verdicts == ["IM-2.0-int-201 pass pass"])
    }

    @Test func `A client is found at its address where the capture has no request of its user`() throws {
        let report = try Fixtures.simulated.get().report
        let capture = try Capture(parsing: report.bytes("cases/IM-2.0-int-201/capture.pcapng"))
        try workplace.write(capture.asForeignFile, to: "field.pcap")
        let cast = report.run.cases[1].cast
        let b = try #require(cast[PartyName("B")]?.addresses.first)
        let server = try #require(cast[.server]?.addresses.first)
        func describe(_ b: String) throws {
            let clients = [
                "  - { client: A, user: \"\(cast[PartyName("A")]?.imAddress ?? "")\" }",
                "  - { client: B, user: sip:zoe@parley.example\(b) }",
            ]
            let lines = ["name: Home", "server: \(server)", "domain: parley.example", "clients:"] + clients
            try workplace.write((lines.joined(separator: "\n") + "\n").utf8, to: "system.yaml")
        }
        func addressOfB(_ options: String...) throws -> [IPAddress]? {
            let judge = ["judge", "field.pcap", "--case", "IM-2.0-int-201", "--ordered", "--sut", "system.yaml"]
            let outcome = try workplace.parley(judge + ["--out", "judged", "--overwrite"] + options)
            guard outcome.status <= 1 else { return nil }
            let party = try workplace.report("judged").run.cases[0].cast[PartyName("B")]
            #expect(party?.imAddress == (options.isEmpty ? "sip:zoe@parley.example" : cast[PartyName("B")]?.imAddress))
            return party?.addresses
        }
        try describe(", address: \(b)")
        #expect(try addressOfB() == [b])
        try describe("")
        #expect(try addressOfB() == nil)
        #expect(try addressOfB("--map", "B=\(b)") == [b])
    }
}
