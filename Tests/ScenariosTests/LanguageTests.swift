import Conformance
import Scenarios
import Testing

/// What files mean once they are read.
@Suite struct LanguageTests {
    private func position(_ line: Int, _ column: Int) -> SourcePosition {
        SourcePosition(file: Samples.path, line: line, column: column)
    }

    @Test func `The rows of the table are read as they stand`() throws {
        let testCase = try #require(Samples.testCase(Samples.scenario))
        #expect(testCase.id == "IM-2.0-int-901")
        #expect(testCase.number == "901")
        #expect(testCase.title == "A sample")
        #expect(testCase.objects == [.client, .server])
        #expect(testCase.description == "Shows the language.")
        #expect(testCase.references == References(specification: ["OMA_IM_TS 1"], scr: [], etr: []))
        #expect(!testCase.isOptional)
        #expect(testCase.equipment == Equipment(clients: ["A", "B"].map { PartyName($0) }, servers: 1))
        #expect(testCase.state == [Precondition(text: "A and B are logged in.", isOptional: false)])
        #expect(testCase.position == position(1, 1))
    }

    @Test func `Steps have their label, their client and their place`() throws {
        let testCase = try #require(Samples.testCase(Samples.scenario))
        let steps = testCase.preamble + testCase.procedure + testCase.postamble
        #expect(steps.map(\.label) == ["preamble", "1", "1", "2", "postamble"])
        #expect(steps.map(\.party.description) == ["A", "A", "B", "A", "A"])
        #expect(steps.map(\.position.line) == [17, 19, 20, 21, 23])
    }

    @Test(
        arguments: [
            ("log-in: {}", .logIn(.open)),
            (
                "log-in: { bars-sessions: true, bars-pagers: true, offline-delivery: true, visible: false, "
                    + "records-sessions: true, records-pagers: true }",
                .logIn(
                    Settings(
                        barsSessions: true, barsPagers: true, wantsOfflineDelivery: true, isVisible: false,
                        recordsSessions: true, recordsPagers: true))
            ),
            ("log-out: {}", .logOut),
            ("invite: { client: B, session: other }", .invite(.client(PartyName("B")), session: "other")),
            ("send: { text: no, session: chat }", .send(text: "no", session: "chat")),
            ("send: { text: \"a\\r\\n\", session: chat }", .send(text: "a\r\n", session: "chat")),
            ("leave: { session: chat }", .leave(session: "chat")),
            ("page: { text: “Hello” 1, client: B }", .page(text: "“Hello” 1", to: .client(PartyName("B")))),
            (
                "compose: { method: OPTIONS, client: B }",
                .compose(ComposedRequest(method: "OPTIONS", target: PartyName("B")))
            ),
            (
                "compose: { method: MESSAGE, client: B, content-type: text/plain, body: Hi }",
                .compose(
                    ComposedRequest(method: "MESSAGE", target: PartyName("B"), contentType: "text/plain", body: "Hi"))
            ),
            (
                "await: { received: 4xx-6xx to INVITE, carrying: Hello }",
                .await(
                    MessageSelector(
                        at: PartyName("A"), direction: .received, start: .response(400...699, to: "INVITE"),
                        carrying: "Hello"))
            ),
        ] as [(String, Action)])
    func `A verb says what a client does`(verb: String, action: Action) throws {
        let text = Samples.scenario("send: { text: Hello, session: chat } }", becomes: "\(verb) }")
        let library = ScenarioLibrary([SourceFile(path: Samples.path, bytes: Array(text.utf8)), Samples.requirements])
        #expect(library.errors == [])
        #expect(library.testCases.first?.procedure.last?.action == action)
    }

    @Test(arguments: [("accept", Action.accept(session: "chat")), ("decline", .decline(session: "chat"))])
    func `The invited client answers`(verb: String, action: Action) throws {
        let text = Samples.scenario("accept: { session: chat }", becomes: "\(verb): { session: chat }")
        #expect(Samples.testCase(text)?.procedure[1].action == action)
    }

    @Test func `A step can be wrong on purpose`() throws {
        let text = Samples.scenario(
            "session: chat } }\n  - { step: 1, client: B",
            becomes: """
                session: chat }, alter: [
                    { message: INVITE, set: { field: User-Agent, value: Acme } },
                    { message: INVITE, omit: Contact },
                    { message: 200, repeat: 2 },
                    { message: ACK, raw: "ACK\\r\\n" } ] }
                  - { step: 1, client: B
                """)
        let step = try #require(Samples.testCase(text)?.procedure.first)
        #expect(
            step.mutations == [
                Mutation(
                    message: "INVITE", change: .set(field: "User-Agent", value: "Acme"), position: position(20, 5)),
                Mutation(message: "INVITE", change: .omit(field: "Contact"), position: position(21, 5)),
                Mutation(message: "200", change: .repeat(2), position: position(22, 5)),
                Mutation(message: "ACK", change: .raw("ACK\r\n"), position: position(23, 5)),
            ])
    }

    @Test func `The lines of a raw block end in CRLF`() throws {
        let text = Samples.scenario(
            "  - { client: A, log-in: {} }",
            becomes: """
                  - client: A
                    log-in: {}
                    alter:
                      - message: REGISTER
                        raw: |
                          REGISTER sip:example.com SIP/2.0
                          To: <sip:a@example.com>

                """)
        let raw = "REGISTER sip:example.com SIP/2.0\r\nTo: <sip:a@example.com>\r\n"
        #expect(Samples.testCase(text)?.preamble.first?.mutations.map(\.change) == [.raw(raw)])
    }

    @Test(
        arguments: [
            (
                "invited: { client: B, by: A, times: 2-5 }",
                .invited(client: PartyName("B"), by: PartyName("A"), group: nil, times: Count(2...5))
            ),
            ("established: { inviter: A, invited: B }", .established(inviter: PartyName("A"), invited: PartyName("B"))),
            ("answered: { by: B }", .answered(by: PartyName("B"))),
            (
                "received: { client: B, text: Hello, from: A, mode: pager, times: \"<4\" }",
                .received(
                    client: PartyName("B"), content: .text("Hello"), from: Condition.Author(PartyName("A")),
                    mode: .pager, times: Count(0...3))
            ),
            (
                "acknowledged: { client: A, text: Hello, mode: session }",
                .acknowledged(client: PartyName("A"), content: .text("Hello"), mode: .session, times: nil)
            ),
            (
                "message: { at: A, sent: 2xx to SEND, carrying: Hello, times: \">0\" }",
                .message(
                    MessageSelector(
                        at: PartyName("A"), direction: .sent, start: .response(200...299, to: "SEND"), carrying: "Hello"
                    ),
                    times: Count(1...Int.max), must: [], should: [])
            ),
        ] as [(String, Condition)])
    func `A criterion has a condition`(condition: String, expected: Condition) {
        let text = Samples.scenario("invited: { client: B, by: A, times: 1 }", becomes: condition)
        #expect(Samples.testCase(text)?.checks.first?.condition == expected)
    }

    @Test func `A rule names a field and what it must be`() throws {
        let text = Samples.scenario(
            "invited: { client: B, by: A, times: 1 }",
            becomes: """
                message:
                      at: B
                      received: INVITE
                      times: 1
                      must:
                        - { field: Contact, is: present }
                        - { field: Warning, is: absent }
                        - { field: Event, equals: presence }
                      should:
                        - { field: release, contains: /OMA }
                        - { field: status, one-of: [200, 202] }
                """)
        let condition = try #require(Samples.testCase(text)?.checks.first?.condition)
        let start = MessageSelector(at: PartyName("B"), direction: .received, start: .request("INVITE"))
        #expect(
            condition
                == .message(
                    start, times: .once,
                    must: [
                        FieldRule(field: "Contact", matcher: .present, position: position(35, 11)),
                        FieldRule(field: "Warning", matcher: .absent, position: position(36, 11)),
                        FieldRule(field: "Event", matcher: .equals("presence"), position: position(37, 11)),
                    ],
                    should: [
                        FieldRule(field: "release", matcher: .contains("/OMA"), position: position(39, 11)),
                        FieldRule(field: "status", matcher: .oneOf(["200", "202"]), position: position(40, 11)),
                    ]))
    }

    @Test func `An order is a negative criterion`() throws {
        let text = Samples.scenario(
            "criteria:\n",
            becomes: """
                criteria:
                  - id: 901.3
                    kind: N
                    title: Nothing before the ACK
                    requirements: [TS-1-sample]
                    order: { first: { at: A, sent: ACK }, second: { at: A, sent: SEND, carrying: Hello } }

                """)
        let a = PartyName("A")
        #expect(
            Samples.testCase(text)?.checks.first?.condition
                == .order(
                    first: MessageSelector(at: a, direction: .sent, start: .request("ACK")),
                    second: MessageSelector(at: a, direction: .sent, start: .request("SEND"), carrying: "Hello"),
                    precedence: .one))
    }
}
