import Assessment
import Conformance
import TestSupport
import Testing

/// Rules about the state of conferences.
struct ConferenceRuleTests {
    /// What of the state is told again.
    enum Extent: Sendable {
        case full
        case partial
    }

    /// How the version of a second notification stands to that of the first, which was in full.
    struct Growth: Sendable {
        var extent: Extent
        /// How far the version has grown.
        var steps: Int
        /// Whether somebody has come to the conference in between.
        var isNew: Bool
        var isRight: Bool

        init(_ extent: Extent, by steps: Int, isNew: Bool, isRight: Bool) {
            (self.extent, self.steps, self.isNew, self.isRight) = (extent, steps, isNew, isRight)
        }
    }

    /// By RFC 4575 §4.1 and §5.2.
    @Test(arguments: [
        Growth(.full, by: 1, isNew: true, isRight: true), Growth(.full, by: 1, isNew: false, isRight: true),
        Growth(.full, by: 4, isNew: true, isRight: true), Growth(.full, by: 0, isNew: false, isRight: true),
        Growth(.full, by: 0, isNew: true, isRight: false), Growth(.full, by: -1, isNew: true, isRight: false),
        Growth(.partial, by: 1, isNew: true, isRight: true), Growth(.partial, by: 2, isNew: true, isRight: false),
        Growth(.partial, by: 0, isNew: true, isRight: false), Growth(.partial, by: 0, isNew: false, isRight: false),
    ])
    func `A version grows with a change, and by one where only the change is told`(growth: Growth) {
        var trace = TraceBuilder()
        for party in [PartyName.a, .b, .c] { trace.logIn(party) }
        trace.lines[0].step = "preamble"
        var conference = trace.convene(by: .a, inviting: [.b])
        trace.notify(.a, of: &conference)
        if growth.isNew {
            conference.users.append((.c, TraceBuilder.Conference.User(entity: PartyName.c.uri)))
        }
        conference.versions[.a, default: 0] += growth.steps - 1
        trace.notify(.a, of: &conference, only: growth.extent == .partial ? [growth.isNew ? .c : .b] : nil)
        let findings = trace.judged(byRule: "rfc4575.versions").filter { $0.verdict == .fail }
        #expect(findings.map(\.party) == (growth.isRight ? [] : [.server]))
    }
}
