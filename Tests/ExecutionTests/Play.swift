import Actors
import Bytes
import Conformance
import Execution
import Network
import ReferenceServer
import Synchronization
import TestSupport

/// Small test cases, written in code, and what is seen when they are performed.
enum Play {
    static let a = PartyName("A")
    static let b = PartyName("B")
    static let c = PartyName("C")
    static let position = SourcePosition(file: "play.yaml", line: 1, column: 1)

    static func step(
        _ label: String, _ party: PartyName, _ action: Action, _ mutations: (message: String, Mutation.Change)...
    ) -> Step {
        Step(
            label: label, party: party, action: action,
            mutations: mutations.map { Mutation(message: $0.message, change: $0.1, position: position) },
            position: position)
    }

    /// A test case whose clients are logged in before the first step, unless its preamble says otherwise.
    static func testCase(
        clients: [PartyName] = [a, b], preamble: [Step]? = nil, _ procedure: [Step], postamble: [Step] = []
    ) -> TestCase {
        TestCase(
            id: "IM-2.0-int-999", title: "A play", objects: [.server], description: "",
            references: References(specification: [], scr: [], etr: []), isOptional: false,
            equipment: Equipment(clients: clients, servers: 1), state: [],
            preamble: preamble ?? clients.map { step("preamble", $0, .logIn(.open)) }, procedure: procedure,
            postamble: postamble, checks: [], position: position)
    }

    /// Two clients talk in a session, from the invitation to its end.
    static let conversation = testCase(
        [
            step("1", a, .invite(.client(b), session: "chat")), step("2", b, .accept(session: "chat")),
            step("3", a, .send(text: "Hello B", session: "chat")),
            step("4", b, .send(text: "Hello A", session: "chat")),
        ], postamble: [step("postamble", a, .leave(session: "chat"))])

    /// Waits for a message that never comes.
    static func awaitNothing(at party: PartyName) -> Action {
        .await(MessageSelector(at: party, direction: .received, start: .request("SUBSCRIBE")))
    }
}

extension TestCase {
    var casting: Casting { Casting(self, slot: 0, identity: "t3st0") }

    /// What comes of the case in virtual time, against the reference server or the one that is given.
    func performed(
        seed: UInt64 = 1, conditions: NetworkConditions = .perfect, options: CastingOptions = CastingOptions(),
        server: ((ReferenceServer) -> any Node & Sendable)? = nil
    ) -> Performance {
        let casting = Casting(self, slot: 0, identity: "t3st0", options: options)
        return Simulation(self, casting: casting, seed: seed, conditions: conditions) { seed in
            let configuration =
                casting.server
                ?? ReferenceServer.Configuration(domain: options.domain, address: IPAddress(127, 0, 0, 10))
            let reference = ReferenceServer(configuration: configuration, seed: seed)
            return server?(reference) ?? reference
        }.perform()
    }
}

extension Node where Self == WrappedServer {
    /// A server that responds to such messages later than it could, and forwards them at once.
    static func answeringLate(
        _ server: ReferenceServer, by lateness: Duration = .milliseconds(150),
        to isSuch: @escaping @Sendable (_ text: String) -> Bool
    ) -> WrappedServer {
        let timer = TimerID("late")
        let held = Mutex<[NodeEffect]>([])
        return WrappedServer(server) { event, _, server in
            if case .timer(timer) = event { return held.withLock { $0 } }
            let effects = server()
            guard isSuch(event.text ?? "") else { return effects }
            held.withLock { $0 += effects.filter(\.isResponse) }
            return effects.filter { !$0.isResponse } + [.arm(timer, after: lateness)]
        }
    }
}

extension NodeEffect {
    fileprivate var isResponse: Bool {
        guard case .datagram(let bytes, from: _, to: _) = self else { return false }
        return bytes.starts(with: "SIP/2.0".utf8)
    }
}

/// Something that a client has sent or received, as text.
struct Sighting: Sendable {
    var step: String?
    var time: Instant
    var text: String

    /// The first line.
    var start: String { String(text.prefix { $0 != "\r\n" }) }

    /// The value of the first field of this name.
    func field(_ name: String) -> String? {
        text.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }.map { line in
            String(line.dropFirst(name.count + 1).drop { $0 == " " })
        }
    }
}

extension Performance {
    func sent(by party: PartyName, _ start: String = "") -> [Sighting] { sightings(.sender, at: party, start) }

    func received(by party: PartyName, _ start: String = "") -> [Sighting] { sightings(.receiver, at: party, start) }

    private func sightings(_ witness: Witness, at party: PartyName, _ start: String) -> [Sighting] {
        trace.entries.compactMap { entry -> Sighting? in
            let address = witness == .sender ? entry.source : entry.destination
            guard entry.witness == witness, trace.cast.party(at: address.address)?.name == party else { return nil }
            switch entry.content {
            case .datagram(let bytes), .stream(let bytes):
                return Sighting(step: entry.step, time: entry.time, text: String(decoding: bytes, as: UTF8.self))
            case .opened, .gap, .closed:
                return nil
            }
        }.filter { $0.text.hasPrefix(start) || (start == "SEND" && $0.start.hasSuffix(" SEND")) }
    }

    /// How often the client has asked to be logged out, retransmissions not counted.
    func logOuts(of party: PartyName) -> Int {
        Set(sent(by: party, "REGISTER").filter { $0.field("Expires") == "0" }.map { $0.field("CSeq") }).count
    }
}
