import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

@testable import ReferenceServer

/// The flow of IM-2.0-int-402: B gets what was kept for him as soon as he says that he wants it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.2 and §12.2.2.5
@Suite struct DeferredPushTests {
    private var stand = Stand()

    init() {
        stand.logIn(.a, absent: .b, settings: IMServiceSettings(wantsOfflineDelivery: true))
        stand.store("one", "two")
    }

    /// B comes back, and publishes.
    private mutating func comeBack(wantingDelivery: Bool = true) -> SIPMessage? {
        stand.send(Client.b.register(sequence: 3), from: .b)
        #expect(stand.received(by: .b).map(\.status) == [200])
        let settings = IMServiceSettings(wantsOfflineDelivery: wantingDelivery)
        stand.send(Client.b.publish(settings.serialized(entity: "x").text, sequence: 2), from: .b)
        let received = stand.received(by: .b)
        #expect(received.first?.status == 200)
        return received.first { $0.method == .invite }
    }

    private func answer(_ direction: String = "recvonly") -> String {
        Client.b.receiving("multipart/mixed").replacing("recvonly", with: direction)
    }

    @Test mutating func `A registration brings nothing, a publication everything`() throws {
        let push = comeBack()
        let invite = try #require(push)
        #expect(invite.requestURI == Client.b.contact)
        #expect(invite.all(.acceptContact) == ["*;+g.oma.sip-im"])
        #expect(invite.first(.userAgent) == "IM-serv/OMA1.0")
        #expect(invite.first(.sessionExpires)?.contains("refresher=uac") == true)
        #expect(invite.list(.supported).contains("timer"))
        let contact = try #require(try invite.contact())
        #expect(contact.has(.instantMessaging) && contact.parameters.first("automata") != nil)
        let offer = try SessionDescription(parsing: invite.body)
        #expect(offer.media.map { offer.direction(of: $0) } == [.sendOnly])

        stand.send(Client.b.answer(200, to: invite, body: answer()), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.ack])
        let connection = stand.acceptConnection()
        let id = try #require(connection)
        #expect(stand.connects.last?.to == SocketAddress(Client.b.address, port: 2855))
        let taken = stand.takeAll(on: id, by: .b)
        #expect(taken.map(\.payload?.body.text) == ["one", "two"])
        let release = stand.received(by: .b).first
        let bye = try #require(release)
        #expect(bye.method == .bye)
        stand.send(Client.b.answer(200, to: bye), from: .b)
        #expect(stand.closed.contains(id))
        #expect(stand.kept.isEmpty)
        #expect(stand.server.deliveries.isEmpty)
        #expect(stand.metadata?.items == [])
    }

    @Test mutating func `Who does not want it gets nothing`() {
        #expect(comeBack(wantingDelivery: false) == nil)
        #expect(stand.kept.count == 2)
    }

    @Test mutating func `A refresh of the publication is a publication`() throws {
        let push = comeBack()
        let invite = try #require(push)
        stand.send(Client.b.answer(486, to: invite), from: .b)
        #expect(stand.kept.count == 2)
        let tag = "no such tag"
        stand.send(Client.b.publish("", sequence: 3, "Event: poc-settings\nSIP-If-Match: \(tag)"), from: .b)
        #expect(!stand.received(by: .b).contains { $0.method == .invite })
        let settings = IMServiceSettings(wantsOfflineDelivery: true)
        stand.send(Client.b.publish(settings.serialized(entity: "x").text, sequence: 4), from: .b)
        #expect(stand.received(by: .b).contains { $0.method == .invite })
    }

    @Test mutating func `What is on its way is not pushed again`() throws {
        let push = comeBack()
        #expect(push != nil)
        let settings = IMServiceSettings(wantsOfflineDelivery: true)
        stand.send(Client.b.publish(settings.serialized(entity: "x").text, sequence: 5), from: .b)
        #expect(stand.received(by: .b).map(\.status) == [200])
    }

    @Test(arguments: ["sendonly", "inactive"]) mutating func `An answer that takes nothing ends it`(direction: String)
        throws
    {
        let push = comeBack()
        let invite = try #require(push)
        stand.send(Client.b.answer(200, to: invite, body: answer(direction)), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.ack, .bye])
        #expect(stand.kept.count == 2)
    }

    @Test mutating func `A client that is not there keeps everything in the store`() throws {
        let push = comeBack()
        #expect(push != nil)
        stand.pass(.seconds(64))
        #expect(stand.server.deliveries.isEmpty)
        #expect(stand.kept.count == 2)
    }

    @Test mutating func `A message that hides its sender comes without his name`() throws {
        stand.pass(.seconds(40))
        stand.store("three", lines: "Accept-Contact: *;+g.oma.sip-im\nPrivacy: id")
        let push = comeBack()
        let invite = try #require(push)
        stand.send(Client.b.answer(200, to: invite, body: answer()), from: .b)
        let connection = stand.acceptConnection()
        let id = try #require(connection)
        let taken = stand.takeAll(on: id, by: .b)
        #expect(taken.map { $0.value("P-Asserted-Identity") != nil } == [true, true, false])
    }
}
