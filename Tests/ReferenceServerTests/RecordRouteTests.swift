import Bytes
import MessageBodies
import Network
import ReferenceServer
import SIPSyntax
import Testing

/// Sessions through a record-routing proxy: OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2.2 step 2, RFC 3261 §16.
@Suite struct RecordRouteTests {
    private var stand: Stand

    init() {
        var configuration = Stand.configuration
        configuration.sessionRouting = .recordRoute
        stand = Stand(configuration)
        stand.logIn(.a, .b)
    }

    private mutating func invited() throws -> SIPMessage {
        stand.send(Client.a.invite(.b), from: .a)
        return try #require(stand.received(by: .b).first)
    }

    @Test mutating func `The INVITE goes on as it is, by way of the server`() throws {
        let invite = try invited()
        #expect(invite.requestURI == Client.b.contact)
        #expect(invite.callID == "call@127.0.0.11")
        #expect(invite.list(.recordRoute) == ["<sip:127.0.0.1:5060;lr>"])
        #expect(invite.first(.pAssertedIdentity) == "<sip:ann@home.example>")
        #expect(invite.first(.userAgent) == "IM-client/OMA1.0 Test/1")
        #expect(invite.body.text == Client.a.description)
        #expect(stand.connects.isEmpty)
    }

    @Test mutating func `Session, ACK and BYE pass from end to end`() throws {
        let invite = try invited()
        stand.send(Client.b.answer(200, to: invite), from: .b)
        let success = try #require(stand.received(by: .a).first)
        #expect(try success.contact()?.uri == Client.b.contact)
        stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
        let ack = try #require(stand.received(by: .b).first)
        #expect(ack.method == .ack)
        #expect(ack.list(.via).count == 2)
        #expect(!ack.contains(.route))

        stand.send(Client.b.reply(.bye, to: invite), from: .b)
        let bye = try #require(stand.received(by: .a).first)
        #expect(bye.requestURI == Client.a.contact)
        stand.send(Client.a.answer(200, to: bye), from: .a)
        #expect(stand.received(by: .b).map(\.status) == [200])
        stand.pass(.seconds(100))
        #expect(stand.timerCount == 1)
    }

    @Test mutating func `A repeated 200 of the callee is passed on each time`() throws {
        let invite = try invited()
        for _ in 0..<3 { stand.send(Client.b.answer(200, to: invite), from: .b) }
        #expect(stand.received(by: .a).map(\.status) == [200, 200, 200])
    }

    @Test mutating func `CANCEL goes after the INVITE`() throws {
        let invite = try invited()
        stand.send(Client.b.answer(180, to: invite), from: .b)
        var cancel = Client.a.request("CANCEL", Client.b.imAddress, branch: "annINVITE1")
        cancel.set(.cSeq, "1 CANCEL")
        stand.send(cancel, from: .a)
        #expect(stand.received(by: .a).map(\.status) == [180, 200])
        #expect(stand.received(by: .b).map(\.method) == [.cancel])
        stand.send(Client.b.answer(487, to: invite), from: .b)
        #expect(stand.received(by: .a).map(\.status) == [487])
    }

    @Test mutating func `A callee that never answers is 408`() throws {
        _ = try invited()
        stand.pass(.seconds(33))
        #expect(stand.received(by: .a).compactMap(\.status).last == 408)
    }

    @Test mutating func `The settings bar sessions here, too`() throws {
        let document = IMServiceSettings(barsSessions: true).serialized(entity: "x").text
        stand.send(Client.b.publish(document, sequence: 2), from: .b)
        _ = stand.received(by: .b)
        stand.send(Client.a.invite(.b), from: .a)
        let refusal = try #require(stand.received(by: .a).first)
        #expect(refusal.status == 403)
        #expect(refusal.first(.warning) == "399 home.example \"127 Service not authorised\"")
        #expect(stand.received(by: .b).isEmpty)
    }
}
