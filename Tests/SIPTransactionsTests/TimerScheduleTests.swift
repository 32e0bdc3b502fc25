import SIPSyntax
import SIPTransactions
import Testing

/// When messages leave an element whose peer has fallen silent, in milliseconds.
@Suite("Timer schedules: RFC 3261 §17 in virtual time")
struct TimerScheduleTests {
    @Test func `A request other than INVITE is sent 11 times over 31.5 s when nobody answers`() {
        var element = Element()
        let key = element.send(.sample(.message))
        element.run()
        #expect(
            element.times == [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500])
        #expect(element.told == [.timeout(key), .terminated(key)])
        #expect(element.clock.now == .seconds(32))
    }

    @Test func `An INVITE is sent 7 times over 31.5 s when nobody answers`() {
        var element = Element()
        let key = element.send(.sample(.invite))
        element.run()
        #expect(element.times == [0, 500, 1500, 3500, 7500, 15500, 31500])
        #expect(element.told == [.timeout(key), .terminated(key)])
        #expect(element.clock.now == .seconds(32))
    }

    @Test(arguments: [SIPMethod.invite, .message])
    func `Over TCP a request is sent once and waited for just as long`(method: SIPMethod) {
        var element = Element()
        let key = element.send(.sample(method), over: .tcp)
        element.run()
        #expect(element.times == [0])
        #expect(element.told == [.timeout(key), .terminated(key)])
        #expect(element.clock.now == .seconds(32))
    }

    @Test func `After a provisional response a request is sent every 4 s`() {
        var element = Element()
        let request = SIPMessage.sample(.message)
        _ = element.send(request)
        element.receive(request.response(100))
        element.run()
        #expect(element.times == [0, 500, 4500, 8500, 12500, 16500, 20500, 24500, 28500])
        #expect(element.clock.now == .seconds(32))
    }

    @Test func `An INVITE that has a provisional response is never sent again and never times out`() {
        var element = Element()
        let request = SIPMessage.sample(.invite)
        _ = element.send(request)
        element.receive(request.response(180))
        element.run()
        #expect(element.times == [0])
        #expect(element.layer.count == 1)
    }

    @Test func `A failure of an INVITE is sent 11 times over 31.5 s when nobody acknowledges`() throws {
        var element = Element()
        let request = SIPMessage.sample(.invite)
        let key = try element.take(request)
        element.respond(key, with: request.response(486))
        element.run()
        #expect(
            element.times == [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500])
        #expect(element.told.suffix(2) == [.timeout(key), .terminated(key)])
        #expect(element.clock.now == .seconds(32))
    }

    @Test func `100 is sent for a user who is silent for 200 ms`() {
        var element = Element()
        element.receive(.sample(.invite))
        element.run()
        #expect(element.times == [200])
        #expect(element.sent.map(\.message.status) == [100])
    }

    @Test func `A 2xx response to an INVITE is sent 11 times over 31.5 s when nobody acknowledges`() {
        var clock = AlarmClock<AcceptedInvite.Timer>()
        var times: [Duration] = []
        var (accepted, effects) = AcceptedInvite.begin(timing: TransactionTiming())
        var isGivenUp = false
        repeat {
            for effect in effects {
                switch effect {
                case .sendResponse: times.append(clock.now)
                case .reportUnacknowledged: isGivenUp = true
                case .arm(let timer, let delay): clock.set(timer, after: delay)
                case .cancel(let timer): clock.cancel(timer)
                }
            }
            effects = clock.next().map { accepted.handle(.timer($0)) } ?? []
        } while !effects.isEmpty
        #expect(
            times == [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500].map { .milliseconds($0) })
        #expect(isGivenUp)
        #expect(clock.now == .seconds(32))
    }

    @Test func `A faster T1 shortens every wait`() {
        var element = Element(timing: TransactionTiming(t1: .milliseconds(10), t2: .milliseconds(80)))
        _ = element.send(.sample(.message))
        element.run()
        #expect(element.times == [0, 10, 30, 70, 150, 230, 310, 390, 470, 550, 630])
        #expect(element.clock.now == .milliseconds(640))
    }
}
