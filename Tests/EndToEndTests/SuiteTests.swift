import TestSupport
import Testing

/// The whole suite against the embedded reference server.
@Suite(.waitsForOthers) struct SuiteTests {
    @Test func `All 34 cases pass live, by two workers`() throws {
        let workplace = try Workplace(.all)
        let outcome = try workplace.parley(
            ["run", "--workers", "2", "--capture-source", "actors"] + AddressBlock.next().arguments)
        #expect(outcome.status == 0, "\(outcome.output)")
        let verdicts = try workplace.report().verdicts
        #expect(verdicts.count == 34)
        #expect(verdicts.allSatisfy { $0.hasSuffix(" pass pass") })
    }
}
