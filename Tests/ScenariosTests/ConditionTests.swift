import Conformance
import Scenarios
import Testing

/// What the conditions of conferences, contents and stores mean once they are read.
@Suite struct ConditionTests {
    private static let (a, b) = (PartyName("A"), PartyName("B"))
    private static let bye = MessageSelector(at: a, direction: .sent, start: .request("BYE"))

    /// The sample with a group, a content, and another first condition.
    private static func scenario(_ condition: String) -> String {
        Samples.scenario("invited: { client: B, by: A, times: 1 }", becomes: condition)
            .replacing(
                "  clients: [A, B]\n",
                with: """
                      clients: [A, B]
                      groups: [{ name: IM Group 1, members: [A, B] }]
                      contents: [{ name: picture.png, type: image/png, size: 20000 }]

                    """)
    }

    @Test(
        arguments: [
            (
                "invited: { client: B, by: A, group: IM Group 1, times: 1 }",
                .invited(client: b, by: a, group: "IM Group 1", times: .once)
            ),
            (
                "received: { client: B, content: picture.png, from: A, alias: X, mode: large, times: 1 }",
                .received(
                    client: b, content: .media(MediaContent(name: "picture.png", type: "image/png", size: 20_000)),
                    from: Condition.Author(a, alias: "X"), mode: .large, times: .once)
            ),
            (
                "acknowledged: { client: A, text: Hello, mode: session, times: 2 }",
                .acknowledged(client: a, content: .text("Hello"), mode: .session, times: Count(2...2))
            ),
            ("participants: { at: A, are: [A, B] }", .participants(at: a, are: [a, b], after: nil)),
            (
                "participants: { at: A, are: [A], after: { at: A, sent: BYE } }",
                .participants(at: a, are: [a], after: bye)
            ),
            (
                "participant: { at: A, client: B, becomes: disconnected, after: { at: A, sent: BYE } }",
                .participant(at: a, client: b, becomes: .disconnected, after: bye)
            ),
            ("distinct-aliases: { at: B }", .distinctAliases(at: b)),
            (
                "alias-collision: { holder: A, joiner: B, alias: ChatAliasX, outcomes: [refused, renamed] }",
                .aliasCollision(holder: a, joiner: b, alias: "ChatAliasX", outcomes: [.refused, .renamed])
            ),
            (
                "listed: { client: B, store: deferred, items: 1, from: A, to: B }",
                .listed(
                    client: b, store: .deferred, which: .any, items: .once,
                    properties: Condition.ItemProperties(from: a, to: b))
            ),
            (
                "listed: { client: B, store: history, listing: 2, items: \">0\", name: conversationX }",
                .listed(
                    client: b, store: .history, which: .number(2), items: Count(1...Int.max),
                    properties: Condition.ItemProperties(name: "conversationX"))
            ),
            (
                "listed: { client: B, store: history, after: { at: A, sent: BYE }, items: 0 }",
                .listed(
                    client: b, store: .history, which: .after(bye), items: .never,
                    properties: Condition.ItemProperties())
            ),
            (
                "removed: { client: B, store: deferred, deletion: 1, places: [1, 3] }",
                .removed(client: b, store: .deferred, deletion: 1, places: [1, 3])
            ),
            (
                "retrieved: { client: B, store: history, retrieval: 1, texts: [Hello] }",
                .retrieved(client: b, store: .history, retrieval: 1, texts: ["Hello"])
            ),
        ] as [(String, Condition)])
    func `A criterion has a condition`(condition: String, expected: Condition) {
        #expect(Samples.messages(about: Self.scenario(condition)) == [])
        #expect(Samples.testCase(Self.scenario(condition))?.checks.first?.condition == expected)
    }

    @Test func `Messages are told from others by rules, by their place in a dialog, and by what came before`() throws {
        let text = Self.scenario(
            """
            message:
                  at: B
                  received: INVITE
                  dialog: within
                  where:
                    - { field: From, names: A }
                    - { field: cpim.From, names-group: IM Group 1 }
                    - { field: Call-ID, same-as: { field: Call-ID, of: { at: A, sent: INVITE } } }
                  after: { at: A, sent: SEND, carrying: Hello, where: [{ field: payload.type, not-equals: a/b }] }
                  times: 1
                  must: [{ field: from.tag, other-than: { field: to.tag, of: { at: A, sent: 200 to INVITE } } }]
            """)
        guard case .message(let selector, _, let must, _) = try #require(Samples.testCase(text)).checks[0].condition
        else { return }
        let invite = MessageSelector(at: Self.a, direction: .sent, start: .request("INVITE"))
        let answer = MessageSelector(at: Self.a, direction: .sent, start: .response(200...200, to: "INVITE"))
        #expect(selector.dialog == .within)
        #expect(
            selector.rules.map(\.matcher) == [
                .names(Self.a), .namesGroup("IM Group 1"), .same(field: "Call-ID", of: invite),
            ])
        #expect(must.map(\.matcher) == [.other(field: "to.tag", of: answer)])
        guard case .after(let anchor) = selector.beginning else {
            Issue.record("The selector has an anchor")
            return
        }
        #expect(anchor.carrying == "Hello" && anchor.rules.map(\.matcher) == [.differs("a/b")])
    }

    @Test(arguments: [
        ("hidden: { client: A, from: B }", "A criterion that says what is not seen is of kind N"),
        ("received: { client: B, content: pict.png, from: A, mode: file, times: 1 }", "has no content “pict.png”"),
        ("invited: { client: B, by: A, group: IM Group 2, times: 1 }", "has no group “IM Group 2”"),
        (
            "listed: { client: B, store: deferred, listing: 1, after: { at: A, sent: BYE }, items: 1 }",
            "“after” is one too many"
        ),
        (
            "message: { at: A, sent: INVITE, times: 1, where: [{ field: sdp.media.prot, is: present }] }",
            "Messages have no part “sdp.media.prot”"
        ),
    ])
    func `What makes no sense is refused`(condition: String, text: String) {
        let messages = Samples.messages(about: Self.scenario(condition))
        #expect(messages.count == 1 && messages[0].contains(text), "\(messages)")
    }
}
