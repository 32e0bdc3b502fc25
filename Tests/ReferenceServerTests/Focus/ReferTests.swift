import Bytes
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// The flows of IM-2.0-int-106, 108 and 109: users who are added, expelled, and come back.
@Suite struct ReferTests {
    @Test func `A user who is added gets an invitation, and everybody is told`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.a.refer("<sip:dan@home.example>", to: gathering.identity), from: .a)
        let response = try #require(gathering.stand.received(by: .a).first)
        #expect(response.status == 202)
        #expect(response.first(.referSub) == "false")
        #expect(response.list(.supported) == ["norefersub"])
        let invite = try #require(gathering.stand.received(by: .d).first)
        #expect(invite.first(.pAssertedIdentity) == "\"ann\" <sip:ann@home.example>")
        #expect(invite.first(.referredBy) == "<sip:ann@home.example>")
        #expect(try invite.contact()?.parameters.first("isfocus") != nil)
        gathering.stand.send(Client.d.answer(200, to: invite, body: Client.d.conversation()), from: .d)
        for client in [Client.a, .b, .c] {
            #expect(gathering.notifications(to: client).allSatisfy { $0.first(.event) == "conference" })
            #expect(gathering.present(for: client).contains("sip:dan@home.example"))
        }
    }

    @Test func `The new user is heard, and hears`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.a.refer("<sip:dan@home.example>", to: gathering.identity), from: .a)
        try gathering.accept(.d)
        try gathering.subscribe(.d)
        gathering.say("New Member", by: .d)
        for client in [Client.a, .b, .c] { #expect(gathering.texts(to: client) == ["New Member"]) }
        gathering.say("Welcome", by: .c)
        #expect(gathering.texts(to: .d) == ["Welcome"])
    }

    @Test func `Without Refer-Sub the one who has asked is told of the outcome`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.a.refer("<sip:dan@home.example>", to: gathering.identity, ""), from: .a)
        var received = gathering.stand.received(by: .a)
        #expect(received.first?.first(.referSub) == nil)
        let trying = try #require(received.first { $0.method == .notify })
        #expect(trying.first(.event) == "refer")
        #expect(trying.first(.subscriptionState) == "active;expires=300")
        #expect(trying.body.text == "SIP/2.0 100 Trying\r\n")
        gathering.stand.send(Client.a.answer(200, to: trying), from: .a)
        try gathering.accept(.d)
        received = gathering.stand.received(by: .a)
        let last = try #require(received.first { $0.first(.event) == "refer" })
        #expect(last.first(.subscriptionState) == "terminated;reason=noresource")
        #expect(last.body.text == "SIP/2.0 200 OK\r\n")
        #expect(last.first(.contentType) == "message/sipfrag;version=2.0")
    }

    @Test func `A refusal is an outcome, too`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.a.refer("<sip:dan@home.example>", to: gathering.identity, ""), from: .a)
        let trying = try #require(gathering.stand.received(by: .a).first { $0.method == .notify })
        gathering.stand.send(Client.a.answer(200, to: trying), from: .a)
        let invite = try #require(gathering.stand.received(by: .d).first)
        gathering.stand.send(Client.d.answer(603, to: invite), from: .d)
        #expect(gathering.stand.received(by: .a).last?.body.text == "SIP/2.0 603 Decline\r\n")
    }

    @Test func `A list of users is invited at once`() throws {
        var gathering = Gathering()
        try gathering.gather([.b])
        var request = Client.a.refer(
            "<cid:users@ann>", to: gathering.identity, "Refer-Sub: false\nRequire: multiple-refer, norefersub")
        request.add(.contentType, ResourceLists.mediaType)
        request.add(SIPFieldName("Content-ID"), "<users@ann>")
        request.remove(.contentLength)
        request.body = ResourceLists([Client.c.imAddress, Client.d.imAddress]).serialized()
        gathering.stand.send(request, from: .a)
        #expect(gathering.stand.received(by: .a).map(\.status) == [202])
        for client in [Client.c, .d] { #expect(gathering.stand.received(by: client).map(\.method) == [.invite]) }
    }

    @Test func `A REFER within the dialog of the session is as good`() throws {
        var gathering = try Gathering.adHoc()
        let success = try #require(gathering.dialogs["ann"])
        var request = Client.a.inDialog(SIPMethod("REFER"), of: success, sequence: 9)
        request.add(.referTo, "<sip:dan@home.example>")
        gathering.stand.send(request, from: .a)
        let received = gathering.stand.received(by: .a)
        #expect(received.map(\.status).first == 202)
        let trying = try #require(received.first { $0.method == .notify })
        #expect(trying.first(.event) == "refer;id=9")
        #expect(trying.callID == success.callID)
        #expect(gathering.stand.received(by: .d).map(\.method) == [.invite])
    }

    @Test func `An expelled user gets BYE, and everybody is told`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.a.refer("<sip:cid@home.example;method=BYE>", to: gathering.identity), from: .a)
        let bye = try #require(gathering.stand.received(by: .c).first { $0.method == .bye })
        #expect(gathering.present(for: .b).contains("sip:cid@home.example"), "Until he has answered")
        gathering.stand.send(Client.c.answer(200, to: bye), from: .c)
        for client in [Client.a, .b] {
            #expect(gathering.present(for: client) == ["sip:ann@home.example", "sip:bob@home.example"])
        }
        let last = gathering.stand.received(by: .c).last { $0.method == .notify }
        #expect(last?.first(.subscriptionState) == "terminated;reason=noresource")
        gathering.say("Among us", by: .a)
        #expect(gathering.texts(to: .b) == ["Among us"])
        #expect(gathering.heard(by: .c).isEmpty)
    }

    @Test func `An expelled user is not heard any more, and may not come back`() throws {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.a.refer("<sip:cid@home.example;method=BYE>", to: gathering.identity), from: .a)
        gathering.say("Hello", by: .c)
        for client in [Client.a, .b] { #expect(gathering.texts(to: client) == []) }
        let bye = try #require(gathering.stand.received(by: .c).first { $0.method == .bye })
        gathering.stand.send(Client.c.answer(200, to: bye), from: .c)
        _ = gathering.stand.received(by: .c)
        gathering.stand.send(Client.c.invite(to: gathering.identity), from: .c)
        let response = gathering.stand.received(by: .c).last
        #expect(response?.status == 403)
        #expect(response?.warningCode == "122")
    }

    @Test func `An operator may let expelled users come back`() throws {
        var configuration = Stand.configuration
        configuration.conferences.expulsion = .untilRejoining
        var gathering = try Gathering.adHoc(configuration)
        gathering.stand.send(Client.a.refer("<sip:cid@home.example;method=BYE>", to: gathering.identity), from: .a)
        let bye = try #require(gathering.stand.received(by: .c).first { $0.method == .bye })
        gathering.stand.send(Client.c.answer(200, to: bye), from: .c)
        gathering.stand.send(Client.c.invite(to: gathering.identity), from: .c)
        gathering.disconnect(.c)
        try gathering.enter(.c)
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String
        let client: Client
        let target: String
        let status: Int
        let code: String?
        var configure: @Sendable (inout ReferenceServer.Configuration) -> Void = { _ in }

        var testDescription: String { name }
    }

    static let refusals = [
        Refused(
            name: "a guest expels", client: .b, target: "<sip:cid@home.example;method=BYE>", status: 403, code: "122"),
        Refused(
            name: "a stranger expels", client: .d, target: "<sip:cid@home.example;method=BYE>", status: 403, code: "122"
        ),
        Refused(name: "a stranger adds", client: .d, target: "<sip:dan@home.example>", status: 403, code: "122"),
        Refused(
            name: "a guest adds where only the originator may", client: .b, target: "<sip:dan@home.example>",
            status: 403, code: "122", configure: { $0.conferences.adHocAdding = .byOriginator }),
        Refused(
            name: "too many", client: .a, target: "<sip:dan@home.example>", status: 486, code: "102",
            configure: { $0.conferences.maximumAdHocParticipants = 3 }),
        Refused(
            name: "somebody who is not there", client: .a, target: "<sip:dan@home.example;method=BYE>", status: 404,
            code: nil),
        Refused(
            name: "another method", client: .a, target: "<sip:dan@home.example;method=MESSAGE>", status: 403,
            code: "122"),
    ]

    @Test(arguments: refusals) func `What may not be is refused`(refused: Refused) throws {
        var configuration = Stand.configuration
        refused.configure(&configuration)
        var gathering = try Gathering.adHoc(configuration)
        _ = gathering.stand.received(by: refused.client)
        gathering.stand.send(refused.client.refer(refused.target, to: gathering.identity), from: refused.client)
        let response = gathering.stand.received(by: refused.client).last
        #expect(response?.status == refused.status)
        if let code = refused.code { #expect(response?.warningCode == code) }
    }

    @Test func `A session that is not there has no participants to add or expel`() throws {
        var gathering = try Gathering.adHoc()
        let unknown = "sip:unknown@127.0.0.1:5060"
        gathering.stand.send(Client.a.refer("<sip:cid@home.example;method=BYE>", to: unknown), from: .a)
        #expect(gathering.stand.received(by: .a).last?.status == 403)
    }

    @Test func `A user who has left comes back by the session identity`() throws {
        var gathering = try Gathering.adHoc()
        gathering.leave(.c)
        #expect(gathering.stand.received(by: .c).map(\.status).contains(200))
        for client in [Client.a, .b] {
            #expect(gathering.present(for: client) == ["sip:ann@home.example", "sip:bob@home.example"])
        }
        gathering.disconnect(.c)
        gathering.stand.send(Client.c.invite(to: gathering.identity), from: .c)
        try gathering.enter(.c)
        try gathering.subscribe(.c)
        for client in [Client.a, .b] {
            #expect(gathering.present(for: client).contains("sip:cid@home.example"))
        }
        gathering.say("Back", by: .c)
        for client in [Client.a, .b] { #expect(gathering.texts(to: client) == ["Back"]) }
    }

    @Test(arguments: [("sip:unknown@127.0.0.1:5060", "123"), (nil, "122")])
    func `Nobody comes to a session that is not there, or to which he was not invited`(uri: String?, code: String)
        throws
    {
        var gathering = try Gathering.adHoc()
        gathering.stand.send(Client.d.invite(to: uri ?? gathering.identity), from: .d)
        let response = gathering.stand.received(by: .d).last
        #expect(response?.status == 403)
        #expect(response?.warningCode == code)
    }
}
