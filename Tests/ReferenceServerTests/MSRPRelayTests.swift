import Bytes
import MSRP
import Network
import Testing

@testable import ReferenceServer

/// OMA-TS-SIMPLE_IM-V1_0 §6.1.3 and RFC 4975 §5.4, §7: the relay alone.
@Suite struct MSRPRelayTests {
    private var relay = Self.bridged()
    private static let towardsA = MSRPURI(host: "127.0.0.1", port: 2855, sessionID: "toA")
    private static let towardsB = MSRPURI(host: "127.0.0.1", port: 2855, sessionID: "toB")
    private let towardsA = Self.towardsA
    private let towardsB = Self.towardsB
    private static let a = ConnectionID(1)
    private static let b = ConnectionID(0)
    private let a = Self.a
    private let b = Self.b

    /// A relay between A, who has offered, and B.
    private static func bridged(over connection: ConnectionID? = Self.b) -> MSRPRelay {
        var relay = MSRPRelay(limits: .init(), faults: Faults(defects: []), generator: SeededGenerator(seed: 1))
        relay.bridge(
            1, offerer: .init(side: .caller, uri: towardsA, path: [Client.a.path]),
            answerer: .init(side: .callee, uri: towardsB, path: [Client.b.path]), over: connection)
        return relay
    }

    private mutating func give(_ message: MSRPMessage, on id: ConnectionID) -> [MSRPRelay.Effect] {
        relay.receive(message, on: id) ?? []
    }

    private func written(_ effects: [MSRPRelay.Effect], on id: ConnectionID) -> [MSRPMessage] {
        effects.compactMap { effect in
            guard case .write(id, let message) = effect else { return nil }
            return message
        }
    }

    /// Opens both connections, and names the session on that of A.
    private mutating func open() {
        _ = give(Client.a.naming(to: [towardsA.description]), on: a)
        _ = relay.connected(b)
    }

    private func text(_ text: String, id: String = "m1", _ fields: [MSRPField] = []) -> MSRPMessage {
        Client.a.text(text, to: [towardsA.description], id: id, fields)
    }

    @Test mutating func `The connection to the client that has answered names the session`() {
        let naming = written(relay.connected(b), on: b).first
        #expect(naming?.toPath == [Client.b.path])
        #expect(naming?.fromPath == [towardsB.description])
        #expect(naming?.body == nil)
    }

    @Test mutating func `The client that has offered names the session, and nobody else hears of it`() {
        let effects = give(Client.a.naming(to: [towardsA.description]), on: a)
        #expect(written(effects, on: a).map(\.status) == [200])
        #expect(effects.contains(.bind(leg: "toA", a)))
        #expect(written(effects, on: b).isEmpty)
    }

    @Test mutating func `Chunks go on one by one, as they are`() {
        open()
        let chunks = [
            ("1-5/10", "Hello", MSRPMessage.Continuation.more), ("6-10/10", " you!", .complete),
        ].enumerated().map { index, chunk in
            MSRPMessage(
                transactionID: "chunk\(index)", .request(method: "SEND"), toPath: [towardsA.description],
                fromPath: [Client.a.path],
                fields: [
                    MSRPField(.messageID, "one"), MSRPField(.byteRange, chunk.0), MSRPField(.successReport, "yes"),
                    MSRPField(line: Array("X-Other:  kept as is".utf8)), MSRPField(.contentType, "text/plain"),
                ], body: Array(chunk.1.utf8), continuation: chunk.2)
        }
        for chunk in chunks {
            let passed = written(give(chunk, on: a), on: b).first
            var expected = chunk
            expected.toPath = [Client.b.path]
            expected.fromPath = [towardsB.description]
            #expect(passed == expected)
        }
    }

    @Test(arguments: [200, 413, 415, 403]) mutating func `The answer of the other client is the answer`(status: Int) {
        open()
        let passed = written(give(text("Hello"), on: a), on: b)
        let answers = passed.flatMap { written(give(MSRPMessage(status: status, to: $0), on: b), on: a) }
        #expect(answers.map(\.status) == [status])
        #expect(answers.first?.toPath == [Client.a.path])
        #expect(answers.first?.fromPath == [towardsA.description])
        #expect(
            passed.flatMap { give(MSRPMessage(status: status, to: $0), on: b) } == [], "An answer is passed back once")
    }

    @Test mutating func `A report goes back, and is not answered`() {
        open()
        _ = give(text("Hello"), on: a)
        let report = MSRPMessage(
            transactionID: "rep1", .request(method: "REPORT"), toPath: [towardsB.description],
            fromPath: [Client.b.path],
            fields: [
                MSRPField(.messageID, "ann-m1"), MSRPField(.byteRange, "1-5/5"), MSRPField(.status, "000 200 OK"),
            ])
        let effects = give(report, on: b)
        #expect(effects.count == 1)
        let passed = written(effects, on: a).first
        #expect(passed?.method == "REPORT")
        #expect(passed?.toPath == [Client.a.path])
        #expect(passed?.fields.dropFirst(2) == report.fields.dropFirst(2))
    }

    @Test mutating func `What comes before the other connection is open waits for it`() {
        #expect(written(give(text("Early"), on: a), on: b).isEmpty)
        let waiting = written(relay.connected(b), on: b)
        #expect(waiting.map { $0.body?.text } == ["Early"], "It names the session, too")
    }

    @Test mutating func `A text for the inviting client waits until that has opened its connection`() {
        _ = relay.connected(b)
        let text = Client.b.text("First", to: [towardsB.description])
        #expect(give(text, on: b) == [])
        let effects = give(Client.a.naming(to: [towardsA.description]), on: a)
        #expect(written(effects, on: a).compactMap { $0.body?.text } == ["First"])
    }

    @Test(arguments: ["msrp://127.0.0.1:2855/unknown;tcp", "msrp://127.0.0.2:2855/toA;tcp", "nonsense"])
    mutating func `A text for no leg is not for the relay`(path: String) {
        #expect(relay.receive(Client.a.text("x", to: [path]), on: a) == nil)
    }

    @Test mutating func `A second connection to a session is 506`() {
        open()
        let other = ConnectionID(3)
        #expect(written(give(text("x"), on: other), on: other).map(\.status) == [506])
        #expect(written(give(text("x"), on: a), on: b).count == 1)
    }

    @Test mutating func `A method that nobody knows is 501`() {
        open()
        var auth = text("x")
        auth.startLine = .request(method: "AUTH")
        #expect(written(give(auth, on: a), on: a).map(\.status) == [501])
    }

    @Test(arguments: [("no", 0), ("partial", 1), ("yes", 1)])
    mutating func `A refusal is sent where failures are of interest`(report: String, count: Int) {
        open()
        _ = relay.closed(b)
        #expect(written(give(text("x", [MSRPField(.failureReport, report)]), on: a), on: a).count == count)
    }

    @Test mutating func `A text whose sender wants no answer gets none`() {
        open()
        let passed = written(give(text("x", [MSRPField(.failureReport, "no")]), on: a), on: b)
        #expect(passed.count == 1)
        #expect(passed.flatMap { give(MSRPMessage(status: 200, to: $0), on: b) } == [])
    }

    @Test mutating func `Texts that a broken connection leaves unanswered are 408, and later ones 481`() {
        open()
        _ = give(text("x"), on: a)
        #expect(written(relay.closed(b), on: a).map(\.status) == [408])
        #expect(written(give(text("y"), on: a), on: a).map(\.status) == [481])
    }

    @Test mutating func `A client may open its connection again`() {
        open()
        _ = relay.closed(a)
        let again = ConnectionID(3)
        #expect(written(give(text("Back"), on: again), on: b).count == 1)
    }

    @Test mutating func `More than fits while the other connection opens is 413`() {
        let half = String(repeating: "x", count: ReferenceServer.Limits().connectionBuffer / 2 - 1000)
        let effects = (1...3).flatMap { give(text(half, id: "m\($0)"), on: a) }
        #expect(written(effects, on: a).map(\.status) == [413])
    }

    @Test mutating func `The end of a session lets its connections go and forgets its paths`() {
        open()
        let effects = relay.stop(1, legs: relay.legs(of: 1))
        #expect(effects == [.release(leg: "toA", a), .release(leg: "toB", b)])
        #expect(relay.legs.isEmpty)
    }

    @Test mutating func `The end of one media line leaves the others`() {
        open()
        let second = MSRPURI(host: "127.0.0.1", port: 2855, sessionID: "second")
        relay.bridge(
            1, offerer: .init(side: .callee, uri: second, path: [Client.b.path]),
            answerer: .init(
                side: .caller, uri: MSRPURI(host: "127.0.0.1", port: 2855, sessionID: "secondA"),
                path: [Client.a.path]), over: ConnectionID(2))
        #expect(relay.stop(1, legs: ["second", "secondA"]) == [.release(leg: "secondA", ConnectionID(2))])
        #expect(written(give(text("x"), on: a), on: b).count == 1)
    }

    @Test mutating func `What a party sends along a new path of the other goes there`() {
        open()
        relay.redirect(.init(side: .callee, uri: towardsB, path: ["msrp://127.0.0.12:2855/new;tcp"]))
        #expect(written(give(text("x"), on: a), on: b).first?.toPath == ["msrp://127.0.0.12:2855/new;tcp"])
    }

    @Test mutating func `A client that cannot be reached breaks the leg at once`() {
        relay = Self.bridged(over: nil)
        #expect(written(give(text("x"), on: a), on: a).map(\.status) == [481])
    }
}
