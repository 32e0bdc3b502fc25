import Conformance
import Testing

/// What is wrong with the sense of a file whose form is right.
@Suite struct SenseTests {
    @Test(arguments: [
        (
            "id: IM-2.0-int-901", "id: IM-2.0-int-902",
            "1:5: error: The id is IM-2.0-int-902, but the file is named IM-2.0-int-901.yaml [file-name]"
        ),
        ("clients: [A, B]", "clients: [A, B, B]", "11:19: error: Client B is there twice [duplicate]"),
        (
            "received: { client: B", "received: { client: C",
            "36:25: error: Client C does not belong to the equipment: A, B [unknown-party]"
        ),
        (
            "text: Hello, session: chat }", "text: Hello, session: chats }",
            "21:57: error: No earlier step invites to a session “chats”; did you mean “chat”? [unknown-session]"
        ),
        (
            "text: Hello, session: chat }", "text: Hello, session: talk }",
            "21:57: error: No earlier step invites to a session “talk” [unknown-session]"
        ),
        (
            "step: 1, client: B, accept", "step: 1, client: A, accept",
            "20:46: error: The invitation to “chat” goes to B, not to A [wrong-party]"
        ),
        (
            "invite: { client: B, session: chat } }\n",
            "invite: { client: B, session: chat } }\n  - { step: 1, client: B, invite: { client: A, session: chat } }\n",
            "20:57: error: An earlier invitation has the session name “chat” already [duplicate]"
        ),
        (
            "log-in: {}", "invite: { client: A, session: self }",
            "17:36: error: Client A cannot invite itself [wrong-party]"
        ),
        (
            "id: 901.1\n", "id: 901.2\n",
            "31:9: error: Criterion 901.2 is there twice; the first is on line 25 [duplicate]"
        ),
        (
            "id: 901.1\n", "id: 101.1\n",
            "25:9: error: Criterion 101.1 belongs to another case; here ids begin with 901. [criterion-id]"
        ),
        (
            "is invited\n    requirements: [TS-1-sample]", "is invited\n    requirements: [TS-1-simple]",
            "29:20: error: The catalogue has no requirement TS-1-simple; did you mean “TS-1-sample”? [unknown-requirement]"
        ),
        (
            "by: A, times: 1", "by: A, times: 5-2",
            "30:41: error: “5-2” holds no number; the smaller one comes first [bad-value]"
        ),
        (
            "by: A, times: 1", "by: A, times: 0",
            "26:11: error: A criterion that says what is not seen is of kind N, or C where it is the specification's [criterion-kind]"
        ),
        (
            "kind: P\n    step: 1", "kind: N\n    step: 1",
            "26:11: error: A criterion of kind N says what is not seen: times: 0, or an order [criterion-kind]"
        ),
        (
            "invited: { client: B, by: A, times: 1 }", "message: { at: B, received: 4xx-2xx to INVITE, times: 1 }",
            "30:33: error: “4xx-2xx” holds no status; the lower one comes first [bad-value]"
        ),
        (
            "    step: 1\n    title: B is invited\n",
            "    title: B is invited\n",
            "19:5: error: Step 1 has no criterion of kind P or N; say why under “no-criterion” [step-without-criterion]"
        ),
    ])
    func `A name that means nothing is an error`(passage: String, replacement: String, message: String) {
        #expect(
            Samples.messages(about: Samples.scenario(passage, becomes: replacement)).filter { $0.contains(" error: ") }
                == [message])
    }

    @Test(arguments: [("1", "3", "expected 1 or 2"), ("2", "2", "expected 1")])
    func `Steps begin with 1 and ascend without a gap`(first: String, second: String, expected: String) {
        let text = Samples.scenario
            .replacing("- { step: 1,", with: "- { step: \(first),")
            .replacing("- { step: 2,", with: "- { step: \(second),")
        #expect(Samples.messages(about: text).contains { $0.contains("cannot come here; \(expected) [step-order]") })
    }

    @Test func `A criterion belongs to a step that is there`() {
        let text = Samples.scenario("    step: 2\n", becomes: "    step: 3\n")
        #expect(
            Samples.messages(about: text) == [
                "21:5: error: Step 2 has no criterion of kind P or N; say why under “no-criterion” [step-without-criterion]",
                "33:11: error: Criterion 901.2 belongs to step 3, which the procedure does not have [unknown-step]",
            ])
    }

    @Test func `A step without a criterion says why, and a step with one does not`() {
        let both = Samples.scenario("Hello, session: chat } }", becomes: "Hello, session: chat }, no-criterion: Why }")
        #expect(
            Samples.messages(about: both) == [
                "21:5: error: Step 2 says that it has no criterion, but 901.2 belongs to it [step-without-criterion]"
            ])
        let excused = both.replacing("    kind: P\n    step: 2\n", with: "    kind: C\n    step: 2\n")
        #expect(Samples.messages(about: excused) == [])
        #expect(Samples.testCase(excused)?.procedure.map(\.uncheckedBecause) == [nil, nil, "Why"])
    }

    @Test func `A part of a message that nothing dissects is an error`() {
        let text = Samples.scenario(
            "invited: { client: B, by: A, times: 1 }",
            becomes: "message: { at: A, sent: INVITE, times: 1, must: [{ field: sdp.media.prot, is: present }] }")
        #expect(
            Samples.messages(about: text) == [
                "30:63: error: Messages have no part “sdp.media.prot”; did you mean “sdp.media.port”? [bad-value]"
            ])
    }

    @Test func `Of a message that is never seen no rules are asked`() {
        let text = Samples.scenario(
            "    kind: P\n    step: 1\n    title: B is invited",
            becomes: "    kind: N\n    step: 1\n    title: B is not invited"
        ).replacing(
            "invited: { client: B, by: A, times: 1 }",
            with: "message: { at: A, sent: INVITE, times: 0, must: [{ field: Via, is: present }] }")
        #expect(
            Samples.messages(about: text) == [
                "30:54: error: Of a message that is never seen no rules can be asked [criterion-kind]"
            ])
    }

    @Test func `Who takes no part in a session does nothing in it`() {
        let text = Samples.scenario("clients: [A, B]", becomes: "clients: [A, B, C]")
            .replacing("- { client: A, leave:", with: "- { client: C, leave:")
        #expect(
            Samples.messages(about: text) == [
                "23:36: error: Client C takes no part in “chat”; A and B do [wrong-party]"
            ])
    }

    @Test(arguments: [
        (
            "clients: [A, B]", "clients: [A, B, C]",
            "11:19: warning: Client C does nothing in the case, and nothing is asked of it [unused-client]"
        ),
        (
            "text: Hello, session", "text: Hullo, session",
            "31:5: warning: No step sends the text “Hello”; did you mean “Hullo”? [unsent-text]"
        ),
        (
            "is invited\n    requirements: [TS-1-sample]", "is invited\n    requirements: []",
            "25:5: warning: Criterion 901.1 names no requirement, so that no clause leads to it [criterion-without-requirement]"
        ),
        (
            "invited: { client: B, by: A, times: 1 }",
            "message: { at: A, sent: INVITE, times: 1, should: [{ field: Acept-Contact, is: present }] }",
            "30:56: warning: Parley knows no field “Acept-Contact”; did you mean “Accept-Contact”? [unknown-field]"
        ),
    ])
    func `What a reader would stumble over is a warning`(passage: String, replacement: String, message: String) {
        #expect(Samples.messages(about: Samples.scenario(passage, becomes: replacement)) == [message])
    }

    @Test func `A criterion of kind P without a step is frowned on`() {
        let text = Samples.scenario(
            "criteria:\n",
            becomes: """
                criteria:
                  - id: 901.9
                    kind: P
                    title: B is invited
                    requirements: [TS-1-sample]
                    invited: { client: B, by: A, times: 1 }

                """)
        #expect(
            Samples.messages(about: text) == [
                "25:5: warning: Criterion 901.9 is of kind P but belongs to no step [criterion-without-step]"
            ])
    }
}
