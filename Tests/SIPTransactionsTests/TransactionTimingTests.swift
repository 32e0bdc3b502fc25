import SIPTransactions
import Testing

@Suite("Transaction timing: RFC 3261 Table 4")
struct TransactionTimingTests {
    @Test func `The defaults are those of the RFC`() {
        let timing = TransactionTiming()
        #expect(timing.t1 == .milliseconds(500))
        #expect(timing.t2 == .seconds(4))
        #expect(timing.t4 == .seconds(5))
        #expect(timing.timeout == .seconds(32))
        #expect(timing.acknowledging == .seconds(32))
    }

    @Test func `Timer D is never shorter than 32 s`() {
        #expect(TransactionTiming(t1: .milliseconds(10)).acknowledging == .seconds(32))
        #expect(TransactionTiming(t1: .seconds(1)).acknowledging == .seconds(64))
    }

    @Test(
        arguments: zip(
            [100, 199, 200, 299, 300, 699],
            [ResponseClass.provisional, .provisional, .success, .success, .failure, .failure]))
    func `The hundreds of a status code tell its class`(status: Int, expected: ResponseClass) {
        #expect(ResponseClass(status: status) == expected)
    }

    @Test(arguments: [0, 99, 700, 999])
    func `A status code outside 100 to 699 has no class`(status: Int) {
        #expect(ResponseClass(status: status) == nil)
    }
}
