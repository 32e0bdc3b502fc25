import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `message`: so many messages match, and say in their fields what they must and should.
struct FieldRulesTests {
    static func rule(_ field: String, _ matcher: FieldRule.Matcher) -> FieldRule {
        FieldRule(field: field, matcher: matcher, position: SourcePosition(file: "test", line: 1, column: 1))
    }

    static func selector(
        _ party: PartyName, _ direction: MessageSelector.Direction, _ start: MessageSelector.Start,
        carrying text: String? = nil
    ) -> MessageSelector {
        MessageSelector(at: party, direction: direction, start: start, carrying: text)
    }

    static let invite = selector(.a, .sent, .request("INVITE"))

    static func judged(
        _ selector: MessageSelector, times: String? = nil, must: [FieldRule] = [], step: String? = "1",
        in trace: TraceBuilder = .case101(), silence: Duration = .zero,
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        trace.silence = silence
        return trace.judged(
            .message(selector, times: times.flatMap { Count($0) }, must: must, should: []), kind: .conformance,
            step: step)
    }

    @Test(arguments: [
        ("Accept-Contact", FieldRule.Matcher.present, true), ("X-Nothing", .present, false),
        ("X-Nothing", .absent, true), ("Supported", .absent, false), ("Supported", .equals("TIMER "), true),
        ("Allow", .equals("BYE"), true), ("Allow", .equals("INVITE, ACK"), false),
        ("Session-Expires", .contains("Refresher=UAC"), true), ("Session-Expires", .contains("uas"), false),
        ("sdp.media.port", .oneOf(["1", "2855"]), true), ("sdp.media.port", .oneOf(["1"]), false),
        ("Contact", .contains("+g.oma.sip-im"), true), ("Contact", .contains("+g.oma.sip"), false),
        ("release", .contains("IM-client/OMA"), true), ("Request-URI", .equals("sip:bob@parley.example"), true),
    ])
    func `Fields match as the words of the criterion say`(field: String, matcher: FieldRule.Matcher, holds: Bool) {
        let finding = Self.judged(Self.invite, must: [Self.rule(field, matcher)])
        #expect(finding.verdict == (holds ? .pass : .fail))
        #expect(finding.party == (holds ? nil : .a))
    }

    @Test func `Another feature tag that begins like the wanted one is not it`() {
        let finding = Self.judged(Self.invite, must: [Self.rule("Accept-Contact", .contains("+g.oma.sip-im"))]) {
            trace in
            trace.change("INVITE A→server") { $0["Accept-Contact"] = "*;+g.oma.sip-im.large-message" }
        }
        #expect(finding.verdict == .fail)
    }

    @Test func `All that is broken in a message is told in one finding`() {
        let rules = [
            Self.rule("Accept-Contact", .contains("+g.oma.sip-im")), Self.rule("Session-Expires", .contains("uas")),
            Self.rule("Supported", .present),
        ]
        let finding = Self.judged(Self.invite, must: rules) { trace in
            trace.change("INVITE A→server") { $0["Accept-Contact"] = nil }
        }
        #expect(finding.verdict == .fail)
        #expect(
            finding.expected == "Accept-Contact must contain “+g.oma.sip-im”, Session-Expires must contain “uas” "
                + "in an INVITE request sent by A")
        #expect(finding.observed == "no Accept-Contact; Session-Expires: 1800;refresher=uac (message #9)")
        #expect(finding.numbers == [9])
    }

    @Test func `What a proxy passes on as it is, is the fault of the client`() {
        let must = [Self.rule("Accept-Contact", .present)]
        let atB = Self.selector(.b, .received, .request("INVITE"))
        let relayed = Self.judged(atB, must: must, in: .case101(.recordRoute)) { trace in
            for label in ["INVITE A→server", "INVITE server→B"] { trace.change(label) { $0["Accept-Contact"] = nil } }
        }
        #expect(relayed.verdict == .fail && relayed.party == .a)
        let dropped = Self.judged(atB, must: must, in: .case101(.recordRoute)) { trace in
            trace.change("INVITE server→B") { $0["Accept-Contact"] = nil }
        }
        #expect(dropped.verdict == .fail && dropped.party == .server)
    }

    @Test func `A wrong field is a failure, also where the trace ends too early for the number`() {
        let finding = Self.judged(Self.invite, times: "1", must: [Self.rule("Accept-Contact", .present)]) { trace in
            trace.change("INVITE A→server") { $0["Accept-Contact"] = nil }
            trace.cut(after: "INVITE A→server")
        }
        #expect(finding.verdict == .fail && finding.party == .a)
    }

    @Test func `Advice that is not taken is a warning beside the finding`() {
        let condition = Condition.message(Self.invite, times: nil, must: [], should: [Self.rule("X-Nothing", .present)])
        let testCase = Courtroom.testCase(of: condition, kind: .conformance, step: "1")
        let assessed = Assessor(testCase).assess(TraceBuilder.case101().trace())
        let advice = assessed.findings.first { $0.check == "check.should" }
        #expect(advice?.verdict == .fail && advice?.kind == .warning)
        #expect(assessed.conformance == .pass)
    }

    @Test func `Without a message nothing is said of its fields`() {
        let finding = Self.judged(Self.selector(.b, .sent, .request("INVITE")), must: [Self.rule("To", .present)])
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "there is no INVITE request sent by B")
    }

    @Test func `Any number above zero needs no fence`() {
        let finding = Self.judged(Self.invite, times: ">0") { $0.cut(after: "INVITE A→server") }
        #expect(finding.verdict == .pass)
        #expect(finding.expected == "at least 1 INVITE request sent by A")
    }

    @Test func `A challenged attempt and its repetition count as one, and both must be right`() {
        func challenge(_ trace: inout TraceBuilder) {
            let first = trace.message("INVITE A→server")
            trace.insert(after: "200 PUBLISH server→B") { trace in
                var challenged = first
                challenged["Via"] = trace.via(.a, trace.fresh())
                challenged["CSeq"] = "0 INVITE"
                challenged["Accept-Contact"] = nil
                let sent = trace.send(challenged, from: .a, to: .server)
                trace.answer(sent, 407, "Proxy Authentication Required", [("Proxy-Authenticate", "Digest realm=\"x\"")])
            }
        }
        #expect(Self.judged(Self.invite, times: "1") { challenge(&$0) }.verdict == .pass)
        let finding = Self.judged(Self.invite, times: "1", must: [Self.rule("Accept-Contact", .present)]) {
            challenge(&$0)
        }
        #expect(finding.verdict == .fail)
    }
}

/// `message` with a number: too many, too few, and none where there must be none.
struct OccurrenceTests {
    typealias Fields = FieldRulesTests

    static let pageAtB = Fields.selector(.b, .received, .request("MESSAGE"))

    @Test func `None where none must be passes behind a fence and is inconclusive without`() {
        #expect(Fields.judged(Self.pageAtB, times: "0").verdict == .pass)
        #expect(Fields.judged(Self.pageAtB, times: "0").expected == "no MESSAGE request received by B")
        #expect(Fields.judged(Self.pageAtB, times: "0") { $0.cut(after: "SEND A→server") }.verdict == .inconclusive)
        #expect(
            Fields.judged(Self.pageAtB, times: "0", silence: .seconds(40)) { $0.keepsOrder = false }.verdict == .pass)
    }

    @Test func `One where none must be fails whoever it came from first`() {
        let carrying = Fields.selector(.b, .received, .request("MESSAGE"), carrying: "Hello 1")
        let byA = Fields.judged(carrying, times: "0", in: .case201())
        #expect(byA.verdict == .fail && byA.party == .a)
        let byServer = Fields.judged(carrying, times: "0", in: .case201()) { trace in
            trace.change("MESSAGE A→server") { $0.body = "Something else" }
        }
        #expect(byServer.verdict == .fail && byServer.party == .server)
    }

    @Test func `A duty of a client is owed once it is registered`() {
        let publish = Fields.selector(.a, .sent, .request("PUBLISH"))
        func without(_ trace: inout TraceBuilder) { trace.omit("PUBLISH A→server", "200 PUBLISH server→A") }
        let gone = Fields.judged(publish, times: ">0", step: nil) { without(&$0) }
        #expect(gone.verdict == .fail && gone.party == .a)
        #expect(gone.observed == "none, although A was registered (message #2)")
        let early = Fields.judged(publish, times: ">0", step: nil) { trace in
            without(&trace)
            trace.omit("REGISTER A→server 2", "200 REGISTER server→A 2")
        }
        #expect(early.verdict == .inconclusive)
        let unregistered = Fields.judged(publish, times: ">0", step: nil) { trace in
            without(&trace)
            trace.omit("200 REGISTER server→A")
        }
        #expect(unregistered.verdict == .inconclusive)
    }

    @Test func `What a step asks for and nobody did shows nothing`() {
        let finding = Fields.judged(Fields.invite, times: "1", in: .case201(), silence: .seconds(60))
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "none, so nothing is shown")
    }

    @Test func `A request that did not come has the fate of the one that was sent`() {
        let refused = Fields.judged(Self.pageAtB, times: "1", in: .case201()) { trace in
            trace.omit("MESSAGE server→B", "200 MESSAGE B→server")
            trace.change("200 MESSAGE server→A") { $0.startLine = "SIP/2.0 403 Forbidden" }
        }
        #expect(refused.verdict == .fail && refused.party == .server)
        #expect(refused.observed == "none after message #9; it was answered 403 Forbidden (MESSAGE)")
        let unsent = Fields.judged(Self.pageAtB, times: "1")
        #expect(unsent.verdict == .inconclusive)
        #expect(unsent.observed == "none, and nobody sent a MESSAGE")
    }

    static let acceptance = Fields.selector(.a, .received, .response(200...200, to: "MESSAGE"))

    @Test func `Another answer than the wanted one fails who gave it`() {
        let finding = Fields.judged(Self.acceptance, times: "1", in: .case201()) { trace in
            trace.change("200 MESSAGE server→A") { $0.startLine = "SIP/2.0 202 Accepted" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "message #9 was answered 202 Accepted (MESSAGE)")
    }

    @Test func `An answer to nothing shows nothing`() {
        let finding = Fields.judged(Self.acceptance, times: "1")
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "none, for A sent no MESSAGE")
    }

    @Test func `An answer that did not come in time fails who owes it`() {
        func silent(_ trace: inout TraceBuilder) { trace.omit("200 MESSAGE server→A") }
        let early = Fields.judged(Self.acceptance, times: "1", in: .case201()) { silent(&$0) }
        #expect(early.verdict == .inconclusive)
        let late = Fields.judged(Self.acceptance, times: "1", in: .case201(), silence: .seconds(40)) { silent(&$0) }
        #expect(late.verdict == .fail && late.party == .server)
    }

    @Test func `An INVITE may ring for as long as its user likes`() {
        let acceptance = Fields.selector(.a, .received, .response(200...299, to: "INVITE"))
        let finding = Fields.judged(acceptance, times: ">0", silence: .seconds(600)) { trace in
            trace.cut(after: "180 INVITE server→A")
        }
        #expect(finding.verdict == .inconclusive)
    }
}
