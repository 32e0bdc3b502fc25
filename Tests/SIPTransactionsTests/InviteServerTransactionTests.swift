import SIPTransactions
import Testing

@Suite("INVITE server transaction: RFC 3261 Figure 7 with RFC 6026")
struct InviteServerTransactionTests {
    typealias Transaction = InviteServerTransaction

    /// A transaction that has lived through these events.
    static func transaction(
        _ events: Transaction.Event..., over reliability: Reliability = .unreliable
    ) -> Transaction {
        var (transaction, _) = Transaction.begin(timing: TransactionTiming(), over: reliability)
        for event in events { _ = transaction.handle(event) }
        return transaction
    }

    @Test(arguments: Reliability.allCases)
    func `An INVITE is passed on, and the user has 200 ms until 100 is sent`(reliability: Reliability) {
        let (transaction, effects) = Transaction.begin(timing: TransactionTiming(), over: reliability)
        #expect(effects == [.passInvite, .arm(.trying, after: .milliseconds(200))])
        #expect(transaction.state == .proceeding(.awaited))
    }

    @Test func `A slow user is covered by 100`() {
        var transaction = Self.transaction()
        #expect(transaction.handle(.timer(.trying)) == [.sendTrying])
        #expect(transaction.state == .proceeding(.sent))
    }

    @Test(arguments: [transaction(.timer(.trying)), transaction(.respond(.provisional))])
    func `An INVITE that comes again has the latest provisional response again`(before: Transaction) {
        var transaction = before
        #expect(transaction.handle(.invite) == [.sendResponseAgain])
        #expect(transaction.state == .proceeding(.sent))
    }

    @Test func `A provisional response of the user makes 100 unnecessary`() {
        var transaction = Self.transaction()
        #expect(transaction.handle(.respond(.provisional)) == [.cancel(.trying), .sendResponse])
        #expect(transaction.state == .proceeding(.sent))
    }

    @Test func `Every further provisional response is sent`() {
        var transaction = Self.transaction(.respond(.provisional))
        #expect(transaction.handle(.respond(.provisional)) == [.sendResponse])
    }

    @Test(arguments: [transaction(), transaction(.respond(.provisional))])
    func `A provisional response that cannot be sent is reported and changes nothing`(before: Transaction) {
        var transaction = before
        #expect(transaction.handle(.transportError) == [.reportTransportFailure])
        #expect(transaction == before)
    }

    @Test func `A failure over UDP starts timers G and H`() {
        var transaction = Self.transaction(.respond(.provisional))
        #expect(
            transaction.handle(.respond(.failure)) == [
                .sendResponse, .arm(.g, after: .milliseconds(500)), .arm(.h, after: .seconds(32)),
            ])
        #expect(transaction.state == .completed(retransmitAfter: .milliseconds(500)))
    }

    @Test func `A failure over TCP starts timer H alone`() {
        var transaction = Self.transaction(.respond(.provisional), over: .reliable)
        #expect(transaction.handle(.respond(.failure)) == [.sendResponse, .arm(.h, after: .seconds(32))])
    }

    @Test func `A failure at once makes 100 unnecessary`() {
        var transaction = Self.transaction(over: .reliable)
        #expect(
            transaction.handle(.respond(.failure)) == [
                .cancel(.trying), .sendResponse, .arm(.h, after: .seconds(32)),
            ])
    }

    @Test(arguments: Reliability.allCases)
    func `A 2xx response is accepted and starts timer L over any transport`(reliability: Reliability) {
        var transaction = Self.transaction(.respond(.provisional), over: reliability)
        #expect(transaction.handle(.respond(.success)) == [.sendResponse, .arm(.l, after: .seconds(32))])
        #expect(transaction.state == .accepted)
    }

    @Test func `A 2xx response at once makes 100 unnecessary`() {
        var transaction = Self.transaction()
        #expect(
            transaction.handle(.respond(.success)) == [
                .cancel(.trying), .sendResponse, .arm(.l, after: .seconds(32)),
            ])
    }

    @Test func `An INVITE that comes again after the failure has the failure again`() {
        var transaction = Self.transaction(.respond(.failure))
        #expect(transaction.handle(.invite) == [.sendResponseAgain])
    }

    @Test func `Timer G sends the failure again and doubles until it reaches T2`() {
        var transaction = Self.transaction(.respond(.failure))
        for seconds in [1, 2, 4, 4, 4] {
            #expect(transaction.handle(.timer(.g)) == [.sendResponseAgain, .arm(.g, after: .seconds(seconds))])
        }
    }

    @Test func `A failure that cannot be sent is reported and tried again`() {
        let before = Self.transaction(.respond(.failure))
        var transaction = before
        #expect(transaction.handle(.transportError) == [.reportTransportFailure])
        #expect(transaction == before)
    }

    @Test func `The ACK stops the failure and starts timer I`() {
        var transaction = Self.transaction(.respond(.failure))
        #expect(transaction.handle(.ack) == [.cancel(.g), .cancel(.h), .arm(.i, after: .seconds(5))])
        #expect(transaction.state == .confirmed)
    }

    @Test func `Over TCP the ACK ends the transaction at once, because timer I is zero`() {
        var transaction = Self.transaction(.respond(.failure), over: .reliable)
        #expect(transaction.handle(.ack) == [.cancel(.h), .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `Timer H ends a transaction that nobody acknowledges, and the user learns of it`() {
        var transaction = Self.transaction(.respond(.failure))
        #expect(transaction.handle(.timer(.h)) == [.cancel(.g), .reportTimeout, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `Timer I ends the confirmed transaction`() {
        var transaction = Self.transaction(.respond(.failure), .ack)
        #expect(transaction.handle(.timer(.i)) == [.terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `An ACK to the 2xx response that arrives here is passed on`() {
        var transaction = Self.transaction(.respond(.success))
        #expect(transaction.handle(.ack) == [.passACK])
        #expect(transaction.state == .accepted)
    }

    @Test func `The user may send the 2xx response again`() {
        var transaction = Self.transaction(.respond(.success))
        #expect(transaction.handle(.respond(.success)) == [.sendResponse])
        #expect(transaction.state == .accepted)
    }

    @Test func `A 2xx response that cannot be sent is reported and changes nothing`() {
        var transaction = Self.transaction(.respond(.success))
        #expect(transaction.handle(.transportError) == [.reportTransportFailure])
        #expect(transaction.state == .accepted)
    }

    @Test func `Timer L ends the accepted transaction`() {
        var transaction = Self.transaction(.respond(.success))
        #expect(transaction.handle(.timer(.l)) == [.terminate])
        #expect(transaction.state == .terminated)
    }

    static let silentPairs: [(Transaction, Transaction.Event)] =
        [
            (transaction(), .invite),
            (transaction(.respond(.provisional)), .timer(.trying)),
        ]
        + [transaction(), transaction(.respond(.provisional))].flatMap { proceeding in
            [.ack, .timer(.g), .timer(.h), .timer(.i), .timer(.l)].map { (proceeding, $0) }
        }
        + [
            .respond(.provisional), .respond(.success), .respond(.failure), .timer(.trying), .timer(.i), .timer(.l),
        ].map { (transaction(.respond(.failure)), $0) }
        + [
            .invite, .ack, .respond(.provisional), .respond(.success), .respond(.failure), .transportError,
            .timer(.trying), .timer(.g), .timer(.h), .timer(.l),
        ].map { (transaction(.respond(.failure), .ack), $0) }
        + [
            .invite, .respond(.provisional), .respond(.failure), .timer(.trying), .timer(.g), .timer(.h), .timer(.i),
        ].map { (transaction(.respond(.success)), $0) }
        + [
            .invite, .ack, .respond(.provisional), .respond(.success), .respond(.failure), .transportError,
            .timer(.trying), .timer(.g), .timer(.h), .timer(.i), .timer(.l),
        ].map { (transaction(.respond(.success), .timer(.l)), $0) }

    @Test(arguments: silentPairs)
    func `Nothing happens where the figure has no arrow`(before: Transaction, event: Transaction.Event) {
        var transaction = before
        #expect(transaction.handle(event) == [])
        #expect(transaction == before)
    }
}
