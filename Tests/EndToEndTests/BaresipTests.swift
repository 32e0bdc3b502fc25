import Conformance
import Network
import TestSupport
import Testing

/// Clients of which nobody here has written a line, and that know nothing of OMA.
@Suite(.waitsLongForOthers, .enabled(if: Baresip.isInstalled, "baresip of baresip-core is not installed"))
struct BaresipTests {
    private func result(of testCase: String, _ parties: Character...) throws -> CaseResult {
        let (workplace, block) = (try Workplace(), AddressBlock.next())
        let driver = DriverScript.fixture(
            "baresip.py", parties.map { "\($0)=\(block.client($0))" }.joined(separator: " "))
        let real = parties.flatMap { ["--real", "\($0)"] }
        let arguments = ["run", testCase, "--driver", driver, "--timeout", "5", "--patience", "20"] + real
        let outcome = try workplace.parley(arguments + block.arguments)
        #expect(outcome.status == 1, "\(outcome.output)\n\(outcome.complaints)")
        return try #require(try workplace.report().run.cases.first)
    }

    /// The checks with this verdict that are no mere advice, each with the party at fault.
    private func checks(_ result: CaseResult, _ verdict: Verdict) -> Set<String> {
        let findings = result.findings.filter { $0.verdict == verdict && $0.kind != .warning }
        return Set(findings.map { "\($0.check) \($0.party?.description ?? "")" })
    }

    @Test func `The page of one comes to the other, and what IM clients would have to do more is told in full`() throws
    {
        let result = try result(of: "IM-2.0-int-201", "A", "B")
        #expect(result.remarks == [])
        #expect(checks(result, .pass).isSuperset(of: ["201.1 ", "201.2a ", "201.3a ", "201.3b "]))
        // The Contact of B has the feature tag, so that the server hands the page over and does not keep it.
        #expect(result.findings.first { $0.check == "201.2b" }?.verdict == .pass)
        // No release, no Accept-Contact, no Require, and none of the settings to publish.
        #expect(
            checks(result, .fail) == [
                "201.4a A", "201.4c A", "201.4d A", "201.4e B", "oma.accept-contact A", "oma.release A",
                "oma.release B", "oma.release-response B",
            ])
        #expect(checks(result, .inconclusive) == ["precondition.A ", "precondition.B ", "201.4b "])
        let unprepared = result.findings.filter { $0.check.hasPrefix("precondition.") }
        #expect(unprepared.map(\.observed) == ["no 2xx to PUBLISH", "no 2xx to PUBLISH"])
        #expect(result.interop == .inconclusive)
        #expect(result.conformance == .fail)
    }

    @Test func `It has no sessions, and its driver says so`() throws {
        let result = try result(of: "IM-2.0-int-101", "A")
        #expect(result.interop == .inconclusive)
        #expect(result.remarks.contains { $0.contains("baresip sends single messages to one address only") })
        #expect(checks(result, .fail) == ["101.6a A", "oma.release A"])
    }
}
