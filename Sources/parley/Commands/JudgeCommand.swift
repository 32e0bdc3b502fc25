import Assessment
import Conformance
import Dissection
import Foundation
import Network
import PacketCapture
import Reporting
import Scenarios

/// `parley judge`: the verdicts of captures, without sending anything.
enum JudgeCommand {
    static let command = Command(
        name: "judge", summary: "Judge captures (pcap, pcapng), without sending anything.", operands: "CAPTURE…",
        options: Suite.options + [
            Option("--case", "ID", "The test case that the captures show; ours say it themselves."),
            Option("--map", "PARTY=WHO", "Who is who in a foreign capture: A=sip:alice@example.com, A=192.0.2.1."),
            Option("--ordered", nil, "Datagrams kept their order where the capture was taken."),
        ] + ReportDestination.options,
        notes: """
            A capture that Parley wrote names its test case and its parties. Another one needs
            --case and, for every client and the server, --map; an IM Address is looked up in
            the requests of the capture.

            Examples:
              parley judge reports/latest/cases/IM-2.0-int-101/capture.pcapng
              parley judge field.pcap --case IM-2.0-int-201 --map A=sip:ann@example.com \\
                  --map B=sip:ben@example.com --map server=192.0.2.7
            """
    ) { arguments in
        guard !arguments.operands.isEmpty else { throw UsageError("Name at least one capture to judge.") }
        let suite = try Suite(arguments)
        let mapping = try CastMapping(arguments.values("--map"))
        let destination = try ReportDestination(arguments, seed: UInt64.random(in: 0...UInt64(UInt32.max)))
        let console = Progress(arguments, requirements: suite.library.catalogue.requirements)
        let started = Instant.now
        var results: [CaseResult] = []
        var complaints = 0
        for path in arguments.operands {
            do throws(UsageError) {
                let result = try judge(path, arguments, suite, mapping, destination, count: results.count)
                results.append(result)
                console.note(result)
            } catch {
                complaints += 1
                Terminal.complain(error.message)
            }
        }
        guard !results.isEmpty else { return .usage }
        let run = RunResult(
            id: destination.id, mode: .judged, seed: 0, systemUnderTest: "what the captures show", started: started,
            elapsed: Instant.now - started, cases: results, requirements: suite.library.catalogue.requirements)
        let code = complaints > 0 ? ExitCode.usage : ExitCode(run)
        _ = try destination.write(run, code: code, command: ["parley", "judge"] + CommandLine.arguments.dropFirst(2))
        console.finish(run, report: destination.indexPath, command: nil)
        return code
    }

    private static func judge(
        _ path: String, _ arguments: Arguments, _ suite: Suite, _ mapping: CastMapping,
        _ destination: ReportDestination, count: Int
    ) throws(UsageError) -> CaseResult {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("The capture “\(path)” cannot be read; is there such a file?")
        }
        let bytes = [UInt8](data)
        var trace: Trace
        do { trace = try Capture(parsing: bytes).trace() } catch { throw UsageError("“\(path)”: \(error)") }
        guard let id = arguments.value("--case") ?? trace.testCaseID else {
            throw UsageError("“\(path)” does not say which test case it shows; add --case ID.")
        }
        guard let testCase = suite.library[id] else {
            throw UsageError(Arguments.unknown(id, among: suite.library.testCases.map(\.id), what: "test case"))
        }
        if arguments.has("--ordered") { trace.datagramsKeepOrder = true }
        trace.cast = try mapping.cast(for: trace, path: path)
        let missing = testCase.equipment.clients.filter { trace.cast[$0] == nil }
        guard missing.isEmpty, trace.cast[.server] != nil else {
            let names = (missing + (trace.cast[.server] == nil ? [.server] : [])).map(\.description)
            throw UsageError("“\(path)” does not say who is \(names.joined(separator: ", ")); add --map.")
        }
        let assessed = Assessor(testCase).assess(trace)
        let name = "cases/\(testCase.id)" + (count == 0 ? "" : "/\(count + 1)") + "/capture.pcapng"
        do { try destination.store(bytes, at: name) } catch {
            throw UsageError("The capture cannot be copied into the report: \(error.localizedDescription)")
        }
        let first = trace.entries.first?.time ?? trace.end
        return CaseResult(
            testCase: testCase, outcome: .judged(interop: assessed.interop, conformance: assessed.conformance),
            findings: assessed.findings, messages: assessed.messages, cast: trace.cast, started: first,
            elapsed: trace.end - first, capture: name, remarks: ["Judged from \(path)."] + trace.defects)
    }
}

/// Who is who in a capture, as `--map` says.
struct CastMapping {
    private enum Who {
        case address(IPAddress)
        case imAddress(String)
    }

    private var parties: [(name: PartyName, who: Who)] = []

    init(_ texts: [String]) throws(UsageError) {
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("--map takes a party and who it is, such as A=sip:ann@example.com, not “\(text)”.")
            }
            let name = PartyName(parts[0])
            if parts[1].hasPrefix("sip:") || parts[1].hasPrefix("sips:") || parts[1].hasPrefix("tel:") {
                parties.append((name, .imAddress(parts[1])))
            } else if let address = IPAddress(parts[1]) {
                parties.append((name, .address(address)))
            } else {
                throw UsageError("--map \(parts[0]) takes a SIP URI or an IP address, not “\(parts[1])”.")
            }
        }
    }

    /// The cast that the capture names itself, with what the user says in its place.
    func cast(for trace: Trace, path: String) throws(UsageError) -> Cast {
        var cast = trace.cast
        guard !parties.isEmpty else { return cast }
        let requesters = Dissection(of: trace).requesters
        for (name, who) in parties {
            var party = Party(name: name, role: name == .server ? .server : .client, imAddress: nil, addresses: [])
            switch who {
            case .address(let address):
                party.addresses = [address]
                party.imAddress = requesters.first { $0.address == address }?.imAddress
            case .imAddress(let uri):
                party.imAddress = uri
                let wanted = Cast([party])
                party.addresses = requesters.filter { wanted.party(withIMAddress: $0.imAddress) != nil }.map(\.address)
                guard !party.addresses.isEmpty else {
                    throw UsageError("“\(path)” has no request of \(uri), so \(name) cannot be found in it.")
                }
            }
            cast.parties.removeAll { $0.name == name }
            cast.parties.append(party)
        }
        return cast
    }
}
