import Bytes
import MSRP
import Network
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// What may happen within a session: RFC 3261 §14 and §15, RFC 4028.
@Suite struct SessionChangeTests {
    private func established(_ alter: (inout SIPMessage) -> Void = { _ in }) throws -> (Stand, Stand.Session) {
        var stand = Stand()
        stand.logIn(.a, .b)
        let session = try stand.establish(alter)
        _ = stand.received(by: .a)
        _ = stand.received(by: .b)
        return (stand, session)
    }

    @Test func `A modification of the caller reaches the callee, and its answer the caller`() throws {
        var (stand, session) = try established()
        let offer = Client.a.description.replacing("o=- 1 1", with: "o=- 1 2").replacing(
            "text/plain", with: "text/plain image/png")
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: offer), from: .a)
        let passed = try #require(stand.received(by: .b).first)
        #expect(passed.method == .invite)
        #expect(passed.callID == session.invite.callID)
        #expect(try passed.cSeq()?.number == 2)
        let description = try SessionDescription(parsing: passed.body)
        #expect(description.media.first?.acceptTypes == ["text/plain", "image/png"])
        #expect(description.media.first?.path == session.invite.offeredPath)
        #expect(description.origin.sessionVersion == "2")

        stand.send(Client.b.answer(200, to: passed), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.ack])
        let success = try #require(stand.received(by: .a).first)
        #expect(success.status == 200)
        #expect(success.first(.sessionExpires) == "1800;refresher=uac")
        #expect(success.offeredPath == session.success.offeredPath)
        #expect(try SessionDescription(parsing: success.body).origin.sessionVersion == "1")
    }

    @Test func `A modification of the callee reaches the caller`() throws {
        var (stand, session) = try established()
        stand.send(Client.b.reply(.invite, to: session.invite, body: Client.b.description), from: .b)
        let passed = try #require(stand.received(by: .a).first)
        #expect(passed.method == .invite)
        #expect(passed.callID == "call@127.0.0.11")
        stand.send(Client.a.answer(200, to: passed), from: .a)
        #expect(stand.received(by: .a).map(\.method) == [.ack])
        #expect(stand.received(by: .b).map(\.status) == [200])
    }

    @Test func `A refused modification leaves the session as it was`() throws {
        var (stand, session) = try established()
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: Client.a.description), from: .a)
        let passed = try #require(stand.received(by: .b).first)
        stand.send(Client.b.answer(488, to: passed), from: .b)
        #expect(stand.received(by: .a).map(\.status) == [488])
        stand.send(Client.a.text("Still here", to: session.success.offeredPath), on: session.a)
        #expect(stand.messages(on: session.b).last?.body?.text == "Still here")
    }

    @Test func `A party that does not know the session any more ends it for both`() throws {
        var (stand, session) = try established()
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: Client.a.description), from: .a)
        let passed = try #require(stand.received(by: .b).first)
        stand.send(Client.b.answer(481, to: passed), from: .b)
        let atA = stand.received(by: .a)
        #expect(atA.compactMap(\.status) == [481])
        #expect(atA.compactMap(\.method) == [.bye])
    }

    @Test func `Two modifications at a time are refused with 491`() throws {
        var (stand, session) = try established()
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: Client.a.description), from: .a)
        stand.send(Client.b.reply(.invite, to: session.invite, body: Client.b.description), from: .b)
        #expect(stand.received(by: .b).compactMap(\.status) == [491])
    }

    @Test func `A second modification of the same party has to wait for the first`() throws {
        var (stand, session) = try established()
        for sequence in 2...3 {
            stand.send(
                Client.a.inDialog(.invite, of: session.success, sequence: sequence, body: Client.a.description),
                from: .a)
        }
        let refusal = try #require(stand.received(by: .a).first)
        #expect(refusal.status == 500)
        #expect(refusal.contains(.retryAfter))
        #expect(stand.received(by: .b).count == 1)
    }

    @Test func `BYE follows the ACK of the party that it is for`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invite = try #require(stand.received(by: .b).first)
        stand.send(Client.b.answer(200, to: invite), from: .b)
        let success = try #require(stand.received(by: .a).first)
        stand.send(Client.b.reply(.bye, to: invite), from: .b)
        #expect(stand.received(by: .b).map(\.status) == [nil, 200])
        #expect(stand.received(by: .a).isEmpty)
        stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
        let bye = try #require(stand.received(by: .a).first)
        #expect(bye.method == .bye)
        stand.send(Client.a.answer(200, to: bye), from: .a)
        stand.pass(.seconds(100))
        #expect(stand.timerCount == 1)
    }

    @Test func `BYE goes out at last to a party that never acknowledges`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invite = try #require(stand.received(by: .b).first)
        stand.send(Client.b.answer(200, to: invite), from: .b)
        stand.send(Client.b.reply(.bye, to: invite), from: .b)
        stand.pass(.seconds(33))
        #expect(stand.received(by: .a).compactMap(\.method).first == .bye)
    }

    @Test(arguments: ["", "nonsense"]) func `A modification without an offer is refused with 488`(body: String) throws {
        var (stand, session) = try established()
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: body), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [488])
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test func `A modification that the caller cancels ends when the callee has ended it`() throws {
        var (stand, session) = try established()
        let invite = Client.a.inDialog(.invite, of: session.success, sequence: 2, body: Client.a.description)
        stand.send(invite, from: .a)
        let passed = try #require(stand.received(by: .b).first)
        var cancel = invite
        cancel.startLine = .request(.cancel, uri: invite.requestURI ?? "")
        cancel.set(.cSeq, "2 CANCEL")
        stand.send(cancel, from: .a)
        #expect(stand.received(by: .b).isEmpty)
        stand.send(Client.b.answer(100, to: passed), from: .b)
        #expect(stand.received(by: .b).map(\.method) == [.cancel])
        stand.send(Client.b.answer(487, to: passed), from: .b)
        #expect(stand.received(by: .a).compactMap(\.status) == [200, 487])
    }

    @Test(arguments: [(SIPMethod.options, 200), (.info, 405), (.message, 405), (SIPMethod("FLY"), 501)])
    func `Other requests are answered by the server`(method: SIPMethod, status: Int) throws {
        var (stand, session) = try established()
        stand.send(Client.a.inDialog(method, of: session.success, sequence: 2), from: .a)
        let answer = try #require(stand.received(by: .a).first)
        #expect(answer.status == status)
        #expect(answer.first(.allow) == "INVITE, ACK, CANCEL, BYE, OPTIONS")
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test func `A request out of order is 500, and one of an unknown dialog 481`() throws {
        var (stand, session) = try established()
        stand.send(Client.a.inDialog(.bye, of: session.success, sequence: 1), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [500])
        var stranger = Client.a.inDialog(.bye, of: session.success, sequence: 3)
        stranger.set(.callID, "unknown")
        stand.send(stranger, from: .a)
        #expect(stand.received(by: .a).map(\.status) == [481])
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test func `BYEs that cross are both answered with 200`() throws {
        var (stand, session) = try established()
        stand.send(Client.a.inDialog(.bye, of: session.success, sequence: 2), from: .a)
        stand.send(Client.b.reply(.bye, to: session.invite), from: .b)
        #expect(stand.received(by: .b).map(\.status) == [nil, 200])
        #expect(stand.received(by: .a).map(\.status) == [200])
    }

    @Test func `A session that the caller does not refresh is ended for both before its time is over`() throws {
        var (stand, _) = try established()
        stand.pass(.seconds(1800 - 32))
        #expect(stand.received(by: .a).compactMap(\.method) == [.bye])
        #expect(stand.received(by: .b).compactMap(\.method) == [.bye])
    }

    @Test func `A refresh of the caller keeps the session`() throws {
        var (stand, session) = try established()
        stand.pass(.seconds(900))
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: Client.a.description), from: .a)
        let passed = try #require(stand.received(by: .b).first)
        #expect(try SessionDescription(parsing: passed.body).origin.sessionVersion == "1")
        stand.send(Client.b.answer(200, to: passed), from: .b)
        let success = try #require(stand.received(by: .a).first)
        stand.send(Client.a.inDialog(.ack, of: success, sequence: 2), from: .a)
        _ = stand.received(by: .b)
        stand.pass(.seconds(1000))
        #expect(stand.received(by: .a).isEmpty)
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test func `A caller without session timer is refreshed by the server, with what has been said before`() throws {
        var (stand, session) = try established {
            $0.remove(.supported)
            $0.remove(.sessionExpires)
        }
        #expect(session.success.first(.sessionExpires) == "1800;refresher=uas")
        #expect(session.success.list(.require) == [])
        stand.pass(.seconds(900))
        let refresh = try #require(stand.received(by: .a).first)
        #expect(refresh.method == .invite)
        #expect(refresh.body == session.success.body)
        #expect(refresh.first(.sessionExpires) == "1800;refresher=uac")
        stand.send(Client.a.answer(200, to: refresh, [SIPField(.sessionExpires, "1800;refresher=uac")]), from: .a)
        #expect(stand.received(by: .a).map(\.method) == [.ack])
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test(arguments: [0, 1]) func `A callee that wants to be refreshed all the time is refreshed every 45 s`(
        seconds: Int
    ) throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invite = try #require(stand.received(by: .b).first)
        let wish = SIPField(.sessionExpires, "\(seconds);refresher=uac")
        stand.send(Client.b.answer(200, to: invite, [wish]), from: .b)
        let success = try #require(stand.received(by: .a).first)
        stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
        _ = stand.received(by: .b)
        for _ in 0..<3 {
            stand.pass(.seconds(45))
            let refresh = try #require(stand.received(by: .b).first)
            stand.send(Client.b.answer(200, to: refresh, [wish]), from: .b)
            #expect(stand.received(by: .b).map(\.method) == [.ack])
        }
    }

    @Test func `A request that requires what nobody knows is 420`() throws {
        var (stand, session) = try established()
        var invite = Client.a.inDialog(.invite, of: session.success, sequence: 2, body: Client.a.description)
        invite.add(.require, "timer, 100rel")
        stand.send(invite, from: .a)
        #expect(stand.received(by: .a).map { $0.first(.unsupported) } == ["100rel"])
    }

    @Test func `A callee that takes the session timer is watched`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.invite(.b), from: .a)
        let invite = try #require(stand.received(by: .b).first)
        stand.send(Client.b.answer(200, to: invite, [SIPField(.sessionExpires, "90;refresher=uas")]), from: .b)
        let success = try #require(stand.received(by: .a).first)
        stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
        _ = stand.received(by: .b)
        stand.pass(.seconds(60))
        #expect(stand.received(by: .b).map(\.method) == [.bye])
        #expect(stand.received(by: .a).map(\.method) == [.bye])
    }
}
