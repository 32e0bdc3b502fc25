import Actors
import Bytes
import MessageBodies
import Network
import SIPSyntax
import Testing

/// Delivery reports of pager mode.
@Suite struct NotificationTests {
    private func page(_ reports: IMClient.Profile.DeliveryReports = .asked) -> World {
        var world = World { $0.deliveryReports = reports }
        world.logIn()
        world.perform(World.alice, .page(text: "Hello 1", to: .user("sip:bob@example.com")))
        return world
    }

    /// What Alice has asked to be told.
    private func asked(in world: World) throws -> IMDNRequest {
        let message = try #require(world.requests(.message, from: World.alice).first)
        return try #require(try CPIMMessage(parsing: message.body).imdnRequest)
    }

    @Test func `Who wants to know what becomes of a page asks in a wrapper`() throws {
        let message = try #require(page().requests(.message, from: World.alice).first)
        #expect(message.first(.contentType) == "message/cpim")
        let wrapper = try CPIMMessage(parsing: message.body)
        #expect(wrapper.from == "sip:alice@example.com" && wrapper.to == ["sip:bob@example.com"])
        #expect(wrapper.imdnRequest?.dispositions == [.positiveDelivery, .negativeDelivery])
        #expect(wrapper.dateTime == "1970-01-01T00:00:02Z")
        #expect(wrapper.body.text == "Hello 1")
    }

    @Test func `Who does not want to know asks for nothing, and nobody tells`() {
        let world = page(.unasked)
        #expect(world.requests(.message, from: World.alice).first?.first(.contentType) == "text/plain")
        #expect(world.requests(.message, from: World.bob).isEmpty)
    }

    @Test func `The receiver tells the sender by MESSAGE that the page has arrived`() throws {
        let world = page()
        #expect(world.heard(.received(text: "Hello 1", from: "sip:alice@example.com", session: nil), by: World.bob))
        let message = try #require(world.requests(.message, from: World.bob).first)
        #expect(message.requestURI == "sip:alice@example.com")
        #expect(message.first(.acceptContact) == "*;+g.oma.sip-im")
        let asked = try asked(in: world)
        let wrapper = try CPIMMessage(parsing: message.body)
        #expect(wrapper.contentType == "message/imdn+xml")
        #expect(wrapper.contentFields.first("Content-Disposition") == "notification")
        let notification = try IMDN(parsing: wrapper.body)
        #expect(notification.messageID == asked.messageID)
        #expect(notification.recipientURI == "sip:bob@example.com")
        #expect(notification.notification == .delivery(.delivered))
        #expect(world.requests(.message, from: World.alice).count == 1)
    }

    @Test func `The sender knows which page it is about`() {
        let world = page()
        #expect(
            world.heard(
                .deliveryReported(of: "Hello 1", by: "sip:bob@example.com", outcome: "delivered"), by: World.alice))
        #expect(world.responses(to: .message, from: World.alice).map(\.status) == [200])
    }

    @Test func `Notifications that come together are told one by one, and those about nothing known not at all`() throws
    {
        var world = page()
        let asked = try asked(in: world)
        func part(_ id: String, _ user: String, _ outcome: IMDN.Delivery) -> MultipartBody.BodyPart {
            let notification = IMDN(
                messageID: id, dateTime: nil, recipientURI: user, notification: .delivery(outcome))
            return MultipartBody.BodyPart(contentType: "message/imdn+xml", body: notification.serialized())
        }
        let body = MultipartBody(
            boundary: "next",
            parts: [
                part(asked.messageID, "sip:bob@example.com", .delivered),
                part(asked.messageID, "sip:carol@example.com", .failed), part("other", "sip:dave@example.com", .failed),
            ])
        var message = SIPMessage(.message, uri: "sip:alice@127.0.0.11:5060")
        message.add(.via, "SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKaggregate")
        message.add(.from, "<sip:group@example.com>;tag=g")
        message.add(.to, "<sip:alice@example.com>")
        message.add(.callID, "aggregate")
        message.add(.cSeq, "1 MESSAGE")
        message.add(.contentType, "message/cpim")
        message.body = CPIMMessage(
            from: "sip:group@example.com", to: ["sip:alice@example.com"], contentType: body.contentType,
            body: body.serialized()
        ).serialized()
        world.receive(message.serialized(), from: SocketAddress(World.core, port: 5060), at: World.alice)
        let told = world.reports[World.alice]?.filter { if case .deliveryReported = $0 { true } else { false } }
        #expect(
            told?.suffix(2) == [
                .deliveryReported(of: "Hello 1", by: "sip:bob@example.com", outcome: "delivered"),
                .deliveryReported(of: "Hello 1", by: "sip:carol@example.com", outcome: "failed"),
            ])
    }
}
