import Assessment
import Conformance
import TestSupport
import Testing

/// What a server does with messages for users who are away, in ways of its own.
struct DeferralTests {
    /// B logs in and out again, A sends what is given, and B comes back.
    private static func away(_ send: (inout TraceBuilder) -> Void) -> TraceBuilder {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        trace.logOut(.b)
        trace.step = "1"
        send(&trace)
        trace.logOut(.a)
        return trace
    }

    /// A sends a request to B, which the server answers with this status.
    private static func refused(
        _ method: String, _ status: Int, _ alter: @escaping (inout SIPText) -> Void = { _ in }
    ) -> TraceBuilder {
        away { trace in
            var text = trace.compose(method, from: .a, to: .b)
            if method == "INVITE" { text.add("Contact", trace.contact(.a)) }
            alter(&text)
            trace.answer(trace.send(text, from: .a, to: .server), status, "Else")
        }
    }

    private static func judged(_ method: String, in trace: TraceBuilder) -> Finding {
        let selector = MessageSelector(at: .a, direction: .received, start: .response(200...299, to: method))
        return trace.judged(.message(selector, times: .once, must: [], should: []))
    }

    @Test(arguments: [404, 480])
    func `A page to a user who has logged out is to be taken`(status: Int) {
        let finding = Self.judged("MESSAGE", in: Self.refused("MESSAGE", status))
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A large message is too, and a session is not`() {
        let large = Self.refused("INVITE", 480) { text in
            text["Accept-Contact"] = "*;+g.oma.sip-im;+g.oma.sip-im.large-message"
        }
        #expect(Self.judged("INVITE", in: large).party == .server)
        #expect(Self.judged("INVITE", in: Self.refused("INVITE", 480)).verdict == .inconclusive)
    }

    @Test func `Who was never there for the service need not be kept anything for`() {
        var trace = Self.refused("MESSAGE", 480)
        trace.change("REGISTER B→server") { $0["Contact"] = "<sip:bob@127.0.0.12:5060>;expires=3600" }
        #expect(Self.judged("MESSAGE", in: trace).verdict == .inconclusive)
    }

    @Test func `When and how the server brings what it has taken is its own doing`() {
        let trace = Self.away { trace in
            trace.pageDeferred("Stored message")
            let contact = "\(trace.contact(.b));expires=3600"
            trace.answer(trace.register(.b, expires: 3600), 200, "OK", [("Contact", contact)])
            var push = trace.compose("MESSAGE", from: .server, to: .b)
            push["From"] = "<\(PartyName.a.uri)>;tag=stored"
            push.add("Content-Type", "text/plain")
            push.body = "Stored message"
            trace.answer(trace.send(push, from: .server, to: .b), 200)
        }
        let selector = MessageSelector(at: .b, direction: .received, start: .request("MESSAGE"))
        let finding = trace.judged(.message(selector, times: .never, must: [], should: []), kind: .negative)
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A large message whose invitation is refused has not come because of that`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        trace.step = "1"
        var text = trace.compose("INVITE", from: .a, to: .b)
        text["Accept-Contact"] = "*;+g.oma.sip-im;+g.oma.sip-im.large-message"
        text.add("Contact", trace.contact(.a))
        trace.answer(trace.send(text, from: .a, to: .server), 501, "Not Implemented")
        let content = Condition.Content.media(MediaContent(name: "picture.png", type: "image/png", size: 2000))
        let finding = trace.judged(
            .received(client: .b, content: content, from: Condition.Author(.a), mode: .large, times: .once))
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "none; it was answered 501 Not Implemented (INVITE)")
    }
}
