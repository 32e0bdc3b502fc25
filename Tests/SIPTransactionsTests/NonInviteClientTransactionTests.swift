import SIPTransactions
import Testing

@Suite("Non-INVITE client transaction: RFC 3261 Figure 6")
struct NonInviteClientTransactionTests {
    typealias Transaction = NonInviteClientTransaction

    /// A transaction that has lived through these events.
    static func transaction(
        _ events: Transaction.Event..., over reliability: Reliability = .unreliable
    ) -> Transaction {
        var (transaction, _) = Transaction.begin(timing: TransactionTiming(), over: reliability)
        for event in events { _ = transaction.handle(event) }
        return transaction
    }

    @Test func `A request over UDP starts timers E and F`() {
        let (transaction, effects) = Transaction.begin(timing: TransactionTiming(), over: .unreliable)
        #expect(effects == [.sendRequest, .arm(.e, after: .milliseconds(500)), .arm(.f, after: .seconds(32))])
        #expect(transaction.state == .trying(retransmitAfter: .milliseconds(500)))
    }

    @Test func `A request over TCP starts timer F alone`() {
        let (_, effects) = Transaction.begin(timing: TransactionTiming(), over: .reliable)
        #expect(effects == [.sendRequest, .arm(.f, after: .seconds(32))])
    }

    @Test func `Timer E doubles until it reaches T2`() {
        var transaction = Self.transaction()
        for seconds in [1, 2, 4, 4, 4] {
            #expect(transaction.handle(.timer(.e)) == [.sendRequest, .arm(.e, after: .seconds(seconds))])
        }
    }

    @Test(arguments: [transaction(), transaction(.response(.provisional))])
    func `Timer F ends a request that has no final response`(before: Transaction) {
        var transaction = before
        #expect(transaction.handle(.timer(.f)) == [.cancel(.e), .reportTimeout, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test(arguments: [transaction(), transaction(.response(.provisional))])
    func `A transport error ends a request that has no final response`(before: Transaction) {
        var transaction = before
        #expect(
            transaction.handle(.transportError) == [
                .cancel(.e), .cancel(.f), .reportTransportFailure, .terminate,
            ])
        #expect(transaction.state == .terminated)
    }

    @Test func `A provisional response is passed on and stops neither timer`() {
        var transaction = Self.transaction()
        #expect(transaction.handle(.response(.provisional)) == [.passResponse])
        #expect(transaction.state == .proceeding)
    }

    @Test(arguments: [transaction(), transaction(.response(.provisional))], [ResponseClass.success, .failure])
    func `A final response stops both timers and starts timer K`(before: Transaction, final: ResponseClass) {
        var transaction = before
        #expect(
            transaction.handle(.response(final)) == [
                .cancel(.e), .cancel(.f), .passResponse, .arm(.k, after: .seconds(5)),
            ])
        #expect(transaction.state == .completed)
    }

    @Test(arguments: [ResponseClass.success, .failure])
    func `Over TCP a final response ends the transaction at once, because timer K is zero`(final: ResponseClass) {
        var transaction = Self.transaction(over: .reliable)
        #expect(transaction.handle(.response(final)) == [.cancel(.f), .passResponse, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `After a provisional response timer E sends the request every T2`() {
        var transaction = Self.transaction(.response(.provisional))
        #expect(transaction.handle(.timer(.e)) == [.sendRequest, .arm(.e, after: .seconds(4))])
        #expect(transaction.state == .proceeding)
    }

    @Test func `Every further provisional response is passed on`() {
        var transaction = Self.transaction(.response(.provisional))
        #expect(transaction.handle(.response(.provisional)) == [.passResponse])
        #expect(transaction.state == .proceeding)
    }

    @Test func `Timer K ends the completed transaction`() {
        var transaction = Self.transaction(.response(.success))
        #expect(transaction.handle(.timer(.k)) == [.terminate])
        #expect(transaction.state == .terminated)
    }

    static let silentPairs: [(Transaction, Transaction.Event)] = [
        (transaction(), .timer(.k)),
        (transaction(.response(.provisional)), .timer(.k)),
        (transaction(.response(.success)), .response(.provisional)),
        (transaction(.response(.success)), .response(.success)),
        (transaction(.response(.success)), .response(.failure)),
        (transaction(.response(.success)), .timer(.e)),
        (transaction(.response(.success)), .timer(.f)),
        (transaction(.response(.success)), .transportError),
        (transaction(.timer(.f)), .response(.provisional)),
        (transaction(.timer(.f)), .response(.success)),
        (transaction(.timer(.f)), .response(.failure)),
        (transaction(.timer(.f)), .timer(.e)),
        (transaction(.timer(.f)), .timer(.f)),
        (transaction(.timer(.f)), .timer(.k)),
        (transaction(.timer(.f)), .transportError),
    ]

    @Test(arguments: silentPairs)
    func `Nothing happens where the figure has no arrow`(before: Transaction, event: Transaction.Event) {
        var transaction = before
        #expect(transaction.handle(event) == [])
        #expect(transaction == before)
    }
}
