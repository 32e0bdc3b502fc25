import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

@testable import ReferenceServer

/// What users have recorded without asking each time.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.3.1, §6.1.2.3.1 and §13, first method
@Suite struct AutomaticHistoryTests {
    private func items(_ stand: Stand, of client: Client) -> [ConversationRecord] {
        stand.server.conversations[client.imAddress]
    }

    @Test func `A page is recorded for each party who wants that`() throws {
        var stand = Stand()
        stand.logIn(.a, .b, settings: IMServiceSettings(recordsPagers: true))
        stand.logIn(.c)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        stand.send(Client.b.page("Hello", to: .c), from: .b)
        #expect(items(stand, of: .a).count == 1)
        #expect(items(stand, of: .b).count == 2)
        #expect(items(stand, of: .c).isEmpty)
        let record = try #require(items(stand, of: .a).first)
        let message = try #require(record.item(boundary: "x").messages.first)
        let body = try EncapsulatedMessage(parsing: message.body, contentType: message.contentType)
        #expect(body.request?.method == "MESSAGE")
        #expect(body.payload?.body.text == "Hello")
        #expect(body.value("P-Asserted-Identity") == "<sip:ann@home.example>")
    }

    @Test func `A page that is refused is not recorded`() {
        var stand = Stand()
        stand.logIn(.a, settings: IMServiceSettings(recordsPagers: true))
        stand.logIn(.b, settings: IMServiceSettings(barsPagers: true, recordsPagers: true))
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        #expect(items(stand, of: .a).isEmpty && items(stand, of: .b).isEmpty)
    }

    @Test(arguments: ReferenceServer.SessionRouting.allCases)
    func `A session is recorded through the server, however sessions go otherwise`(
        routing: ReferenceServer.SessionRouting
    ) throws {
        var configuration = Stand.configuration
        configuration.sessionRouting = routing
        var stand = Stand(configuration)
        stand.logIn(.a, settings: IMServiceSettings(recordsSessions: true))
        stand.logIn(.b)
        let session = try stand.establish()
        stand.send(Client.a.text("Hello B", to: session.success.offeredPath), on: session.a)
        stand.send(Client.b.text("Hello A", to: session.invite.offeredPath), on: session.b)
        #expect(items(stand, of: .a).map(\.isComplete) == [false])
        stand.send(Client.a.inDialog(.bye, of: session.success, sequence: 2), from: .a)
        let record = try #require(items(stand, of: .a).first)
        #expect(record.isComplete)
        let texts = try record.item(boundary: "x").messages.map { message in
            #expect(message.contentType == "message/msrp")
            return try MSRPFragment(parsing: message.body).body.text
        }
        #expect(texts == ["Hello B", "Hello A"])
        #expect(items(stand, of: .b).isEmpty)
    }

    @Test func `A session in a conference is recorded from the time when its user is in it`() throws {
        var gathering = Gathering()
        let settings = IMServiceSettings(recordsSessions: true).serialized(entity: "x").text
        gathering.stand.send(Client.a.publish(settings, sequence: 7), from: .a)
        _ = gathering.stand.received(by: .a)
        try gathering.gather([.b, .c])
        gathering.everybody = gathering.identity
        gathering.say("Hello", by: .b)
        #expect(gathering.stand.server.conversations[Client.a.imAddress].map(\.messageCount) == [1])
        gathering.leave(.a)
        #expect(gathering.stand.server.conversations[Client.a.imAddress].map(\.isComplete) == [true])
    }

    @Test func `The chunks of a large message are one record`() throws {
        var stand = Stand()
        stand.logIn(.a)
        stand.logIn(.b, settings: IMServiceSettings(recordsPagers: true))
        let session = try stand.establish { invite in
            invite.set(.acceptContact, "*;+g.oma.sip-im, *;+g.oma.sip-im.large-message")
        }
        var chunk = Client.a.text("lar", to: session.success.offeredPath, id: "m")
        chunk.set(.byteRange, "1-3/5")
        chunk.continuation = .more
        stand.send(chunk, on: session.a)
        chunk.body = Array("ge".utf8)
        chunk.transactionID = "last"
        chunk.set(.byteRange, "4-5/5")
        chunk.continuation = .complete
        stand.send(chunk, on: session.a)
        stand.send(Client.a.inDialog(.bye, of: session.success, sequence: 2), from: .a)
        let record = try #require(items(stand, of: .b).first)
        #expect(items(stand, of: .b).count == 1)
        guard case .large(let large) = record.content else {
            Issue.record("It is no large message")
            return
        }
        #expect(large.send.body?.text == "large")
        #expect(large.invite.first(.pAssertedIdentity) == "<sip:ann@home.example>")
    }

    @Test(arguments: [[0, 1, 2], [2, 0, 1]]) func `Chunks are joined in the order of their bytes`(order: [Int]) {
        let parts = ["ab", "cd", "e"]
        let chunks = order.map { index in
            var chunk = Client.a.text(parts[index], to: ["msrp://x"], id: "m")
            let start = 1 + index * 2
            chunk.set(.byteRange, "\(start)-\(start + parts[index].count - 1)/5")
            chunk.continuation = index == 2 ? .complete : .more
            return chunk
        }
        #expect(MSRPMessage.joining(chunks).map { $0.body?.text } == ["abcde"])
        let incomplete = MSRPMessage.joining(chunks.filter { $0.body?.text != "cd" })
        #expect(incomplete.isEmpty)
    }
}
