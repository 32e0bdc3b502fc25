import Bytes
import MSRP
import Network
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// The flows of IM-2.0-int-601 to 604: files between two users, with the server in the path of each.
@Suite struct RelayedFileTests {
    /// The line of a file.
    private static func file(_ client: Client, _ id: String, _ direction: String = "sendonly", port: Int = 2855)
        -> String
    {
        """
        m=message \(port) TCP/MSRP *\r
        a=\(direction)\r
        a=accept-types:image/png\r
        a=path:msrp://\(client.address):2855/\(client.name)-\(id);tcp\r
        a=file-selector:name:"\(id).png" type:image/png size:5\r
        a=file-transfer-id:\(id)\r\n
        """
    }

    private static func bytes(_ client: Client, _ id: String, along path: [String]) -> MSRPMessage {
        var message = client.text("\u{1}PNG!", to: path, id: id)
        message.fromPath = ["msrp://\(client.address):2855/\(client.name)-\(id);tcp"]
        message.set(.contentType, "image/png")
        return message
    }

    /// Accepts the connections that the server has opened since, the latest last.
    private func connections(_ stand: inout Stand, to client: Client, after known: Int) -> [ConnectionID] {
        let new = stand.connects.dropFirst(known).filter { $0.to.address == client.address }
        for (id, remote) in new {
            stand.give(.connected(id, local: SocketAddress(Stand.address, port: 50_000), remote: remote))
            for naming in stand.messages(on: id) { stand.send(MSRPMessage(status: 200, to: naming), on: id) }
        }
        return new.map(\.id)
    }

    private func established() throws -> (Stand, Stand.Session) {
        var stand = Stand()
        stand.logIn(.a, .b)
        let session = try stand.establish()
        for naming in stand.messages(on: session.b) { stand.send(MSRPMessage(status: 200, to: naming), on: session.b) }
        _ = stand.received(by: .a)
        _ = stand.received(by: .b)
        return (stand, session)
    }

    @Test(arguments: [1, 2]) func `Files outside of a session have a path each`(count: Int) throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        let ids = (1...count).map { "file\($0)" }
        let head = String(Client.a.description.prefix(while: { $0 != "m" }))
        var request = Client.a.invite(.b)
        request.remove(.contentLength)
        request.body = Array((head + ids.map { Self.file(.a, $0) }.joined()).utf8)
        stand.send(request, from: .a)
        let invite = try #require(stand.received(by: .b).first)
        let offer = try SessionDescription(parsing: invite.body)
        #expect(offer.media.map(\.fileTransferID) == ids)
        #expect(Set(offer.media.flatMap(\.path)).count == count)
        #expect(offer.media.allSatisfy { $0.path.first?.hasPrefix("msrp://127.0.0.1:2855/") == true })
        let before = stand.connects.count
        let answer =
            head.replacing("127.0.0.11", with: "127.0.0.12") + ids.map { Self.file(.b, $0, "recvonly") }.joined()
        stand.send(Client.b.answer(200, to: invite, body: answer), from: .b)
        let success = try #require(stand.received(by: .a).last)
        let answered = try SessionDescription(parsing: success.body)
        let opened = connections(&stand, to: .b, after: before)
        #expect(opened.count == count)
        for (index, id) in ids.enumerated() {
            let connection = stand.connect(.a)
            stand.send(Self.bytes(.a, id, along: answered.media[index].path), on: connection)
            let passed = try #require(stand.messages(on: opened[index]).first)
            #expect(passed.body?.text == "\u{1}PNG!")
            #expect(passed.toPath == ["msrp://127.0.0.12:2855/bob-\(id);tcp"])
            #expect(passed.fromPath == offer.media[index].path)
            stand.send(MSRPMessage(status: 200, to: passed), on: opened[index])
            #expect(stand.messages(on: connection).map(\.status) == [200])
        }
    }

    @Test(arguments: [true, false]) func `A file within a session passes beside the conversation`(byCaller: Bool) throws
    {
        var (stand, session) = try established()
        let (sender, receiver): (Client, Client) = byCaller ? (.a, .b) : (.b, .a)
        let offer = sender.description + Self.file(sender, "one")
        let request =
            byCaller
            ? Client.a.inDialog(.invite, of: session.success, sequence: 2, body: offer)
            : Client.b.reply(.invite, to: session.invite, body: offer)
        stand.send(request, from: sender)
        let passed = try #require(stand.received(by: receiver).first)
        let description = try SessionDescription(parsing: passed.body)
        #expect(description.media.count == 2)
        #expect(description.media[0].path != description.media[1].path)
        let before = stand.connects.count
        stand.send(
            receiver.answer(200, to: passed, body: receiver.description + Self.file(receiver, "one", "recvonly")),
            from: receiver)
        let success = try #require(stand.received(by: sender).first)
        let answer = try SessionDescription(parsing: success.body)
        let opened = connections(&stand, to: receiver, after: before)
        #expect(opened.count == 1, "To whoever has not offered the line")
        let connection = stand.connect(sender)
        stand.send(Self.bytes(sender, "one", along: answer.media[1].path), on: connection)
        let file = try #require(opened.first.flatMap { stand.messages(on: $0).first })
        #expect(file.body?.text == "\u{1}PNG!")
        stand.send(sender.text("Did you see it?", to: answer.media[0].path), on: byCaller ? session.a : session.b)
        #expect(stand.messages(on: byCaller ? session.b : session.a).map { $0.body?.text } == ["Did you see it?"])
    }

    @Test func `A file that is refused has no path, and may be fetched later`() throws {
        var (stand, session) = try established()
        let offer = Client.a.description + Self.file(.a, "one")
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: offer), from: .a)
        let passed = try #require(stand.received(by: .b).first)
        let before = stand.connects.count
        let refusal = Client.b.description + Self.file(.b, "one", "recvonly", port: 0)
        stand.send(Client.b.answer(200, to: passed, body: refusal), from: .b)
        let success = try #require(stand.received(by: .a).first)
        #expect(try SessionDescription(parsing: success.body).media.map(\.isRefused) == [false, true])
        #expect(stand.connects.count == before)
        var ack = Client.a.inDialog(.ack, of: session.success, sequence: 2)
        ack.set(.cSeq, "2 ACK")
        stand.send(ack, from: .a)

        let pull = refusal + Self.file(.b, "again", "recvonly")
        stand.send(Client.b.reply(.invite, to: session.invite, body: pull), from: .b)
        let fetched = try #require(stand.received(by: .a).first { $0.method == .invite })
        #expect(try SessionDescription(parsing: fetched.body).media.map(\.isRefused) == [false, true, false])
        let answer =
            Client.a.description + Self.file(.a, "one", "sendonly", port: 0) + Self.file(.a, "again", "sendonly")
        stand.send(Client.a.answer(200, to: fetched, body: answer), from: .a)
        let opened = connections(&stand, to: .a, after: before)
        #expect(opened.count == 1)
        let accepted = try #require(stand.received(by: .b).last)
        let toB = stand.connect(.b)
        var naming = Client.b.naming(to: try SessionDescription(parsing: accepted.body).media[2].path)
        naming.fromPath = ["msrp://127.0.0.12:2855/bob-again;tcp"]
        stand.send(naming, on: toB)
        #expect(stand.messages(on: toB).map(\.status) == [200])
        let path = try SessionDescription(parsing: fetched.body).media[2].path
        stand.send(Self.bytes(.a, "again", along: path), on: opened[0])
        #expect(stand.messages(on: toB).map { $0.body?.text } == ["\u{1}PNG!"])
    }

    @Test func `The end of a file closes its connections, and no others`() throws {
        var (stand, session) = try established()
        let offer = Client.a.description + Self.file(.a, "one")
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: offer), from: .a)
        let first = try #require(stand.received(by: .b).first)
        let before = stand.connects.count
        stand.send(
            Client.b.answer(200, to: first, body: Client.b.description + Self.file(.b, "one", "recvonly")), from: .b)
        let opened = connections(&stand, to: .b, after: before)
        _ = stand.received(by: .a)
        stand.send(Client.a.inDialog(.ack, of: session.success, sequence: 2), from: .a)
        let closing = Client.a.description + Self.file(.a, "one", port: 0)
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 3, body: closing), from: .a)
        let second = try #require(stand.received(by: .b).last { $0.method == .invite })
        #expect(try SessionDescription(parsing: second.body).media.map(\.isRefused) == [false, true])
        stand.send(
            Client.b.answer(200, to: second, body: Client.b.description + Self.file(.b, "one", "recvonly", port: 0)),
            from: .b)
        #expect(stand.closed == opened)
        stand.send(Client.a.text("Still here", to: session.success.offeredPath), on: session.a)
        #expect(stand.messages(on: session.b).map { $0.body?.text } == ["Still here"])
    }
}
