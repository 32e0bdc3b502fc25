import Conformance
import Network

extension Sample {
    static let establishment = testCase(
        "IM-2.0-int-101", "Establish 1-to-1 IM session",
        description: "A invites B to a session; each sends a text and sees that of the other.",
        references: References(
            specification: ["7.1.1.2", "7.2"], scr: ["IMSpec-SMM-C-001-M", "IMSpec-SMM-S-001-M"], etr: ["SMM-001"]),
        procedure: [
            Step(
                label: "1", party: PartyName("A"), action: .invite(.client(PartyName("B")), session: "chat"),
                position: position("IM-2.0-int-101", 22)),
            Step(
                label: "2", party: PartyName("B"), action: .accept(session: "chat"),
                uncheckedBecause: "Acceptance shows in step 1.", position: position("IM-2.0-int-101", 23)),
            Step(
                label: "3", party: PartyName("A"), action: .send(text: "Hello B", session: "chat"),
                position: position("IM-2.0-int-101", 24)),
            Step(
                label: "4", party: PartyName("B"), action: .send(text: "Hello A", session: "chat"),
                position: position("IM-2.0-int-101", 25)),
        ])

    static let paging = testCase(
        "IM-2.0-int-201", "Page to a user",
        description: "A pages a text to B, who is logged in and bars nobody.",
        references: References(specification: ["8.1.1"], scr: ["IMSpec-PMM-C-001-M"], etr: ["PMM-001"]),
        procedure: [
            Step(
                label: "1", party: PartyName("A"), action: .page(text: "Hello 1", to: .client(PartyName("B"))),
                mutations: [
                    Mutation(
                        message: "MESSAGE", change: .set(field: "X-Trace", value: "<script>alert(1)</script>"),
                        position: position("IM-2.0-int-201", 24)),
                    Mutation(message: "MESSAGE", change: .repeat(2), position: position("IM-2.0-int-201", 25)),
                ],
                position: position("IM-2.0-int-201", 22))
        ])

    /// A step of every form, so that the whole of the run file is used.
    static let everyStep: [Step] = {
        let (a, b) = (PartyName("A"), PartyName("B"))
        let picture = MediaContent(name: "picture.png", type: "image/png", size: 1000)
        let response = MessageSelector(at: a, direction: .sent, start: .response(480...480, to: "INVITE"))
        let actions: [Action] = [
            .logIn(.open), .logOut, .invite(.client(b), session: "chat"), .accept(session: "chat"),
            .decline(session: "chat"),
            .send(text: "Hello\r\n\u{1}", session: "chat"), .leave(session: "chat"), .page(text: "", to: .client(b)),
            .changeSettings(.open), .nothing("looks"), .create(group: "Room"), .purge(.deferred),
            .invite(.list([b]), session: "talk"),
            .invite(.group("Room"), session: "talk"), .join(group: "Room", alias: "X", session: "room"),
            .join(group: "Room", alias: nil, session: "room"), .rejoin(session: "room"),
            .extend(session: "chat", with: [b], conference: "talk"), .whisper(text: "Hi", session: "talk", to: [b]),
            .attempt(text: "Hi", session: "talk"), .add([b], session: "talk"), .expel(b, session: "talk"),
            .sendLarge(picture, to: .list([b])), .announce(text: "Maintenance"), .offer([picture], session: "chat"),
            .transfer([picture], to: .group("Room"), session: "files"), .take(session: "files"),
            .refuse(session: "files"), .request([picture], session: "files"), .list(.history),
            .retrieve(.deferred, .all), .delete(.history, .places([2, 3])), .record(session: "talk", name: "X"),
            .stopRecording(session: "talk"), .receive(texts: ["Hi"], contents: [picture]),
            .compose(ComposedRequest(method: "MESSAGE", target: b, contentType: "text/plain", body: "Hello 1")),
            .compose(ComposedRequest(method: "OPTIONS", target: b)), .await(response),
        ]
        let place = position("IM-2.0-int-401", 9)
        let mutations: [Mutation] = [
            Mutation(message: "INVITE", change: .set(field: "Contact", value: "<sip:x>"), position: place),
            Mutation(message: "INVITE", change: .omit(field: "Max-Forwards"), position: place),
            Mutation(message: "200", change: .repeat(3), position: place),
            Mutation(message: "BYE", change: .raw("BYE\n"), position: place),
        ]
        return actions.enumerated().map { index, action in
            Step(
                label: "\(index + 1)", party: a, action: action, mutations: index == 2 ? mutations : [],
                position: place)
        }
    }()

    static func testCase(
        _ id: String, _ title: String, description: String, references: References, procedure: [Step]
    ) -> TestCase {
        TestCase(
            id: id, title: title, objects: [.client, .server], description: description, references: references,
            isOptional: id.hasSuffix("401"),
            impediments: id.hasSuffix("401")
                ? [Impediment(deviation: .pushedAtRegistration, reason: "Then nothing is asked for.")] : [],
            equipment: Equipment(
                clients: [PartyName("A"), PartyName("B")], servers: 1,
                groups: [
                    Group(
                        name: "Room", members: [PartyName("A")], invitesMembers: false, isOpen: false,
                        allowsAnonymity: true, allowsPrivateMessages: true, releasesWithOriginator: true,
                        maximumParticipants: 4)
                ],
                contents: [MediaContent(name: "picture.png", type: "image/png", size: 1000)]),
            state: [
                Precondition(text: "A and B are logged in to the service.", isOptional: false),
                Precondition(text: "A has B as a contact and sees B online.", isOptional: true),
            ],
            preamble: [
                Step(label: "preamble", party: PartyName("A"), action: .logIn(.open), position: position(id, 17)),
                Step(label: "preamble", party: PartyName("B"), action: .logIn(.open), position: position(id, 18)),
            ],
            procedure: procedure,
            postamble: [
                Step(label: "postamble", party: PartyName("A"), action: .logOut, position: position(id, 28))
            ],
            checks: checks(id), position: position(id, 1, 1))
    }

    /// One check of every condition, so that every form of the run file is used.
    private static func checks(_ id: String) -> [Check] {
        let (a, b) = (PartyName("A"), PartyName("B"))
        let request = MessageSelector(at: b, direction: .received, start: .request("MESSAGE"), carrying: "Hello 1")
        let answer = MessageSelector(at: a, direction: .received, start: .response(200...299, to: "MESSAGE"))
        let place = position(id, 40)
        let rules = [
            FieldRule(field: "Accept-Contact", matcher: .contains("+g.oma.sip-im"), position: place),
            FieldRule(field: "Contact", matcher: .absent, position: place),
            FieldRule(field: "User-Agent", matcher: .present, position: place),
            FieldRule(field: "method", matcher: .equals("MESSAGE"), position: place),
            FieldRule(field: "status", matcher: .oneOf(["200", "202"]), position: place),
            FieldRule(field: "status", matcher: .differs("202"), position: place),
            FieldRule(field: "To", matcher: .names(b), position: place),
            FieldRule(field: "To", matcher: .namesGroup("IM Group 1"), position: place),
        ]
        let relation = FieldRule(field: "Call-ID", matcher: .same(field: "Call-ID", of: request), position: place)
        let other = FieldRule(field: "to.tag", matcher: .other(field: "from.tag", of: answer), position: place)
        let within = MessageSelector(
            at: a, direction: .sent, start: .request("INVITE"), where: [relation, other], dialog: .within,
            beginning: .after(request))
        let conditions: [(Check.Kind, Condition)] = [
            (.criterion, .invited(client: b, by: a, group: "IM Group 1", times: .once)),
            (.criterion, .established(inviter: a, invited: b)),
            (.criterion, .answered(by: b)),
            (
                .criterion,
                .received(
                    client: b, content: .text("Hello B"), from: Condition.Author(a, alias: "Alice"), mode: .session,
                    times: Count(2...5))
            ),
            (
                .criterion,
                .acknowledged(
                    client: a, content: .media(MediaContent(name: "picture.png", type: "image/png", size: 20_000)),
                    mode: .pager, times: .once)
            ),
            (.negative, .message(request, times: .never, must: [], should: [])),
            (.conformance, .message(answer, times: Count(1...Int.max), must: rules, should: [rules[0]])),
            (.warning, .order(first: request, second: within, precedence: .all)),
            (.criterion, .participants(at: a, are: [a, b], after: nil)),
            (.criterion, .participants(at: a, are: [a], after: within)),
            (.warning, .participant(at: a, client: b, becomes: .disconnected, after: request)),
            (.criterion, .distinctAliases(at: b)),
            (.criterion, .aliasCollision(holder: a, joiner: b, alias: "X", outcomes: [.refused, .renamed])),
            (.negative, .hidden(client: a, from: b)),
            (.criterion, .listed(client: b, store: .deferred, which: .any, items: .never, properties: .init())),
            (
                .criterion,
                .listed(
                    client: b, store: .history, which: .number(2), items: .once,
                    properties: .init(from: a, to: b, name: "conversationX"))
            ),
            (
                .criterion,
                .listed(client: b, store: .history, which: .after(answer), items: .once, properties: .init())
            ),
            (.criterion, .removed(client: b, store: .deferred, deletion: 1, places: [2, 3])),
            (.criterion, .retrieved(client: b, store: .history, retrieval: 1, texts: ["Message 3", "Message 4"])),
        ]
        return conditions.enumerated().map { index, pair in
            Check(
                id: "\(id.suffix(3)).\(index + 1)", kind: pair.0, step: index == 0 ? nil : "\(index)",
                title: "Check number \(index + 1)", requirements: [RequirementID("TS-8.1.1-1")], condition: pair.1,
                position: position(id, 30 + index), unless: index == 1 ? .takenAliasRefused : nil)
        }
    }
}
