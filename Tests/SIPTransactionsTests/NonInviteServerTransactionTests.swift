import SIPTransactions
import Testing

@Suite("Non-INVITE server transaction: RFC 3261 Figure 8")
struct NonInviteServerTransactionTests {
    typealias Transaction = NonInviteServerTransaction

    /// A transaction that has lived through these events.
    static func transaction(
        _ events: Transaction.Event..., over reliability: Reliability = .unreliable
    ) -> Transaction {
        var (transaction, _) = Transaction.begin(timing: TransactionTiming(), over: reliability)
        for event in events { _ = transaction.handle(event) }
        return transaction
    }

    @Test(arguments: Reliability.allCases)
    func `A request is passed on, and no timer starts`(reliability: Reliability) {
        let (transaction, effects) = Transaction.begin(timing: TransactionTiming(), over: reliability)
        #expect(effects == [.passRequest])
        #expect(transaction.state == .trying)
    }

    @Test func `A provisional response is sent`() {
        var transaction = Self.transaction()
        #expect(transaction.handle(.respond(.provisional)) == [.sendResponse])
        #expect(transaction.state == .proceeding)
    }

    @Test(arguments: [transaction(), transaction(.respond(.provisional))], [ResponseClass.success, .failure])
    func `A final response is sent and starts timer J`(before: Transaction, final: ResponseClass) {
        var transaction = before
        #expect(transaction.handle(.respond(final)) == [.sendResponse, .arm(.j, after: .seconds(32))])
        #expect(transaction.state == .completed)
    }

    @Test(arguments: [ResponseClass.success, .failure])
    func `Over TCP a final response ends the transaction at once, because timer J is zero`(final: ResponseClass) {
        var transaction = Self.transaction(over: .reliable)
        #expect(transaction.handle(.respond(final)) == [.sendResponse, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `A request that comes again has the latest provisional response again`() {
        var transaction = Self.transaction(.respond(.provisional))
        #expect(transaction.handle(.request) == [.sendResponseAgain])
        #expect(transaction.state == .proceeding)
    }

    @Test func `Every further provisional response is sent`() {
        var transaction = Self.transaction(.respond(.provisional))
        #expect(transaction.handle(.respond(.provisional)) == [.sendResponse])
    }

    @Test func `A provisional response that cannot be sent ends the transaction`() {
        var transaction = Self.transaction(.respond(.provisional))
        #expect(transaction.handle(.transportError) == [.reportTransportFailure, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `A request that comes again after the final response has it again`() {
        var transaction = Self.transaction(.respond(.success))
        #expect(transaction.handle(.request) == [.sendResponseAgain])
        #expect(transaction.state == .completed)
    }

    @Test func `A final response that cannot be sent ends the transaction`() {
        var transaction = Self.transaction(.respond(.success))
        #expect(transaction.handle(.transportError) == [.cancel(.j), .reportTransportFailure, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `Timer J ends the completed transaction`() {
        var transaction = Self.transaction(.respond(.success))
        #expect(transaction.handle(.timer(.j)) == [.terminate])
        #expect(transaction.state == .terminated)
    }

    static let silentPairs: [(Transaction, Transaction.Event)] = [
        (transaction(), .request),
        (transaction(), .timer(.j)),
        (transaction(), .transportError),
        (transaction(.respond(.provisional)), .timer(.j)),
        (transaction(.respond(.success)), .respond(.provisional)),
        (transaction(.respond(.success)), .respond(.success)),
        (transaction(.respond(.success)), .respond(.failure)),
        (transaction(.respond(.success), .timer(.j)), .request),
        (transaction(.respond(.success), .timer(.j)), .respond(.provisional)),
        (transaction(.respond(.success), .timer(.j)), .respond(.success)),
        (transaction(.respond(.success), .timer(.j)), .respond(.failure)),
        (transaction(.respond(.success), .timer(.j)), .timer(.j)),
        (transaction(.respond(.success), .timer(.j)), .transportError),
    ]

    @Test(arguments: silentPairs)
    func `Nothing happens where the figure has no arrow`(before: Transaction, event: Transaction.Event) {
        var transaction = before
        #expect(transaction.handle(event) == [])
        #expect(transaction == before)
    }
}
