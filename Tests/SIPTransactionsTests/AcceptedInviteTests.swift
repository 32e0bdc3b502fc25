import SIPTransactions
import Testing

@Suite("2xx response to an INVITE: RFC 3261 §13.3.1.4")
struct AcceptedInviteTests {
    static func accepted(_ events: AcceptedInvite.Event...) -> AcceptedInvite {
        var (accepted, _) = AcceptedInvite.begin(timing: TransactionTiming())
        for event in events { _ = accepted.handle(event) }
        return accepted
    }

    @Test func `The response is sent and both timers start`() {
        let (_, effects) = AcceptedInvite.begin(timing: TransactionTiming())
        #expect(
            effects == [
                .sendResponse, .arm(.retransmit, after: .milliseconds(500)), .arm(.giveUp, after: .seconds(32)),
            ])
    }

    @Test func `The response is sent again at intervals that double until they reach T2`() {
        var accepted = Self.accepted()
        for seconds in [1, 2, 4, 4] {
            #expect(
                accepted.handle(.timer(.retransmit)) == [.sendResponse, .arm(.retransmit, after: .seconds(seconds))])
        }
    }

    @Test func `The ACK stops the response`() {
        var accepted = Self.accepted()
        #expect(accepted.handle(.ack) == [.cancel(.retransmit), .cancel(.giveUp)])
        #expect(accepted.state == .acknowledged)
    }

    @Test func `Without an ACK the session is given up after 64 times T1`() {
        var accepted = Self.accepted()
        #expect(accepted.handle(.timer(.giveUp)) == [.cancel(.retransmit), .reportUnacknowledged])
        #expect(accepted.state == .abandoned)
    }

    @Test(
        arguments: [accepted(.ack), accepted(.timer(.giveUp))],
        [AcceptedInvite.Event.ack, .timer(.retransmit), .timer(.giveUp)])
    func `Nothing happens after the end`(before: AcceptedInvite, event: AcceptedInvite.Event) {
        var accepted = before
        #expect(accepted.handle(event) == [])
        #expect(accepted == before)
    }
}
