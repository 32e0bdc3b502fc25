import Testing

/// What is wrong with the form of a file: keys, kinds of value, notations.
@Suite struct FormTests {
    @Test func `The sample has no fault`() {
        #expect(Samples.messages(about: Samples.scenario) == [])
    }

    @Test(arguments: [
        (
            "title: A sample", "titel: A sample",
            "2:1: error: Unknown key “titel” in a test case; did you mean “title”? [unknown-key]"
        ),
        (
            "title: A sample", "colour: red\ntitle: A sample",
            "2:1: error: Unknown key “colour” in a test case; it takes id, title, object, description, references, "
                + "optional, ics, not-applicable, equipment, state, preamble, procedure, postamble, criteria [unknown-key]"
        ),
        (
            "log-in: {}", "login: {}",
            "17:18: error: Unknown key “login” in an action; did you mean “log-in”? [unknown-key]"
        ),
        (
            "log-in: {}", "log-in: { visibel: true }",
            "17:28: error: Unknown key “visibel” in a log-in; did you mean “visible”? [unknown-key]"
        ),
        (
            "log-in: {}", "log-out: { now: true }",
            "17:29: error: Unknown key “now” in a log-out; it takes none [unknown-key]"
        ),
        (
            "invited: {", "invtied: {",
            "30:5: error: Unknown key “invtied” in a criterion; did you mean “invited”? [unknown-key]"
        ),
        (
            "times: 1 }\n  - id", "time: 1 }\n  - id",
            "30:34: error: Unknown key “time” in an invited; did you mean “times”? [unknown-key]"
        ),
    ])
    func `An unknown key is an error with the nearest known one`(passage: String, replacement: String, message: String)
    {
        #expect(Samples.messages(about: Samples.scenario(passage, becomes: replacement)) == [message])
    }

    @Test(arguments: ["sleep", "wait", "delay", "pause"])
    func `A scenario never sleeps`(key: String) {
        let text =
            "17:30: error: “\(key)”: a scenario never sleeps; a step begins when the one before it is done, "
            + "and “await” waits for a message [sleep]"
        #expect(Samples.messages(about: Samples.scenario("log-in: {}", becomes: "log-in: {}, \(key): 3")) == [text])
        let alone = Samples.scenario("A, log-in: {} }", becomes: "A, log-in: {} }\n  - { client: A, \(key): 3 }")
        #expect(Samples.messages(about: alone) == [text.replacing("17:30", with: "18:18")])
    }

    @Test(arguments: [
        (
            "title: A sample\n", "",
            "1:1: error: This test case lacks the key “title”: the title of the case [missing-key]"
        ),
        (
            ", session: chat } }\n  - { step: 1", " } }\n  - { step: 1",
            "19:35: error: This invite lacks the key “session”: a name by which later steps mean this session [missing-key]"
        ),
        (
            "{ step: 2, client: A,", "{ step: 2,",
            "21:5: error: This step lacks the key “client”: the client that acts [missing-key]"
        ),
        (
            "    kind: P\n    step: 1\n", "    step: 1\n",
            "25:5: error: This criterion lacks the key “kind”: how it bears on the verdicts [missing-key]"
        ),
    ])
    func `A missing key is an error that says what the key is for`(
        passage: String, replacement: String, message: String
    ) {
        #expect(Samples.messages(about: Samples.scenario(passage, becomes: replacement)) == [message])
    }

    private static let verbs =
        "log-in, log-out, change-settings, nothing, create, purge, invite, join, rejoin, extend, accept, decline, send, "
        + "attempt, add, expel, leave, page, send-large, announcement, offer-files, send-files, accept-files, "
        + "refuse-files, request-files, list, retrieve, delete, start-recording, stop-recording, receive, compose or "
        + "await"

    private static let conditions =
        "invited, established, answered, received, acknowledged, message, order, participants, participant, "
        + "distinct-aliases, alias-collision, hidden, listed, removed or retrieved"

    @Test(arguments: [
        (
            "{ client: A, log-in: {} }", "{ client: A }",
            "17:5: error: This action lacks its verb: \(verbs) [one-of]"
        ),
        (
            "log-in: {}", "log-in: {}, log-out: {}",
            "17:30: error: This action has its verb, “log-in”; “log-out” is one too many [one-of]"
        ),
        (
            "    invited: { client: B, by: A, times: 1 }\n", "",
            "25:5: error: This criterion lacks its condition: \(conditions) [one-of]"
        ),
        (
            "invited: { client: B, by: A, times: 1 }", "message: { at: A, sent: INVITE, received: INVITE, times: 1 }",
            "30:37: error: This message has its direction, “sent”; “received” is one too many [one-of]"
        ),
        (
            "log-in: {}", "log-in: {}, alter: [{ message: REGISTER }]",
            "17:38: error: This alteration lacks its change: set, omit, repeat or raw [one-of]"
        ),
    ])
    func `Of verbs, conditions and the like there is exactly one`(
        passage: String, replacement: String, message: String
    ) {
        #expect(Samples.messages(about: Samples.scenario(passage, becomes: replacement)) == [message])
    }

    @Test(arguments: [
        ("title: A sample", "title: [A, B]", "2:8: error: “title” takes text, and here is a list [wrong-type]"),
        ("title: A sample", "title: { a: b }", "2:8: error: “title” takes text, and here is a mapping [wrong-type]"),
        ("[IM Client, IM Server]", "IM Client", "3:9: error: “object” takes a list, and here is text [wrong-type]"),
        (
            "log-in: {}", "log-in:",
            "17:26: error: “log-in” takes a mapping, and here is nothing; write {} for an empty one [wrong-type]"
        ),
        (
            "{ client: A, log-in: {} }", "logs in",
            "17:5: error: An entry of “preamble” takes a mapping, and here is text [wrong-type]"
        ),
        ("scr: []", "scr:", "7:7: error: “scr” takes a list, and here is nothing [wrong-type]"),
    ])
    func `A value of another kind is an error`(passage: String, replacement: String, message: String) {
        #expect(Samples.messages(about: Samples.scenario(passage, becomes: replacement)) == [message])
    }

    @Test(arguments: [
        ("title: A sample", "title:", "2:7: error: “title” is empty; expected text [bad-value]"),
        ("title: A sample", "title: ' '", "2:8: error: “title” is empty; expected text [bad-value]"),
        ("title: A sample", "title: \"A\\x07\"", "2:8: error: “title” holds a control character [bad-value]"),
        (
            "optional: false", "optional: no",
            "9:11: error: “no” is neither true nor false, as “optional” must be [bad-value]"
        ),
        (
            "optional: false", "optional: 'false'",
            "9:11: error: “false” is neither true nor false, as “optional” must be [bad-value]"
        ),
        (
            "[IM Client, IM Server]", "[IM Client, IM Sever]",
            "3:21: error: “IM Sever” is no value of “object”; expected IM Client or IM Server; "
                + "did you mean “IM Server”? [bad-value]"
        ),
        ("[IM Client, IM Server]", "[]", "3:9: error: “object” needs at least one entry [bad-value]"),
        ("[A, B]", "[A, E]", "11:16: error: “E” is no client name; expected A, B, C or D [bad-value]"),
        ("servers: 1", "servers: many", "12:12: error: “many” is no number of servers; expected 0, 1 or 2 [bad-value]"),
        (
            "step: 2, client", "step: two, client",
            "21:13: error: “two” is no step number; expected a number from 1 [bad-value]"
        ),
        (
            "id: IM-2.0-int-901", "id: 901",
            "1:5: error: “901” is no case id; expected an id such as IM-2.0-int-101 [bad-value]"
        ),
        (
            "id: 901.1\n", "id: one\n",
            "25:9: error: “one” is no criterion id; expected an id such as 101.3 or 101.3a [bad-value]"
        ),
        (
            "by: A, times: 1", "by: A, times: once",
            "30:41: error: “once” is no count; expected 2, 2-5, \"<4\" or \">2\", the last two in quotes [bad-value]"
        ),
        (
            "invited: { client: B, by: A, times: 1 }", "invited:\n      client: B\n      by: A\n      times: >2",
            "33:14: error: YAML reads > as the start of a text block; expected 2, 2-5, \"<4\" or \">2\", "
                + "the last two in quotes [bad-value]"
        ),
        (
            "invited: { client: B, by: A, times: 1 }", "message: { at: A, sent: 200 OK, times: 1 }",
            "30:29: error: “200 OK” is no kind of message; expected a method such as INVITE, or a response such as "
                + "200 to INVITE or 4xx-6xx to INVITE [bad-value]"
        ),
    ])
    func `A value that its key does not allow is an error that says what was expected`(
        passage: String, replacement: String, message: String
    ) {
        #expect(Samples.messages(about: Samples.scenario(passage, becomes: replacement)) == [message])
    }

    @Test func `All that is wrong with the form of a file is said at once, in order`() {
        let text = Samples.scenario
            .replacing("optional: false", with: "optional: perhaps")
            .replacing("title: A sample", with: "titel: A sample")
            .replacing("log-in: {}", with: "login: {}")
            .replacing("times: 1 }", with: "times: 1-, tims: 2 }")
        #expect(
            Samples.messages(about: text).map { $0.prefix { $0 != " " } } == [
                "2:1:", "9:11:", "17:18:", "30:41:", "30:45:", "36:72:", "36:76:",
            ])
    }

    @Test func `What YAML refuses hides no other fault`() {
        let text = Samples.scenario
            .replacing("title: A sample", with: "title: &x A sample")
            .replacing("optional: false", with: "optional: *x")
            .replacing("servers: 1", with: "servers: many")
        #expect(Samples.messages(about: text).map { $0.prefix { $0 != " " } } == ["2:8:", "9:11:", "12:12:"])
    }
}
