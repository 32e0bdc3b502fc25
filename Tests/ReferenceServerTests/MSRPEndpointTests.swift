import Bytes
import MSRP
import Network
import Testing

@testable import ReferenceServer

/// RFC 4975 §5.4 and §7: the sessions of the server itself.
@Suite struct MSRPEndpointTests {
    private var endpoint = MSRPEndpoint(limits: .init(), generator: SeededGenerator(seed: 1))
    private let uri = MSRPURI(host: "127.0.0.1", port: 2855, sessionID: "own")
    private let connection = ConnectionID(1)

    private func end(
        _ role: MSRPSession.Role, path: [String] = [Client.a.path], answering: MSRPSession.Answering = .atOnce
    ) -> MSRPEndpoint.End {
        MSRPEndpoint.End(
            localURI: uri, remotePath: path, role: role, acceptedTypes: ["text/plain"], answering: answering)
    }

    private func written(_ effects: [MSRPEndpoint.Effect]) -> [MSRPMessage] {
        effects.compactMap { effect in
            guard case .write(let bytes, _) = effect else { return nil }
            return try? MSRPMessage(parsing: bytes)
        }
    }

    private func notices(_ effects: [MSRPEndpoint.Effect]) -> [MSRPEndpoint.Notice] {
        effects.compactMap { if case .notice(let notice, "own") = $0 { notice } else { nil } }
    }

    @Test mutating func `A session that opens asks for a connection, and names itself on it`() {
        #expect(endpoint.perform(.open(end(.opens))) == [.open(session: "own", along: [Client.a.path])])
        #expect(endpoint.opening("own", on: connection) == [])
        let effects = endpoint.connected(connection)
        #expect(written(effects).first?.toPath == [Client.a.path])
        #expect(notices(effects) == [.connected])
    }

    @Test mutating func `A session that cannot be opened is closed`() {
        _ = endpoint.perform(.open(end(.opens)))
        #expect(endpoint.opening("own", on: nil) == [.notice(.closed, session: "own")])
        #expect(notices(endpoint.perform(.open(end(.opens, path: ["nonsense"])))) == [.closed])
        #expect(notices(endpoint.perform(.open(end(.waits, path: [])))) == [.closed])
    }

    @Test mutating func `A session that waits is bound by the first message for it`() {
        #expect(endpoint.perform(.open(end(.waits))) == [])
        let effects = endpoint.receive(Client.a.naming(to: [uri.description]), on: connection) ?? []
        #expect(effects.first == .bind(session: "own", connection))
        #expect(notices(effects) == [.connected])
        #expect(written(effects).map(\.status) == [200])
        let other = endpoint.receive(Client.a.text("x", to: [uri.description]), on: ConnectionID(3)) ?? []
        #expect(written(other).map(\.status) == [506])
    }

    @Test mutating func `A message for no session is not taken`() {
        #expect(endpoint.receive(Client.a.text("x", to: [uri.description]), on: connection) == nil)
    }

    /// A session that is bound.
    private mutating func begin(answering: MSRPSession.Answering = .atOnce) {
        _ = endpoint.perform(.open(end(.waits, answering: answering)))
        _ = endpoint.receive(Client.a.naming(to: [uri.description]), on: connection)
    }

    @Test mutating func `A message that has arrived is answered and delivered`() {
        begin()
        let effects = endpoint.receive(Client.a.text("Hello", to: [uri.description]), on: connection) ?? []
        #expect(written(effects).map(\.status) == [200])
        guard case .delivered(let message)? = notices(effects).first else { return #expect(Bool(false)) }
        #expect(message.body.text == "Hello")
        #expect(message.messageID == "ann-m1")
    }

    @Test(arguments: [MSRPStatusCode.ok, .forbidden]) mutating func `A message may wait to be judged`(
        status: MSRPStatusCode
    ) {
        begin(answering: .onceJudged)
        let message = Client.a.text("Hello", to: [uri.description], [MSRPField(.successReport, "yes")])
        let effects = endpoint.receive(message, on: connection) ?? []
        #expect(written(effects).isEmpty)
        #expect(notices(effects).count == 1)
        let answers = written(endpoint.perform(.judge(messageID: "ann-m1", status, session: "own")))
        #expect(answers.first?.status == status.rawValue)
        #expect(answers.dropFirst().map(\.method) == (status == .ok ? ["REPORT"] : []))
        #expect(endpoint.perform(.judge(messageID: "ann-m1", status, session: "own")) == [])
    }

    @Test mutating func `A message is sent in chunks, and its answers are told`() throws {
        begin()
        var end = end(.waits)
        end.chunkSize = 4
        _ = endpoint.perform(.open(end))
        _ = endpoint.receive(Client.a.naming(to: [uri.description]), on: connection)
        let outgoing = MSRPOutgoing(messageID: "m", contentType: "text/plain", body: Array("Hello you".utf8))
        let chunks = written(endpoint.perform(.send(outgoing, session: "own")))
        #expect(chunks.map { $0.body?.text } == ["Hell", "o yo", "u"])
        let told = chunks.flatMap { chunk in
            notices(endpoint.receive(MSRPMessage(status: 200, to: chunk), on: connection) ?? [])
        }
        #expect(told == [.answered(messageID: "m", status: 200)])
    }

    @Test mutating func `What is not answered in time, or lost with its connection, is told`() throws {
        begin()
        func outgoing(_ id: String) -> MSRPOutgoing {
            MSRPOutgoing(messageID: id, contentType: "text/plain", body: [1])
        }
        let effects = endpoint.perform(.send(outgoing("m1"), session: "own"))
        guard case .arm(let timer, let delay)? = effects.last else { return #expect(Bool(false)) }
        #expect(delay == .seconds(30))
        #expect(notices(endpoint.timer(timer)) == [.unanswered(messageID: "m1")])
        _ = endpoint.perform(.send(outgoing("m2"), session: "own"))
        #expect(notices(endpoint.closed(connection)) == [.unanswered(messageID: "m2"), .closed])
        #expect(endpoint.closed(connection) == [])
    }

    @Test mutating func `Reports are told, and sent`() {
        begin()
        let report = MSRPMessage(
            transactionID: "rep1", .request(method: "REPORT"), toPath: [uri.description], fromPath: [Client.a.path],
            fields: [MSRPField(.messageID, "m"), MSRPField(.byteRange, "1-1/1"), MSRPField(.status, "000 413")])
        #expect(notices(endpoint.receive(report, on: connection) ?? []) == [.reported(messageID: "m", status: 413)])
        let own = MSRPReport(
            messageID: "ann-m1", size: 5, status: StatusHeader(200), contentType: "text/xml", body: Array("<x/>".utf8))
        let sent = written(endpoint.perform(.report(own, session: "own"))).first
        #expect(sent?.method == "REPORT")
        #expect(sent?.byteRange == ByteRange(start: 1, end: 5, total: 5))
        #expect(sent?.contentType == "text/xml")
        #expect(sent?.body?.text == "<x/>")
    }

    @Test mutating func `A session that is closed lets its connection go`() {
        begin()
        #expect(endpoint.perform(.close(session: "own")).last == .release(session: "own", connection))
        #expect(endpoint.sessionCount == 0)
        #expect(endpoint.perform(.send(.init(contentType: "text/plain", body: []), session: "own")) == [])
    }
}
