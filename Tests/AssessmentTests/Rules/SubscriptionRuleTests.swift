import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// Rules about subscriptions and notifications.
struct SubscriptionRuleTests {
    /// What is judged of the answer to a NOTIFY to B that comes after an event of its subscription.
    private static func judged(
        status: Int = 481, after event: (inout TraceBuilder, inout TraceBuilder.Conference) -> Void = { _, _ in }
    ) -> [Finding] {
        var trace = TraceBuilder()
        for party in [PartyName.a, .b, .c] { trace.logIn(party) }
        var conference = trace.convene(by: .a, inviting: [.b, .c])
        event(&trace, &conference)
        let before = trace.lines.count
        trace.notify(.b, of: &conference)
        let label = trace.lines[before + 1].label
        trace.change(label) { $0.startLine = "SIP/2.0 \(status) Whatever" }
        return trace.judged(byRule: "rfc6665.notify-answer")
    }

    private static func refresh(_ trace: inout TraceBuilder, _ conference: TraceBuilder.Conference, status: Int) {
        guard let subscription = conference.subscriptions[.b] else { return }
        var text = trace.inDialog("SUBSCRIBE", of: subscription, by: .b, target: conference.uri)
        text.add("Event", "conference")
        text.add("Expires", "0")
        trace.answer(trace.send(text, from: .b, to: .server), status)
    }

    @Test func `The refusal of a NOTIFY of an existing subscription fails the subscriber`() {
        #expect(Self.judged(status: 200).map(\.verdict) == [.pass])
        #expect(Self.judged().filter { $0.verdict == .fail }.map(\.party) == [.b])
    }

    @Test func `After the subscription is over a NOTIFY may be refused`() {
        let told = Self.judged { $0.notify(.b, of: &$1, subscriptionState: "terminated;reason=noresource") }
        #expect(told.map(\.verdict) == [.pass])
    }

    @Test(arguments: [404, 481, 489, 604])
    func `After the refusal of a refresh there is no subscription, and a NOTIFY may be refused`(status: Int) {
        #expect(Self.judged { Self.refresh(&$0, $1, status: status) }.map(\.verdict) == [.pass])
    }

    @Test(arguments: [200, 500, 503])
    func `A refresh that ends nothing excuses nothing`(status: Int) {
        let findings = Self.judged { Self.refresh(&$0, $1, status: status) }
        #expect(findings.filter { $0.verdict == .fail }.map(\.party) == [.b])
    }

    @Test func `What nobody subscribed to is not notified`() {
        func judged(_ alter: (inout TraceBuilder) -> Void) -> [Finding] {
            var trace = TraceBuilder()
            for party in [PartyName.a, .b] { trace.logIn(party) }
            trace.lines[0].step = "preamble"
            _ = trace.convene(by: .a, inviting: [.b])
            alter(&trace)
            return trace.judged(byRule: "rfc6665.asked")
        }
        #expect(judged { _ in }.map(\.verdict) == [.pass])
        let stray = judged { $0.change("NOTIFY server→B") { $0["Call-ID"] = "nobody-knows" } }
        #expect(stray.map(\.verdict) == [.fail] && stray[0].party == .server)
        // Packages that may come unasked, such as waiting messages, disturb nobody.
        let legal = judged { trace in
            trace.change("NOTIFY server→B") { text in
                text["Call-ID"] = "nobody-knows"
                text["Event"] = "message-summary"
            }
        }
        #expect(legal.map(\.verdict) == [.pass])
    }

    @Test func `The end of a conference is the end of its subscriptions, for want of the resource`() {
        func judged(_ state: String?, silence: Duration = .seconds(11)) -> [Finding] {
            var trace = TraceBuilder()
            for party in [PartyName.a, .b] { trace.logIn(party) }
            var conference = trace.convene(by: .a, inviting: [.b])
            trace.end(.b, of: &conference, by: .server)
            if let state { trace.notify(.b, of: &conference, subscriptionState: state) }
            trace.silence = silence
            return trace.judged(byRule: "oma.noresource")
        }
        #expect(judged("terminated;reason=noresource").map(\.verdict) == [.pass])
        #expect(judged("terminated;reason=timeout").map(\.verdict) == [.fail])
        #expect(judged(nil).map(\.verdict) == [.fail])
        #expect(judged(nil, silence: .zero).map(\.verdict) == [.inconclusive])
    }
}
