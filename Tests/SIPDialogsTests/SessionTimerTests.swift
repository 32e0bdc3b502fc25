import SIPDialogs
import SIPSyntax
import Testing

@Suite("Session timer: RFC 4028")
struct SessionTimerTests {
    static func request(_ sessionExpires: String?, minSE: String? = nil, supported: String? = "timer") -> SIPMessage {
        var request = Sample.invite
        if let supported { request.add(.supported, supported) }
        if let sessionExpires { request.add(.sessionExpires, sessionExpires) }
        if let minSE { request.add(.minSE, minSE) }
        return request
    }

    static func response(_ sessionExpires: String?) -> SIPMessage {
        var response = Sample.response(200)
        if let sessionExpires { response.add(.sessionExpires, sessionExpires) }
        return response
    }

    @Test func `An offer names the interval and who shall refresh`() {
        let fields = SessionTimerPolicy().offer(refresher: .client)
        #expect(fields == [SIPField(.sessionExpires, "1800;refresher=uac")])
    }

    @Test func `An offer names the shortest interval when it is not the usual one`() {
        let fields = SessionTimerPolicy(seconds: 600, minimum: 120).offer(refresher: nil)
        #expect(fields == [SIPField(.sessionExpires, "600"), SIPField(.minSE, "120")])
    }

    @Test func `After 422 the offer rises to the interval required`() {
        var response = Sample.response(422)
        response.add(.minSE, "3600")
        #expect(
            SessionTimerPolicy().raised(by: response) == SessionTimerPolicy(seconds: 3600, minimum: 3600))
    }

    @Test func `422 without a higher interval is not worth another try`() {
        #expect(SessionTimerPolicy().raised(by: Sample.response(422)) == nil)
    }

    @Test(arguments: [SessionInterval.Refresher.client, .server])
    func `The client's choice of refresher stands`(refresher: SessionInterval.Refresher) {
        let request = Self.request("1800;refresher=\(refresher.rawValue)")
        #expect(
            SessionTimerPolicy().answer(to: request, preferring: refresher == .client ? .server : .client)
                == .agreed(SessionInterval(1800, refresher: refresher), .timer))
    }

    @Test(arguments: [SessionInterval.Refresher.client, .server])
    func `Where the client leaves the choice, the server has it`(refresher: SessionInterval.Refresher) {
        #expect(
            SessionTimerPolicy().answer(to: Self.request("1800"), preferring: refresher)
                == .agreed(SessionInterval(1800, refresher: refresher), .timer))
    }

    @Test func `A client without support never refreshes`() {
        #expect(
            SessionTimerPolicy().answer(to: Self.request(nil, supported: nil), preferring: .client)
                == .agreed(SessionInterval(1800, refresher: .server), .nothing))
    }

    @Test func `The server may shorten the interval, but not below what the client takes`() {
        let policy = SessionTimerPolicy(seconds: 600)
        #expect(
            policy.answer(to: Self.request("1800"), preferring: .client)
                == .agreed(SessionInterval(600, refresher: .client), .timer))
        #expect(
            policy.answer(to: Self.request("1800", minSE: "900"), preferring: .client)
                == .agreed(SessionInterval(900, refresher: .client), .timer))
    }

    @Test func `The server never lengthens the interval`() {
        #expect(
            SessionTimerPolicy(seconds: 3600).answer(to: Self.request("1800"), preferring: .client)
                == .agreed(SessionInterval(1800, refresher: .client), .timer))
    }

    @Test func `An interval below the minimum is refused with the minimum`() {
        #expect(
            SessionTimerPolicy().answer(to: Self.request("60"), preferring: .client) == .tooShort(minimum: 90))
    }

    @Test(arguments: zip(["1800;refresher=uac", "1800;refresher=uas"], [SessionTimer.Role.refreshes, .watches]))
    func `At the client uac means the own end`(text: String, role: SessionTimer.Role) {
        #expect(
            SessionTimer(client: Self.response(text)) == SessionTimer(interval: .seconds(1800), role: role))
    }

    @Test func `A response without the field starts no timer`() {
        #expect(SessionTimer(client: Self.response(nil)) == nil)
    }

    @Test(arguments: ["", "soon", "-90", "90 s", "90;refresher", "90;refresher=proxy"])
    func `A field that breaks the grammar is as good as none`(text: String) {
        #expect(SessionTimer(client: Self.response(text)) == nil)
        #expect(
            SessionTimerPolicy().answer(to: Self.request(text), preferring: .client)
                == .agreed(SessionInterval(1800, refresher: .client), .timer))
    }

    @Test func `Letter case, blanks and unknown parameters make no difference`() {
        let response = Self.response("4000 ; lr ; Refresher = UAS;x=y")
        #expect(SessionTimer(client: response) == SessionTimer(interval: .seconds(4000), role: .watches))
    }

    @Test(arguments: [SessionInterval.Refresher.client, .server])
    func `Exactly one end refreshes`(refresher: SessionInterval.Refresher) {
        let agreed = SessionInterval(1800, refresher: refresher)
        let ends = [SessionTimer(client: Self.response(agreed.description)), SessionTimer(server: agreed)]
        #expect(ends.compactMap { $0?.refreshAfter } == [.seconds(900)])
    }

    @Test(arguments: zip([1800, 90, 60], [1768, 60, 40]))
    func `The session ends a third of the interval early, at most 32 s`(seconds: Int, expected: Int) {
        #expect(SessionTimer(interval: .seconds(seconds), role: .watches).expireAfter == .seconds(expected))
    }
}
