import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Large messages to users who are away.
///
/// OMA-TS-SIMPLE_IM-V1_0 §9.1.1.2 step 4, §12.2.2.1 and §12.2.2.3
@Suite struct LargeMessageDeferralTests {
    private var stand = Stand()

    init() { stand.logIn(.a, absent: .b) }

    private mutating func begin() throws -> (success: SIPMessage, id: ConnectionID) {
        stand.send(Client.a.largeMessage(to: .b), from: .a)
        let accepted = stand.received(by: .a).first { $0.status == 200 }
        let success = try #require(accepted)
        stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
        return (success, stand.connect(.a))
    }

    @Test mutating func `The server takes the message itself, as a machine that only receives`() throws {
        let (success, _) = try begin()
        let contact = try #require(try success.contact())
        #expect(contact.parameters.first("automata") != nil && contact.has(.largeMessage))
        #expect(success.first(.pAssertedIdentity) == "<sip:bob@home.example>")
        let answer = try SessionDescription(parsing: success.body)
        #expect(answer.media.map { answer.direction(of: $0) } == [.receiveOnly])
        let offer = try SessionDescription(parsing: Client.a.largeMessage(to: .b).body)
        #expect(MSRPAnswer(answer, to: offer).problems.isEmpty)
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test mutating func `The message is kept before its last chunk is acknowledged`() throws {
        let (success, id) = try begin()
        var chunk = Client.a.text("lar", to: success.offeredPath, id: "m")
        chunk.set(.byteRange, "1-3/5")
        chunk.continuation = .more
        stand.send(chunk, on: id)
        #expect(stand.messages(on: id).map(\.status) == [200])
        #expect(stand.journal.isEmpty)
        chunk.body = Array("ge".utf8)
        chunk.transactionID = "last"
        chunk.set(.byteRange, "4-5/5")
        chunk.continuation = .complete
        stand.send(chunk, on: id)
        #expect(stand.messages(on: id).map(\.status) == [200])
        guard case .persist(.deferred(let message, user: Client.b.imAddress))? = stand.latest.first else {
            Issue.record("The record does not come first")
            return
        }
        #expect(message.payloadSize == 5)
        #expect(stand.references == [message.id])
    }

    @Test mutating func `The recipient gets the message with what set its session up and ended it`() throws {
        let (success, id) = try begin()
        stand.send(Client.a.text("large", to: success.offeredPath), on: id)
        stand.send(Client.a.inDialog(.bye, of: success, sequence: 2), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [200])
        #expect(stand.server.sinks.isEmpty)

        let message = try #require(stand.server.deferred[Client.b.imAddress].first)
        let item = try #require(message.item(boundary: "x").messages.first)
        #expect(item.contentType == "multipart/mixed;boundary=x")
        let body = try EncapsulatedMessage(parsing: item.body, contentType: item.contentType)
        #expect(
            body.sipMessages.map(\.startLine).map { $0?.split(separator: " ").first } == ["INVITE", "SIP/2.0", "BYE"])
        #expect(body.payload?.body.text == "large")
        #expect(body.msrpRequests.first?.value("Message-ID") == "ann-m1")
        #expect(body.msrpRequests.first?.value("Date") != nil)
        #expect(body.request?.value("P-Asserted-Identity") == "<sip:ann@home.example>")
        #expect(body.sipMessages.allSatisfy { $0.body.isEmpty })
        guard case .deferred(let record, _)? = stand.journal.last else { return }
        #expect(record == message, "The journal has the BYE as well")
    }

    @Test mutating func `A message that is not complete is not kept`() throws {
        let (success, id) = try begin()
        var chunk = Client.a.text("lar", to: success.offeredPath)
        chunk.set(.byteRange, "1-3/5")
        chunk.continuation = .more
        stand.send(chunk, on: id)
        stand.give(.closed(id, reason: nil))
        #expect(stand.received(by: .a).map(\.method) == [.bye])
        #expect(stand.kept.isEmpty)
    }

    @Test mutating func `A message for which there is no room is refused`() throws {
        var configuration = Stand.configuration
        configuration.limits.deferredBytesPerUser = 100
        stand = Stand(configuration)
        stand.logIn(.a, absent: .b)
        let (success, id) = try begin()
        stand.send(Client.a.text("large", to: success.offeredPath), on: id)
        #expect(stand.messages(on: id).map(\.status) == [413])
        #expect(stand.kept.isEmpty)
        configuration.limits.deferredMessagesPerUser = 0
        stand = Stand(configuration)
        stand.logIn(.a, absent: .b)
        stand.send(Client.a.largeMessage(to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [480])
    }

    @Test mutating func `Who hides is not named in what is kept`() throws {
        var invite = Client.a.largeMessage(to: .b)
        invite.add(.privacy, "id")
        stand.send(invite, from: .a)
        let accepted = stand.received(by: .a).first { $0.status == 200 }
        let success = try #require(accepted)
        let id = stand.connect(.a)
        stand.send(Client.a.text("large", to: success.offeredPath), on: id)
        #expect(stand.server.deferred[Client.b.imAddress].map { $0.request.contains(.pAssertedIdentity) } == [false])
    }

    @Test mutating func `An offer that only receives has nothing to keep`() {
        var invite = Client.a.largeMessage(to: .b)
        invite.body = Array(Client.a.receiving().utf8)
        stand.send(invite, from: .a)
        #expect(stand.received(by: .a).map(\.status) == [488])
    }
}
