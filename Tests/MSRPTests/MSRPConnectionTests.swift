import Bytes
import MSRP
import Testing

/// RFC 4975 §5.4: several sessions on one connection.
struct MSRPConnectionTests {
    private static let second = Ends.uri("msrp://bob.example.org:8888/second;tcp")

    /// Two sessions that wait at Bob's, by their session-ids.
    private func sessions() -> [String: MSRPSession] {
        let ends = Ends()
        return [
            "9di4ea": ends.bob,
            "second": MSRPSession(
                localPath: [Self.second], remotePath: [Ends.aliceURI], role: .waits,
                generator: SeededGenerator(seed: 9)),
        ]
    }

    private func send(to uri: MSRPURI, id: String) -> MSRPMessage {
        var request = MSRPTests.send(id: id)
        request.toPath = [uri.description]
        return request
    }

    @Test func `every message goes to the session that its To-Path names`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        let bytes = send(to: Ends.bobURI, id: "one1").serialized() + send(to: Self.second, id: "two2").serialized()
        let outputs = connection.receive(bytes, for: &sessions)
        let delivered = outputs.filter { !$0.effect.isWrite }
        #expect(delivered.map(\.sessionID) == ["9di4ea", "second"])
        #expect(outputs.map(\.effect).delivered.map(\.messageID) == ["one1", "two2"])
        #expect(outputs.map(\.effect).messages.map(\.status) == [200, 200])
        #expect(sessions.values.allSatisfy { $0.connection == 1 })
    }

    @Test func `segments end where they like`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        let bytes = send(to: Ends.bobURI, id: "one1").serialized() + send(to: Self.second, id: "two2").serialized()
        let outputs = bytes.flatMap { connection.receive([$0], for: &sessions) }
        #expect(outputs.map(\.effect).delivered.map(\.messageID) == ["one1", "two2"])
    }

    @Test func `a request for no session is answered 481`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        for uri in ["msrp://bob.example.org:8888/unknown;tcp", "msrp://bob.example.org:8888;tcp", "nonsense"] {
            var request = MSRPTests.send()
            request.toPath = [uri]
            let outputs = connection.receive(request.serialized(), for: &sessions)
            #expect(outputs.map(\.effect).messages == [MSRPMessage(status: 481, to: request)])
            #expect(outputs.map(\.sessionID) == [nil])
        }
    }

    @Test func `a REPORT, a response, or a request that wants no response gets none when it is for no session`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        var request = send(to: Ends.uri("msrp://bob.example.org:8888/unknown;tcp"), id: "one1")
        let response = MSRPMessage(status: 200, to: request)
        #expect(connection.receive(response.serialized(), for: &sessions) == [])
        request.set(.failureReport, "no")
        #expect(connection.receive(request.serialized(), for: &sessions) == [])
        request.startLine = .request(method: "REPORT")
        request.remove(.failureReport)
        #expect(connection.receive(request.serialized(), for: &sessions) == [])
    }

    @Test func `a session belongs to the connection of its first message, others are answered 506`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        var intruder = MSRPConnection(number: 3)
        let request = send(to: Ends.bobURI, id: "one1")
        _ = connection.receive(request.serialized(), for: &sessions)
        let outputs = intruder.receive(request.serialized(), for: &sessions)
        #expect(outputs.map(\.effect).messages == [MSRPMessage(status: 506, to: request)])
    }

    @Test func `a session that opened its connection is bound to it by its owner`() {
        var sessions = sessions()
        sessions["9di4ea"]?.connection = 2
        var connection = MSRPConnection(number: 1)
        let outputs = connection.receive(send(to: Ends.bobURI, id: "one1").serialized(), for: &sessions)
        #expect(outputs.map(\.effect).messages.map(\.status) == [506])
    }

    @Test func `when the connection closes its sessions hear of it, and no others`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        _ = connection.receive(send(to: Ends.bobURI, id: "one1").serialized(), for: &sessions)
        _ = sessions["9di4ea"]?.handle(.send(.text("Hello A", id: "back")))
        let outputs = connection.close(&sessions)
        #expect(outputs.last == .init(sessionID: "9di4ea", effect: .lost(messageID: "back")))
        #expect(outputs.allSatisfy { $0.sessionID == "9di4ea" })
    }

    @Test func `bytes that are no message close the connection`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        let garbage = Array("HELO\r\n".utf8)
        #expect(
            connection.receive(garbage, for: &sessions).map(\.effect)
                == [.rejected(garbage, reason: MSRPSyntaxError(.start, at: 0)), .close])
    }

    @Test func `one message that cannot be read does not disturb the next`() {
        var sessions = sessions()
        var connection = MSRPConnection(number: 1)
        let garbage = Array("MSRP d93kswow 20\r\n-------d93kswow$\r\n".utf8)
        let outputs = connection.receive(garbage + send(to: Ends.bobURI, id: "one1").serialized(), for: &sessions)
        #expect(outputs.first?.effect == .rejected(garbage, reason: MSRPSyntaxError(.statusCode, at: 14)))
        #expect(outputs.map(\.effect).delivered.count == 1)
    }
}
