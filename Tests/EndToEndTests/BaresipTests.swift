import Conformance
import Network
import TestSupport
import Testing

/// A client of which nobody here has written a line, and that knows nothing of OMA, as client A.
@Suite(.waitsForOthers, .enabled(if: Baresip.isInstalled, "baresip of baresip-core is not installed"))
struct BaresipTests {
    private func result(of testCase: String) throws -> CaseResult {
        let (workplace, block) = (try Workplace(), AddressBlock.next())
        let driver = DriverScript.fixture("baresip.py", "A=\(block.client("A"))")
        let arguments = ["run", testCase, "--real", "A", "--driver", driver, "--timeout", "1", "--patience", "2"]
        let outcome = try workplace.parley(arguments + block.arguments)
        #expect(outcome.status == 1, "\(outcome.output)\n\(outcome.complaints)")
        return try #require(try workplace.report().run.cases.first)
    }

    @Test func `Its page comes to B, and what an IM client would have to do more is told in full`() throws {
        let result = try result(of: "IM-2.0-int-201")
        #expect(result.remarks == [])
        let passed = result.findings.filter { $0.verdict == .pass }.map(\.check)
        #expect(Set(["precondition.B", "201.1", "201.2a", "201.2b", "201.3a", "201.3b"]).isSubset(of: passed))
        // It has no features in its Contact, no release, no Accept-Contact, and none of the settings to publish.
        let failed = result.findings.filter { $0.verdict == .fail && $0.kind != .warning }
        #expect(
            Set(failed.map(\.check)) == ["201.4a", "201.4c", "201.4d", "oma.release", "oma.accept-contact"])
        #expect(failed.allSatisfy { $0.party == PartyName("A") })
        let open = result.findings.filter { $0.verdict == .inconclusive && $0.kind != .warning }
        #expect(open.map(\.check) == ["precondition.A", "201.4b"])
        #expect(open.first?.observed == "no 2xx to PUBLISH")
        #expect(result.interop == .inconclusive)
        #expect(result.conformance == .fail)
    }

    @Test func `It has no sessions, and its driver says so`() throws {
        let result = try result(of: "IM-2.0-int-101")
        #expect(result.interop == .inconclusive)
        #expect(result.remarks.contains { $0.contains("baresip sends single messages to one address only") })
        let failed = result.findings.filter { $0.verdict == .fail && $0.kind != .warning }
        #expect(Set(failed.map(\.check)) == ["101.6a", "oma.release"])
        #expect(failed.allSatisfy { $0.party == PartyName("A") })
    }
}
