import Bytes
import MessageBodies
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// The flow of IM-2.0-int-107: a session of two that becomes one of three.
@Suite struct ReplacesTests {
    /// The list entry of B with the dialog that A has.
    private func entry(_ success: SIPMessage, swapped: Bool = false) throws -> String {
        let theirs = try #require(try success.to()?.tag)
        let own = try #require(try success.from()?.tag)
        let (to, from) = swapped ? (own, theirs) : (theirs, own)
        let replaces = Replaces(callID: success.callID ?? "", toTag: to, fromTag: from).description
        let escaped = replaces.replacing(";", with: "%3B").replacing("=", with: "%3D").replacing("@", with: "%40")
        return "sip:bob@home.example?Replaces=\(escaped)"
    }

    @Test(arguments: [false, true]) func `The invitation takes the place of the dialog that its receiver has`(
        swapped: Bool
    ) throws {
        var stand = Stand()
        stand.logIn(.a, .b, .c)
        let session = try stand.establish()
        _ = stand.received(by: .b)
        var request = Client.a.gather([try entry(session.success, swapped: swapped), Client.c.imAddress])
        request.set(.callID, "three@ann")
        stand.send(request, from: .a)
        let atB = try #require(stand.received(by: .b).first)
        let replaces = try #require(try atB.replaces())
        #expect(replaces.callID == session.invite.callID)
        #expect(replaces.toTag == "bob-2", "The tag of whoever gets it")
        #expect(replaces.fromTag == (try session.invite.from()?.tag))
        #expect(atB.list(.require) == ["replaces"])
        #expect(try atB.to()?.uri == "sip:bob@home.example")
        let atC = try #require(stand.received(by: .c).first)
        #expect(atC.first(.replaces) == nil)
        #expect(atC.first(.require) == nil)
    }

    @Test func `Where two have no conference otherwise, one may take the place of their session`() throws {
        var configuration = Stand.configuration
        configuration.policy.conferencesOfTwo = .bySession
        var stand = Stand(configuration)
        stand.logIn(.a, .b)
        let session = try stand.establish()
        _ = stand.received(by: .b)
        var request = Client.a.gather([try entry(session.success), "sip:History@home.example"])
        request.set(.callID, "two@ann")
        stand.send(request, from: .a)
        #expect(try stand.received(by: .b).first?.replaces()?.callID == session.invite.callID)
    }

    @Test func `A dialog in which the server has no part stays as it was named`() throws {
        var configuration = Stand.configuration
        configuration.sessionRouting = .recordRoute
        var stand = Stand(configuration)
        stand.logIn(.a, .b, .c)
        let entry = "sip:bob@home.example?Replaces=call%40ann%3Bto-tag%3Db%3Bfrom-tag%3Da"
        stand.send(Client.a.gather([entry, Client.c.imAddress]), from: .a)
        let invite = try #require(stand.received(by: .b).first)
        #expect(invite.first(.replaces) == "call@ann;to-tag=b;from-tag=a")
    }

    @Test func `The old session ends by the BYE of whoever has accepted the new one`() throws {
        var stand = Stand()
        stand.logIn(.a, .b, .c)
        let session = try stand.establish()
        _ = stand.received(by: .b)
        var request = Client.a.gather([try entry(session.success), Client.c.imAddress])
        request.set(.callID, "three@ann")
        stand.send(request, from: .a)
        let invite = try #require(stand.received(by: .b).first)
        stand.send(Client.b.answer(200, to: invite, body: Client.b.conversation()), from: .b)
        stand.send(Client.b.reply(.bye, to: session.invite), from: .b)
        let received = stand.received(by: .a)
        #expect(received.contains { $0.status == 200 && $0.callID == "three@ann" })
        #expect(received.contains { $0.method == .bye && $0.callID == session.success.callID })
    }
}
