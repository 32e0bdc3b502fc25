import Bytes
import MSRP
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// Each defect of the focus, in the flow that its comment names.
@Suite struct FocusDefectTests {
    /// The invitations that come of a list of B and C.
    private func invitations(_ defect: ServerDefect, to request: SIPMessage? = nil) -> [SIPMessage] {
        var gathering = Gathering(Groups.configuration(Groups.members()), defects: [defect])
        gathering.stand.send(request ?? Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        return [Client.b, .c].flatMap { gathering.stand.received(by: $0).filter { $0.method == .invite } }
    }

    @Test func `focusTagMissing hides the focus`() throws {
        let invites = invitations(.focusTagMissing)
        #expect(invites.count == 2)
        #expect(try invites.allSatisfy { try $0.contact()?.parameters.first("isfocus") == nil })
    }

    @Test func `focusIdentityMissing leaves the caller without a name`() throws {
        let gathering = try Gathering.adHoc(defects: [.focusIdentityMissing])
        #expect(gathering.dialogs["ann"]?.first(.pAssertedIdentity) == nil)
    }

    @Test(arguments: [nil, Client.a.invite(to: Groups.team)]) func `firstOfListOnly forgets the others`(
        request: SIPMessage?
    ) {
        #expect(invitations(.firstOfListOnly, to: request).count == 1)
    }

    @Test func `originatorInvited invites whoever has begun`() throws {
        var gathering = Gathering(Groups.configuration(Groups.members()), defects: [.originatorInvited])
        gathering.stand.send(Client.a.invite(to: Groups.team), from: .a)
        #expect(gathering.stand.received(by: .a).contains { $0.method == .invite })
    }

    @Test func `referrerMissing says nothing of the inviter`() {
        #expect(invitations(.referrerMissing).map { $0.first(.referredBy) } == [nil, nil])
    }

    @Test func `listPassedOn shows everybody the list`() throws {
        for invite in invitations(.listPassedOn) {
            let body = try MultipartBody(parsing: invite.body, contentType: invite.first(.contentType) ?? "")
            #expect(body.first(disposition: "recipient-list") != nil)
        }
    }

    @Test func `stateEntityWrong speaks of another session`() throws {
        let gathering = try Gathering.adHoc(defects: [.stateEntityWrong])
        #expect(gathering.roster(of: .b).entity != gathering.identity)
    }

    @Test func `joinNotTold keeps quiet about whoever comes`() throws {
        var gathering = try Gathering.adHoc(defects: [.joinNotTold])
        gathering.stand.send(Client.a.refer("<sip:dan@home.example>", to: gathering.identity), from: .a)
        try gathering.accept(.d)
        #expect(!gathering.present(for: .b).contains("sip:dan@home.example"))
    }

    @Test func `departureNotTold keeps quiet about whoever leaves`() throws {
        var gathering = try Gathering.adHoc(defects: [.departureNotTold])
        gathering.leave(.c)
        #expect(gathering.present(for: .b).contains("sip:cid@home.example"))
    }

    @Test func `expulsionNotTold keeps quiet about whoever is expelled`() throws {
        var gathering = try Gathering.adHoc(defects: [.expulsionNotTold])
        gathering.stand.send(Client.a.refer("<sip:cid@home.example;method=BYE>", to: gathering.identity), from: .a)
        let bye = try #require(gathering.stand.received(by: .c).first { $0.method == .bye })
        gathering.stand.send(Client.c.answer(200, to: bye), from: .c)
        #expect(gathering.present(for: .b).contains("sip:cid@home.example"))
    }

    @Test func `stateVersionStuck makes every notification the first`() throws {
        var gathering = try Gathering.adHoc(defects: [.stateVersionStuck])
        _ = gathering.notifications(to: .b)
        gathering.leave(.c)
        #expect(gathering.notifications(to: .b).compactMap { $0.conferenceInfo?.version } == [1])
    }

    @Test func `ownUserNotMarked and wrongUserMarked confuse everybody`() throws {
        var gathering = try Gathering.adHoc(defects: [.ownUserNotMarked])
        #expect(gathering.roster(of: .b).own == nil)
        gathering = try Gathering.adHoc(defects: [.wrongUserMarked])
        #expect(gathering.roster(of: .b).users.filter(\.isOwn).map(\.entity).contains("sip:ann@home.example"))
        #expect(gathering.roster(of: .b).user("sip:bob@home.example")?.isOwn == false)
    }

    @Test func `othersNotListed shows everybody himself alone`() throws {
        let gathering = try Gathering.adHoc(defects: [.othersNotListed])
        #expect(gathering.roster(of: .b).users.map(\.entity) == ["sip:bob@home.example"])
    }

    private func room(_ defect: ServerDefect, _ alter: (inout GroupDocument) -> Void = { _ in }) throws -> Gathering {
        let group = Groups.chatRoom(Groups.usual.union(.anonymity), alter)
        var gathering = Gathering(Groups.configuration(group), defects: [defect])
        try gathering.enterRoom(.a, alias: "ChatAliasX")
        try gathering.enterRoom(.b)
        try gathering.enterRoom(.c, alias: "ChatAliasX")
        return gathering
    }

    @Test func `aliasShared gives two users one alias`() throws {
        let gathering = try room(.aliasShared)
        #expect(gathering.roster(of: .a).own?.displayText == gathering.roster(of: .c).own?.displayText)
    }

    @Test func `aliasShowsAddress shows who hides`() throws {
        var gathering = try room(.aliasShowsAddress)
        #expect(gathering.present(for: .b).contains("sip:ann@home.example"))
    }

    @Test func `autoReleaseIgnored leaves the room open`() throws {
        var gathering = try room(.autoReleaseIgnored) { $0.sessionPolicy.autoRelease = true }
        gathering.leave(.a)
        #expect(!gathering.stand.received(by: .b).contains { $0.method == .bye })
    }

    /// What comes to B and to C, and what A is told when B has accepted and ended the old session.
    private func extended(_ defect: ServerDefect) throws -> (b: SIPMessage?, c: SIPMessage?, a: [SIPMessage]) {
        var stand = Stand(defects: [defect])
        stand.logIn(.a, .b, .c)
        let session = try stand.establish()
        _ = stand.received(by: .b)
        let (theirs, own) = (try session.success.to()?.tag ?? "", try session.success.from()?.tag ?? "")
        let entry = "sip:bob@home.example?Replaces=call%40127.0.0.11%3Bto-tag%3D\(theirs)%3Bfrom-tag%3D\(own)"
        var request = Client.a.gather([entry, Client.c.imAddress])
        request.set(.callID, "three@ann")
        stand.send(request, from: .a)
        let b = stand.received(by: .b).first
        let c = stand.received(by: .c).first
        _ = stand.received(by: .a)
        if let b { stand.send(Client.b.answer(200, to: b, body: Client.b.conversation()), from: .b) }
        stand.send(Client.b.reply(.bye, to: session.invite), from: .b)
        return (b, c, stand.received(by: .a))
    }

    @Test func `replacesMissing and replacesAtOthers invite wrongly`() throws {
        #expect(try extended(.focusTagMissing).b?.first(.replaces) != nil)
        #expect(try extended(.replacesMissing).b?.first(.replaces) == nil)
        let (b, c, _) = try extended(.replacesAtOthers)
        #expect(b?.first(.replaces) == nil)
        #expect(c?.first(.replaces) != nil)
    }

    @Test func `replacedSessionKept leaves the inviter with both`() throws {
        #expect(try extended(.replacesAtOthers).a.contains { $0.method == .bye })
        #expect(try !extended(.replacedSessionKept).a.contains { $0.method == .bye })
    }

    @Test func `expelledWithoutBye tells everybody but the expelled`() throws {
        var gathering = try Gathering.adHoc(defects: [.expelledWithoutBye])
        gathering.stand.send(Client.a.refer("<sip:cid@home.example;method=BYE>", to: gathering.identity), from: .a)
        #expect(!gathering.stand.received(by: .c).contains { $0.method == .bye })
        #expect(!gathering.present(for: .b).contains("sip:cid@home.example"))
    }

    @Test func `expelledStays lets him go on`() throws {
        var gathering = try Gathering.adHoc(defects: [.expelledStays])
        gathering.stand.send(Client.a.refer("<sip:cid@home.example;method=BYE>", to: gathering.identity), from: .a)
        #expect(!gathering.stand.received(by: .c).contains { $0.method == .bye })
        #expect(!gathering.present(for: .b).contains("sip:cid@home.example"))
        gathering.say("Still here", by: .c)
        #expect(gathering.texts(to: .a) == ["Still here"])
        gathering.say("Are you?", by: .a)
        #expect(gathering.texts(to: .c) == ["Are you?"])
    }

    @Test func `rejoinRefused lets nobody come back`() throws {
        var gathering = try Gathering.adHoc(defects: [.rejoinRefused])
        gathering.leave(.c)
        gathering.stand.send(Client.c.invite(to: gathering.identity), from: .c)
        #expect(gathering.stand.received(by: .c).last?.status == 403)
    }

    @Test func `referralTold tells what nobody wants to hear`() throws {
        var gathering = try Gathering.adHoc(defects: [.referralTold])
        gathering.stand.send(Client.a.refer("<sip:dan@home.example>", to: gathering.identity), from: .a)
        let received = gathering.stand.received(by: .a)
        #expect(received.first?.first(.referSub) == "false")
        #expect(received.contains { $0.method == .notify && $0.first(.event) == "refer" })
    }
}
