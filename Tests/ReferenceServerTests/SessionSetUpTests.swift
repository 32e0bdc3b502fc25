import Bytes
import Network
import ReferenceServer
import SIPSyntax
import Testing

/// How a session does not come about, or ends before its time: RFC 3261 §9, §13 and §15 at a back-to-back user agent.
@Suite struct SessionSetUpTests {
    private func invited(_ configuration: ReferenceServer.Configuration = Stand.configuration) throws -> (
        Stand, SIPMessage
    ) {
        var stand = Stand(configuration)
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invite = try #require(stand.received(by: .b).first)
        return (stand, invite)
    }

    /// The CANCEL of an INVITE.
    private func cancel(_ invite: SIPMessage) -> SIPMessage {
        var cancel = invite
        cancel.startLine = .request(.cancel, uri: invite.requestURI ?? "")
        cancel.set(.cSeq, "1 CANCEL")
        for name in [SIPFieldName.contact, .contentType, .contentLength] { cancel.remove(name) }
        cancel.body = []
        return cancel
    }

    @Test func `Ringing reaches the caller, in a dialog of the server`() throws {
        var (stand, invite) = try invited()
        stand.send(Client.b.answer(180, to: invite), from: .b)
        let ringing = try #require(stand.received(by: .a).first)
        #expect(ringing.status == 180)
        #expect(try ringing.to()?.tag != nil)
        #expect(try ringing.to()?.tag != "bob-2")
        #expect(try ringing.contact()?.sipURI?.host == "127.0.0.1")
        #expect(ringing.first(.server) == "IM-serv/OMA1.0")
    }

    @Test(arguments: [302, 404, 480, 486, 488, 606]) func `A refusal reaches the caller with its reasons`(status: Int)
        throws
    {
        var (stand, invite) = try invited()
        let warning = SIPField(.warning, "399 x \"Not now\"")
        stand.send(Client.b.answer(status, to: invite, [warning]), from: .b)
        let refusal = try #require(stand.received(by: .a).first)
        #expect(refusal.status == status)
        #expect(refusal.first(.warning) == warning.value)
        #expect(stand.received(by: .b).map(\.method) == [.ack])
        stand.send(Client.a.request("ACK", Client.b.imAddress, to: refusal.first(.to), branch: "annINVITE1"), from: .a)
        stand.pass(.seconds(40))
        #expect(stand.timerCount == 1)
    }

    @Test func `A callee that never answers is 408 to the caller, and forgotten`() throws {
        var (stand, _) = try invited()
        stand.pass(.seconds(33))
        #expect(stand.received(by: .a).compactMap(\.status).last == 408)
        stand.pass(.seconds(40))
        #expect(stand.timerCount == 1)
    }

    @Test func `A callee whose port is closed is 480 to the caller`() throws {
        var (stand, _) = try invited()
        stand.give(.undeliverable(to: Client.b.sip, reason: "refused"))
        #expect(stand.received(by: .a).compactMap(\.status) == [480])
    }

    @Test func `A caller that gives up hears 487, and the callee gets CANCEL`() throws {
        var (stand, invite) = try invited()
        stand.send(Client.b.answer(180, to: invite), from: .b)
        _ = stand.received(by: .a)
        stand.send(cancel(Client.a.invite(.b)), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [200, 487])
        let cancellation = try #require(stand.received(by: .b).first)
        #expect(cancellation.method == .cancel)
        #expect(cancellation.first(.via) == invite.first(.via))
        stand.send(Client.b.answer(200, to: cancellation), from: .b)
        stand.send(Client.b.answer(487, to: invite), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.ack])
    }

    @Test func `CANCEL waits until the callee has said something`() throws {
        var (stand, invite) = try invited()
        stand.send(cancel(Client.a.invite(.b)), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [200, 487])
        #expect(stand.received(by: .b).isEmpty)
        stand.send(Client.b.answer(100, to: invite), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.cancel])
    }

    @Test func `A callee that accepts while it is being cancelled gets ACK and BYE`() throws {
        var (stand, invite) = try invited()
        stand.send(Client.b.answer(180, to: invite), from: .b)
        stand.send(cancel(Client.a.invite(.b)), from: .a)
        stand.send(Client.b.answer(200, to: invite), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.cancel, .ack, .bye])
    }

    @Test func `A CANCEL of nothing is 481`() throws {
        var (stand, _) = try invited()
        _ = stand.received(by: .a)
        stand.send(cancel(Client.a.invite(.b, branch: "another")), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [481])
    }

    @Test func `A callee that rings for more than three minutes is cancelled, and the caller hears 408`() throws {
        var (stand, invite) = try invited()
        stand.send(Client.b.answer(180, to: invite), from: .b)
        _ = stand.received(by: .a)
        stand.pass(.seconds(191))
        #expect(stand.received(by: .a).compactMap(\.status).first == 408)
        #expect(stand.received(by: .b).contains { $0.method == .cancel })
        stand.pass(.seconds(100))
        #expect(stand.timerCount == 1)
    }

    @Test func `The acceptance is sent again until the caller acknowledges it, and then given up with BYE`() throws {
        var (stand, invite) = try invited()
        stand.send(Client.b.answer(200, to: invite), from: .b)
        stand.pass(.seconds(31))
        let statuses = stand.received(by: .a).compactMap(\.status)
        #expect(statuses.count == 10)
        #expect(statuses.allSatisfy { $0 == 200 })
        _ = stand.received(by: .b)
        stand.pass(.seconds(1))
        #expect(stand.received(by: .b).map(\.method) == [.bye])
        #expect(stand.received(by: .a).compactMap(\.method) == [.bye])
    }

    @Test func `A repeated acceptance of the callee is acknowledged again`() throws {
        var (stand, invite) = try invited()
        let success = Client.b.answer(200, to: invite)
        stand.send(success, from: .b)
        stand.send(success, from: .b)
        let acknowledgements = stand.received(by: .b)
        #expect(acknowledgements.map(\.method) == [.ack, .ack])
        #expect(stand.received(by: .a).count == 1)
    }

    @Test func `A second acceptance, of another branch, is ended`() throws {
        var (stand, invite) = try invited()
        stand.send(Client.b.answer(200, to: invite), from: .b)
        var second = Client.b.answer(200, to: invite)
        second.set(.to, "<sip:bob@home.example>;tag=other")
        stand.send(second, from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.ack, .ack, .bye])
    }

    @Test func `An acceptance without a usable answer is ended, and the caller hears 502`() throws {
        var (stand, invite) = try invited()
        stand.send(Client.b.answer(200, to: invite, body: "nonsense"), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.ack, .bye])
        #expect(stand.received(by: .a).map(\.status) == [502])
    }

    @Test func `An answer that refuses the messages reaches the caller as one`() throws {
        var (stand, invite) = try invited()
        let refused = Client.b.description.replacing("message 2855", with: "message 0")
        stand.send(Client.b.answer(200, to: invite, body: refused), from: .b)
        let success = try #require(stand.received(by: .a).first)
        #expect(success.body.text.contains("m=message 0 "))
        #expect(stand.connects.isEmpty)
    }

    @Test(arguments: [
        ("Require: 100rel", 420), ("Session-Expires: 30\nSupported: timer", 422), ("Max-Forwards: 0", 483),
        ("Proxy-Require: x", 420),
    ])
    func `An INVITE that asks too much is refused`(field: String, status: Int) throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        var invite = Client.a.invite(.b)
        for line in field.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            invite.set(SIPFieldName(String(parts[0])), String(parts[1].dropFirst()))
        }
        stand.send(invite, from: .a)
        #expect(stand.received(by: .a).map(\.status) == [status])
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test func `There is room for so many sessions`() throws {
        var configuration = Stand.configuration
        configuration.limits.sessions = 1
        var (stand, _) = try invited(configuration)
        _ = stand.received(by: .a)
        var second = Client.a.invite(.b, branch: "second")
        second.set(.callID, "second")
        stand.send(second, from: .a)
        let refusal = try #require(stand.received(by: .a).first)
        #expect(refusal.status == 503)
        #expect(refusal.contains(.retryAfter))
    }

    @Test func `Other media than messages are refused in the offer`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        var invite = Client.a.invite(.b)
        invite.body += Array("m=audio 4000 RTP/AVP 0\r\nc=IN IP4 127.0.0.11\r\n".utf8)
        invite.remove(.contentLength)
        stand.send(invite, from: .a)
        let offer = try #require(stand.received(by: .b).first).body.text
        #expect(offer.contains("m=audio 0 RTP/AVP 0"))
        #expect(!offer.contains("127.0.0.11"))
    }

    @Test func `A private caller stays unknown to the callee`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        var invite = Client.a.invite(.b, "Privacy: id")
        invite.set(.from, "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=x")
        stand.send(invite, from: .a)
        let received = try #require(stand.received(by: .b).first)
        #expect(received.first(.privacy) == "id")
        #expect(!received.serialized().text.contains("ann"))
    }

    @Test func `A large message invitation carries its tag on`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        var invite = Client.a.invite(.b)
        invite.set(.acceptContact, "*;+g.oma.sip-im;+g.oma.sip-im.large-message")
        stand.send(invite, from: .a)
        let received = try #require(stand.received(by: .b).first)
        #expect(received.first(.acceptContact) == "*;+g.oma.sip-im;+g.oma.sip-im.large-message")
        #expect(try received.contact()?.parameters.map(\.name) == ["+g.oma.sip-im", "+g.oma.sip-im.large-message"])
    }
}
