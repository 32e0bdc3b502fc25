import SIPTransactions
import Testing

@Suite("INVITE client transaction: RFC 3261 Figure 5 with RFC 6026")
struct InviteClientTransactionTests {
    typealias Transaction = InviteClientTransaction

    /// A transaction that has lived through these events.
    static func transaction(
        _ events: Transaction.Event..., over reliability: Reliability = .unreliable
    ) -> Transaction {
        var (transaction, _) = Transaction.begin(timing: TransactionTiming(), over: reliability)
        for event in events { _ = transaction.handle(event) }
        return transaction
    }

    @Test func `An INVITE over UDP starts timers A and B`() {
        let (transaction, effects) = Transaction.begin(timing: TransactionTiming(), over: .unreliable)
        #expect(effects == [.sendInvite, .arm(.a, after: .milliseconds(500)), .arm(.b, after: .seconds(32))])
        #expect(transaction.state == .calling(retransmitAfter: .milliseconds(500)))
    }

    @Test func `An INVITE over TCP starts timer B alone`() {
        let (_, effects) = Transaction.begin(timing: TransactionTiming(), over: .reliable)
        #expect(effects == [.sendInvite, .arm(.b, after: .seconds(32))])
    }

    @Test func `Timer A sends the INVITE again and doubles`() {
        var transaction = Self.transaction()
        #expect(transaction.handle(.timer(.a)) == [.sendInvite, .arm(.a, after: .seconds(1))])
        #expect(transaction.handle(.timer(.a)) == [.sendInvite, .arm(.a, after: .seconds(2))])
    }

    @Test func `Timer A grows beyond T2`() {
        var transaction = Self.transaction(.timer(.a), .timer(.a), .timer(.a))
        #expect(transaction.handle(.timer(.a)) == [.sendInvite, .arm(.a, after: .seconds(8))])
    }

    @Test func `Timer B ends a call that nobody answers`() {
        var transaction = Self.transaction()
        #expect(transaction.handle(.timer(.b)) == [.cancel(.a), .reportTimeout, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `A transport error ends a call`() {
        var transaction = Self.transaction()
        #expect(
            transaction.handle(.transportError) == [
                .cancel(.a), .cancel(.b), .reportTransportFailure, .terminate,
            ])
        #expect(transaction.state == .terminated)
    }

    @Test func `A provisional response stops retransmission and the wait`() {
        var transaction = Self.transaction()
        #expect(transaction.handle(.response(.provisional)) == [.cancel(.a), .cancel(.b), .passResponse])
        #expect(transaction.state == .proceeding)
    }

    @Test func `A 2xx response to a call is accepted without ACK`() {
        var transaction = Self.transaction()
        #expect(
            transaction.handle(.response(.success)) == [
                .cancel(.a), .cancel(.b), .passResponse, .arm(.m, after: .seconds(32)),
            ])
        #expect(transaction.state == .accepted)
    }

    @Test func `A failure of a call is acknowledged before the user hears of it`() {
        var transaction = Self.transaction()
        #expect(
            transaction.handle(.response(.failure)) == [
                .cancel(.a), .cancel(.b), .sendACK, .passResponse, .arm(.d, after: .seconds(32)),
            ])
        #expect(transaction.state == .completed)
    }

    @Test func `Over TCP a failure ends the transaction at once, because timer D is zero`() {
        var transaction = Self.transaction(over: .reliable)
        #expect(
            transaction.handle(.response(.failure)) == [.cancel(.b), .sendACK, .passResponse, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `Every further provisional response is passed on`() {
        var transaction = Self.transaction(.response(.provisional))
        #expect(transaction.handle(.response(.provisional)) == [.passResponse])
        #expect(transaction.state == .proceeding)
    }

    @Test func `A 2xx response after a provisional one is accepted`() {
        var transaction = Self.transaction(.response(.provisional))
        #expect(transaction.handle(.response(.success)) == [.passResponse, .arm(.m, after: .seconds(32))])
        #expect(transaction.state == .accepted)
    }

    @Test func `A failure after a provisional response is acknowledged`() {
        var transaction = Self.transaction(.response(.provisional))
        #expect(
            transaction.handle(.response(.failure)) == [.sendACK, .passResponse, .arm(.d, after: .seconds(32))])
        #expect(transaction.state == .completed)
    }

    @Test func `A failure that comes again is acknowledged again and kept from the user`() {
        var transaction = Self.transaction(.response(.failure))
        #expect(transaction.handle(.response(.failure)) == [.sendACK])
        #expect(transaction.state == .completed)
    }

    @Test func `An ACK that cannot be sent ends the transaction`() {
        var transaction = Self.transaction(.response(.failure))
        #expect(transaction.handle(.transportError) == [.cancel(.d), .reportTransportFailure, .terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `Timer D ends the completed transaction`() {
        var transaction = Self.transaction(.response(.failure))
        #expect(transaction.handle(.timer(.d)) == [.terminate])
        #expect(transaction.state == .terminated)
    }

    @Test func `Every 2xx response reaches the user, retransmitted or forked`() {
        var transaction = Self.transaction(.response(.success))
        #expect(transaction.handle(.response(.success)) == [.passResponse])
        #expect(transaction.state == .accepted)
    }

    @Test(arguments: Reliability.allCases)
    func `Timer M ends the accepted transaction over any transport`(reliability: Reliability) {
        var transaction = Self.transaction(.response(.success), over: reliability)
        #expect(transaction.handle(.timer(.m)) == [.terminate])
        #expect(transaction.state == .terminated)
    }

    static let silentPairs: [(Transaction, Transaction.Event)] = [
        (transaction(), .timer(.d)),
        (transaction(), .timer(.m)),
        (transaction(.response(.provisional)), .timer(.a)),
        (transaction(.response(.provisional)), .timer(.b)),
        (transaction(.response(.provisional)), .timer(.d)),
        (transaction(.response(.provisional)), .timer(.m)),
        (transaction(.response(.provisional)), .transportError),
        (transaction(.response(.failure)), .response(.provisional)),
        (transaction(.response(.failure)), .response(.success)),
        (transaction(.response(.failure)), .timer(.a)),
        (transaction(.response(.failure)), .timer(.b)),
        (transaction(.response(.failure)), .timer(.m)),
        (transaction(.response(.success)), .response(.provisional)),
        (transaction(.response(.success)), .response(.failure)),
        (transaction(.response(.success)), .timer(.a)),
        (transaction(.response(.success)), .timer(.b)),
        (transaction(.response(.success)), .timer(.d)),
        (transaction(.response(.success)), .transportError),
        (transaction(.timer(.b)), .response(.provisional)),
        (transaction(.timer(.b)), .response(.success)),
        (transaction(.timer(.b)), .response(.failure)),
        (transaction(.timer(.b)), .timer(.a)),
        (transaction(.timer(.b)), .timer(.b)),
        (transaction(.timer(.b)), .timer(.d)),
        (transaction(.timer(.b)), .timer(.m)),
        (transaction(.timer(.b)), .transportError),
    ]

    @Test(arguments: silentPairs)
    func `Nothing happens where the figure has no arrow`(before: Transaction, event: Transaction.Event) {
        var transaction = before
        #expect(transaction.handle(event) == [])
        #expect(transaction == before)
    }
}
