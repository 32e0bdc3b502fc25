import Bytes
import MSRP
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// The flow of IM-2.0-int-101, with the server in the path of the messages.
@Suite struct SessionTests {
    @Test func `An invitation reaches the other client as one of an IM server`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invites = stand.received(by: .b)
        #expect(invites.count == 1)
        let invite = try #require(invites.first)
        #expect(invite.method == .invite)
        #expect(invite.requestURI == Client.b.contact)
        #expect(invite.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(invite.first(.userAgent) == "IM-serv/OMA1.0")
        #expect(invite.first(.pAssertedIdentity) == "<sip:ann@home.example>")
        #expect(try invite.from()?.displayName == "ann")
        #expect(try invite.from()?.uri == "sip:ann@home.example")
        #expect(try invite.to()?.uri == "sip:bob@home.example")
        #expect(invite.list(.supported) == ["timer"])
        #expect(invite.first(.sessionExpires) == "1800;refresher=uas")
        #expect(invite.first(.allow)?.isEmpty == false)
        #expect(try invite.contact()?.parameters.first("+g.oma.sip-im") != nil)
        #expect(invite.list(.via).count == 1)
        #expect(invite.callID != "call@127.0.0.11")
    }

    @Test func `The offer keeps what it says, but leads to the server`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invite = try #require(stand.received(by: .b).first)
        let offer = try SessionDescription(parsing: invite.body)
        #expect(offer.origin.address.host == "127.0.0.1")
        #expect(offer.connection?.host == "127.0.0.1")
        #expect(offer.media.first?.port == 2855)
        #expect(offer.media.first?.acceptTypes == ["text/plain"])
        #expect(offer.media.first?.path.count == 1)
        #expect(offer.media.first?.path.first?.hasPrefix("msrp://127.0.0.1:2855/") == true)
    }

    @Test func `The acceptance reaches the caller with all that a server has to say`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        let session = try stand.establish()
        let success = session.success
        #expect(success.first(.server) == "IM-serv/OMA1.0")
        #expect(success.list(.require) == ["timer"])
        #expect(success.first(.sessionExpires) == "1800;refresher=uac")
        #expect(success.first(.pAssertedIdentity) == "<sip:bob@home.example>")
        #expect(try success.contact()?.parameters.first("+g.oma.sip-im") != nil)
        #expect(try success.to()?.tag != nil)
        let answer = try SessionDescription(parsing: success.body)
        let offer = try SessionDescription(parsing: Client.a.invite(.b).body)
        #expect(MSRPAnswer(answer, to: offer).problems == [])
        #expect(stand.received(by: .b).map(\.method) == [.ack])
    }

    @Test func `Messages go both ways with only their paths changed`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        let session = try stand.establish()
        // The server has opened the connection to B and says which session it is for.
        let naming = try #require(stand.messages(on: session.b).first)
        #expect(naming.body == nil)
        stand.send(MSRPMessage(status: 200, to: naming), on: session.b)

        let hello = Client.a.text("Hello B", to: session.success.offeredPath)
        stand.send(hello, on: session.a)
        let atB = try #require(stand.messages(on: session.b).first)
        #expect(atB.body?.text == "Hello B")
        #expect(atB.messageID == hello.messageID)
        #expect(atB.byteRange == hello.byteRange)
        #expect(atB.toPath == [Client.b.path])
        #expect(atB.fromPath == session.invite.offeredPath)

        stand.send(MSRPMessage(status: 200, to: atB), on: session.b)
        let answer = try #require(stand.messages(on: session.a).first)
        #expect(answer.status == 200)
        #expect(answer.transactionID == hello.transactionID)
        #expect(answer.toPath == [Client.a.path])
        #expect(answer.fromPath == session.success.offeredPath)

        stand.send(Client.b.text("Hello A", to: session.invite.offeredPath), on: session.b)
        #expect(stand.messages(on: session.a).map { $0.body?.text } == ["Hello A"])
    }

    @Test(arguments: [Side.a, .b]) func `Either side ends the session`(side: Side) throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        let session = try stand.establish()
        _ = stand.received(by: .b)
        let (leaver, other): (Client, Client) = side == .a ? (.a, .b) : (.b, .a)
        let bye =
            side == .a
            ? Client.a.inDialog(.bye, of: session.success, sequence: 2) : Client.b.reply(.bye, to: session.invite)
        stand.send(bye, from: leaver)
        #expect(stand.received(by: leaver).map(\.status) == [200])
        let passed = try #require(stand.received(by: other).first)
        #expect(passed.method == .bye)
        #expect(Set(stand.closed) == [session.a, session.b])
        stand.send(other.answer(200, to: passed), from: other)
        #expect(stand.received(by: leaver).isEmpty)
        stand.pass(.seconds(100))
        #expect(stand.timerCount == 1, "Only the registrations are left")
    }

    enum Side: CaseIterable { case a, b }
}
