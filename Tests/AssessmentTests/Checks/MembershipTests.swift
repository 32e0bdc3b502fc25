import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `participants`: at some moment exactly these clients are connected.
struct MembershipTests {
    static func judged(
        _ members: [PartyName] = [.a, .b, .c], at client: PartyName = .a, after anchor: MessageSelector? = nil,
        silence: Duration = .zero, in trace: TraceBuilder = .case102(), _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        trace.silence = silence
        return trace.judged(.participants(at: client, are: members, after: anchor))
    }

    @Test(arguments: [PartyName.a, .b, .c])
    func `All who take part are shown to each`(client: PartyName) {
        let finding = Self.judged(at: client)
        #expect(finding.verdict == .pass)
        #expect(finding.expected == "the conference state at \(client) shows A, B and C connected and nobody else")
        #expect(finding.numbers.count == 1)
    }

    @Test func `What partial notifications tell is added up`() {
        var trace = TraceBuilder()
        var conference = trace.convene(by: .a, inviting: [.b])
        trace.invite(.c, to: &conference, by: .a, asserted: PartyName.a.uri)
        conference.users.append((.c, TraceBuilder.Conference.User(entity: PartyName.c.uri)))
        #expect(Self.judged(in: trace).verdict == .inconclusive)
        trace.notify(.a, of: &conference, only: [.c])
        #expect(Self.judged(in: trace).verdict == .pass)
        #expect(Self.judged([.a, .b], in: trace).verdict == .pass)
    }

    @Test func `Who is missing when time is up fails the server`() {
        let early = Self.judged { trace in
            Self.forget(&trace, .c)
            trace.cut(after: "200 NOTIFY C→server")
        }
        #expect(early.verdict == .inconclusive)
        let late = Self.judged(silence: .seconds(11)) { trace in
            Self.forget(&trace, .c)
            trace.cut(after: "200 NOTIFY C→server")
        }
        #expect(late.verdict == .fail && late.party == .server)
        #expect(late.observed == "at last it shows A and B connected")
    }

    /// Takes a user out of what A is told.
    private static func forget(_ trace: inout TraceBuilder, _ party: PartyName) {
        trace.change("NOTIFY server→A") { text in
            let users = [PartyName.a, .b, .c].filter { $0 != party }.map { user in
                (user: TraceBuilder.Conference.User(entity: user.uri), isOwn: user == .a)
            }
            text.body = TraceBuilder.conferenceInfo(TraceBuilder.focus, state: "full", version: 0, users)
        }
    }

    @Test func `A stranger is one too many`() {
        let finding = Self.judged(silence: .seconds(30)) { trace in
            trace.change("NOTIFY server→A") { text in
                text.body = text.body.replacing(
                    "<users state=\"full\">",
                    with: """
                        <users state="full"><user entity="sip:History@parley.example" state="full">\
                        <endpoint entity="sip:History@parley.example"><status>connected</status></endpoint></user>
                        """)
            }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "at last it shows A, B, C and sip:History@parley.example connected")
    }

    @Test func `Who refuses all media is no participant by its own doing`() {
        for client in [PartyName.a, .c] {
            let finding = Self.judged(at: client, silence: .seconds(30)) { trace in
                Self.forget(&trace, .c)
                trace.change("200 INVITE C→server") { text in
                    let line = text.body.split(separator: "\r\n").first { $0.hasPrefix("m=") } ?? ""
                    text.body = text.body.replacing(line, with: "m=message 0 TCP/MSRP *")
                }
                trace.omit(all: "NOTIFY")
                trace.change("200 SUBSCRIBE server→C") { $0.startLine = "SIP/2.0 403 Forbidden" }
            }
            #expect(finding.verdict == .fail && finding.party == .c)
        }
    }

    @Test func `Who refuses the invitation is no participant by its own doing`() {
        let finding = Self.judged(silence: .seconds(30)) { trace in
            Self.forget(&trace, .c)
            trace.change("200 INVITE C→server") { text in
                text.startLine = "SIP/2.0 480 Temporarily Unavailable"
                text.body = ""
                text["Content-Type"] = nil
            }
        }
        #expect(finding.verdict == .fail && finding.party == .c)
        #expect(finding.observed.hasSuffix("C answered 480 Temporarily Unavailable (INVITE)"))
    }

    @Test func `Who has not subscribed is shown nothing, and a server need not have the package`() {
        let silent = Self.judged(silence: .seconds(30)) { trace in
            trace.omit(all: "SUBSCRIBE", "NOTIFY")
        }
        #expect(silent.verdict == .inconclusive)
        #expect(silent.observed == "A has not subscribed to the state of a conference")
        func refused(_ status: String) -> Finding {
            Self.judged(silence: .seconds(30)) { trace in
                trace.omit(all: "NOTIFY")
                trace.change("200 SUBSCRIBE server→A") { $0.startLine = "SIP/2.0 \(status)" }
            }
        }
        #expect(refused("489 Bad Event").verdict == .inconclusive)
        #expect(refused("403 Forbidden").verdict == .fail && refused("403 Forbidden").party == .server)
        let untold = Self.judged(silence: .seconds(30)) { $0.omit(all: "NOTIFY") }
        #expect(untold.verdict == .fail && untold.party == .server)
    }

    @Test func `A gap in the versions makes the state unknown until it is told in full`() {
        var trace = TraceBuilder()
        var conference = trace.convene(by: .a, inviting: [.b])
        conference.users.append((.c, TraceBuilder.Conference.User(entity: PartyName.c.uri)))
        trace.invite(.c, to: &conference, by: .a, asserted: PartyName.a.uri)
        conference.versions[.a] = 5
        trace.notify(.a, of: &conference, only: [.c])
        #expect(Self.judged(silence: .seconds(30), in: trace).verdict == .fail)
        trace.notify(.a, of: &conference)
        #expect(Self.judged(in: trace).verdict == .pass)
    }

    @Test func `Only moments after the message that is named count`() {
        let bye = MessageSelector(at: .a, direction: .sent, start: .request("BYE"))
        #expect(Self.judged(after: bye).verdict == .inconclusive)
        let never = MessageSelector(at: .a, direction: .sent, start: .request("REFER"))
        #expect(Self.judged(after: never).observed == "there is no REFER request sent by A")
    }
}

/// `participant`: the state of one changes after some message.
struct ParticipantChangeTests {
    static func left(silence: Duration = .zero, told: Bool = true) -> TraceBuilder {
        var trace = TraceBuilder()
        var conference = trace.convene(by: .a, inviting: [.b, .c])
        trace.end(.c, of: &conference, by: .c)
        if told { trace.notify(.a, of: &conference, only: [.c]) }
        trace.silence = silence
        return trace
    }

    static func judged(_ trace: TraceBuilder, becomes status: Condition.ParticipantStatus = .disconnected) -> Finding {
        let bye = MessageSelector(at: .c, direction: .sent, start: .request("BYE"))
        return trace.judged(.participant(at: .a, client: .c, becomes: status, after: bye))
    }

    @Test func `Who leaves is shown to have left`() {
        let finding = Self.judged(Self.left())
        #expect(finding.verdict == .pass)
        #expect(
            finding.expected
                == "the conference state at A shows C disconnected after the first BYE request sent by C")
    }

    @Test func `What is not told in time fails the server`() {
        #expect(Self.judged(Self.left(silence: .seconds(5), told: false)).verdict == .inconclusive)
        let late = Self.judged(Self.left(silence: .seconds(11), told: false))
        #expect(late.verdict == .fail && late.party == .server)
        #expect(late.observed == "no notification after it")
        #expect(Self.judged(Self.left(silence: .seconds(11)), becomes: .connected).verdict == .fail)
    }

    @Test func `Without the message that brings it about nothing is shown`() {
        var trace = TraceBuilder()
        _ = trace.convene(by: .a, inviting: [.b, .c])
        trace.silence = .seconds(30)
        #expect(Self.judged(trace).verdict == .inconclusive)
    }

    @Test func `Who comes back is shown again`() {
        var trace = Self.left()
        var conference = TraceBuilder.Conference(uri: TraceBuilder.focus, entity: TraceBuilder.focus)
        conference.users = [PartyName.a, .b, .c].map { ($0, TraceBuilder.Conference.User(entity: $0.uri)) }
        trace.subscribe(.a, to: &conference)
        #expect(Self.judged(trace, becomes: .connected).verdict == .pass)
    }
}

/// `distinct-aliases` and `alias-collision`: who enters a chat room under which name.
struct AliasTests {
    /// A is in the room as X; C joins by the same alias and is called something by the server, or refused.
    static func room(
        called name: String? = "X (2)", entity: String = "sip:anonymous2@anonymous.invalid", refusal: String? = nil
    ) -> TraceBuilder {
        var trace = TraceBuilder()
        var room = TraceBuilder.Conference(uri: TraceBuilder.focus, entity: TraceBuilder.groupURI)
        trace.join(.a, alias: "X", &room)
        room.users.append((.a, .init(entity: "sip:anonymous1@anonymous.invalid", name: "X")))
        trace.subscribe(.a, to: &room)
        trace.join(.c, alias: "X", &room, refusal: refusal)
        guard refusal == nil else { return trace }
        room.users.append((.c, .init(entity: entity, name: name)))
        trace.subscribe(.c, to: &room)
        trace.notify(.a, of: &room, only: [.c])
        return trace
    }

    static func collision(_ trace: TraceBuilder, _ outcomes: [Condition.CollisionOutcome] = [.refused, .renamed])
        -> Finding
    {
        trace.judged(.aliasCollision(holder: .a, joiner: .c, alias: "X", outcomes: outcomes))
    }

    @Test func `A second of the same alias may be renamed or refused`() {
        let renamed = Self.collision(Self.room())
        #expect(renamed.verdict == .pass)
        #expect(renamed.observed == "it was admitted as “X (2)”")
        let refused = Self.collision(Self.room(refusal: "403 Forbidden"))
        #expect(refused.verdict == .pass)
        #expect(refused.observed == "it was answered 403 Forbidden (INVITE)")
    }

    @Test func `Where only renaming conforms a refusal fails the server`() {
        #expect(Self.collision(Self.room(), [.renamed]).verdict == .pass)
        let finding = Self.collision(Self.room(refusal: "403 Forbidden"), [.renamed])
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `Two of one name, or of one URI, fail the server`() {
        let name = Self.collision(Self.room(called: "X"))
        #expect(name.verdict == .fail && name.party == .server)
        #expect(name.observed.hasPrefix("C is called “X” as well"))
        let distinct = Self.room(called: "X").judged(.distinctAliases(at: .a))
        #expect(distinct.verdict == .fail && distinct.party == .server)
        #expect(distinct.observed.hasPrefix("two participants are called “x”"))
    }

    @Test func `Different names pass`() {
        let finding = Self.room().judged(.distinctAliases(at: .a))
        #expect(finding.verdict == .pass)
        #expect(finding.observed == "so it is in 2 notifications, of up to 2 participants")
    }

    @Test func `As long as nobody says who C is nothing is shown`() {
        var trace = Self.room()
        trace.cut(before: "SUBSCRIBE C→server")
        var open = Self.room()
        open.cut(after: "ACK C→server")
        #expect(Self.collision(open).verdict == .inconclusive)
        #expect(Self.collision(trace).verdict == .inconclusive)
        var alone = Self.room()
        alone.cut(after: "200 NOTIFY A→server")
        #expect(alone.judged(.distinctAliases(at: .a)).verdict == .inconclusive)
        #expect(Self.collision(alone).observed == "C has not tried to join as “X”")
    }
}

extension TraceBuilder {
    /// Joins the room under an alias.
    mutating func join(_ party: PartyName, alias: String, _ room: inout Conference, refusal: String? = nil) {
        var text = composeInvite(from: party, to: party)
        text.startLine = "INVITE \(Self.groupURI) SIP/2.0"
        text["To"] = "<\(Self.groupURI)>"
        text["From"] = "\"\(alias)\" <sip:anonymous@anonymous.invalid>;tag=\(fresh())"
        text.add("Privacy", "id")
        let sent = send(text, from: party, to: .server)
        if let refusal {
            let words = refusal.split(separator: " ", maxSplits: 1)
            answer(sent, Int(words[0]) ?? 403, String(words[1]))
        } else {
            admit(sent, of: party, to: &room)
        }
    }
}

extension TraceBuilder {
    /// Has the server hand a page to B.
    fileprivate mutating func deliver(_ text: String, from uri: String = PartyName.a.uri) {
        var page = compose("MESSAGE", from: .a, to: .b)
        page["From"] = "<\(uri)>;tag=page\(fresh())"
        page.prepend("Via", via(.server, fresh()))
        page.add("Content-Type", "text/plain")
        page.body = text
        answer(send(page, from: .server, to: .b), 200)
    }
}

/// `hidden`: the address of a client is in nothing that another receives.
struct ConcealmentTests {
    static func judged(_ alter: (inout TraceBuilder) -> Void = { _ in }) -> Finding {
        var trace = TraceBuilder()
        trace.logIn(.b)
        var room = TraceBuilder.Conference(uri: TraceBuilder.focus, entity: TraceBuilder.groupURI)
        trace.join(.a, alias: "X", &room)
        trace.join(.b, alias: "Bob", &room)
        room.users = [
            (.a, .init(entity: "sip:anonymous1@anonymous.invalid", name: "X")), (.b, .init(entity: PartyName.b.uri)),
        ]
        trace.subscribe(.b, to: &room)
        trace.say("Hello", by: .a, in: &room)
        alter(&trace)
        for party in [PartyName.a, .b] { trace.end(party, of: &room, by: party) }
        trace.logOut(.b)
        return trace.judged(.hidden(client: .a, from: .b), kind: .negative)
    }

    @Test func `Who stays anonymous is seen nowhere`() {
        let finding = Self.judged()
        #expect(finding.verdict == .pass)
        guard case .fence = finding.decision else {
            Issue.record("A fence decides, not \(finding.decision)")
            return
        }
    }

    @Test func `An address that the server tells fails it`() {
        let inSIP = Self.judged { trace in
            trace.change("NOTIFY server→B") { $0.add("P-Asserted-Identity", "<sip:alice@parley.example>") }
        }
        #expect(inSIP.verdict == .fail && inSIP.party == .server)
        let inState = Self.judged { trace in
            trace.change("NOTIFY server→B") { text in
                text.body = text.body.replacing("sip:anonymous1@anonymous.invalid", with: "sip:alice@parley.example")
            }
        }
        #expect(inState.verdict == .fail && inState.party == .server)
        let inPath = Self.judged { trace in
            trace.changeChunk("SEND server→B") { $0.fromPath = "msrp://alice@127.0.0.10:2855/x;tcp" }
        }
        #expect(inPath.verdict == .fail && inPath.party == .server)
    }

    @Test func `An address that the client writes itself is its own fault`() {
        let finding = Self.judged { trace in
            for label in ["SEND A→server", "SEND server→B"] {
                trace.changeChunk(label) { chunk in
                    chunk.body = chunk.body?.replacing("Hello", with: "I am alice@parley.example")
                    chunk["Byte-Range"] = "1-*/*"
                }
            }
        }
        #expect(finding.verdict == .fail && finding.party == .a)
    }

    @Test func `What comes from before, or of no conference, tells nothing of the room`() {
        let before = Self.judged { trace in
            trace.insert(after: "200 REGISTER server→B") { $0.deliver("An old message") }
        }
        #expect(before.verdict == .pass, "\(before.line)")
        let later = Self.judged { trace in
            trace.insert(after: "ACK A→server") { trace in
                trace.deliver("An old message")
                trace.list([.init(1)], at: .b)
                trace.retrieve([TraceBuilder.storedPage("An old message")], from: "Deferred", at: .b)
            }
        }
        #expect(later.verdict == .pass, "\(later.line)")
    }

    @Test func `A page that comes out of the room, by its text or its sender, tells of it`() {
        let text = Self.judged { trace in
            trace.insert(after: "ACK A→server") { $0.deliver("Hello B") }
        }
        #expect(text.verdict == .fail && text.party == .server)
        let sender = Self.judged { trace in
            trace.insert(after: "ACK A→server") { trace in
                trace.deliver("\(PartyName.a.uri) has joined", from: TraceBuilder.groupURI)
            }
        }
        #expect(sender.verdict == .fail && sender.party == .server)
    }

    @Test func `Another user whose name ends like it is another`() {
        let finding = Self.judged { trace in
            trace.change("NOTIFY server→B") { $0.add("Subject", "sip:malice@parley.example") }
        }
        #expect(finding.verdict == .pass)
    }

    @Test func `As long as something is under way nothing is shown`() {
        let pending = Self.judged { trace in
            trace.cut(before: "200 OK server→A")
        }
        #expect(pending.verdict == .inconclusive)
    }

    @Test func `Who does nothing is not hidden by anybody`() {
        var trace = TraceBuilder()
        var room = TraceBuilder.Conference(uri: TraceBuilder.focus, entity: TraceBuilder.groupURI)
        trace.join(.b, alias: "Bob", &room)
        let finding = trace.judged(.hidden(client: .a, from: .b), kind: .negative)
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "A has done nothing yet by which B could come to know it")
    }
}
