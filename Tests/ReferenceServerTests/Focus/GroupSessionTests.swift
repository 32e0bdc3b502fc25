import Bytes
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// The flow of IM-2.0-int-103, and what a group forbids.
@Suite struct GroupSessionTests {
    @Test func `Each other member is invited by the group, on behalf of the originator`() throws {
        var gathering = Gathering(Groups.configuration(Groups.members()))
        gathering.stand.send(Client.a.invite(to: Groups.team), from: .a)
        for client in [Client.b, .c] {
            let invite = try #require(gathering.stand.received(by: client).first)
            #expect(invite.first(.pAssertedIdentity) == "\"The Team\" <sip:team@home.example>")
            #expect(invite.first(.referredBy) == "<sip:ann@home.example>")
            #expect(try invite.from()?.uri == Groups.team)
            #expect(try invite.contact()?.parameters.first("isfocus") != nil)
            #expect(invite.first(.subject) == "The Team")
        }
        #expect(gathering.stand.received(by: .a).allSatisfy { !$0.isRequest }, "Nobody is invited to his own session")
        #expect(gathering.stand.received(by: .d).isEmpty)
    }

    @Test func `The originator is answered by the group`() throws {
        let gathering = try Gathering.team()
        let success = try #require(gathering.dialogs["ann"])
        #expect(success.first(.pAssertedIdentity) == "<sip:team@home.example>")
    }

    @Test func `Messages are addressed to the group, and so is the state`() throws {
        var gathering = try Gathering.team()
        gathering.say("To the team", by: .b)
        #expect(gathering.texts(to: .a) == ["To the team"])
        #expect(gathering.texts(to: .c) == ["To the team"])
        #expect(gathering.roster(of: .c).entity == Groups.team)
        #expect(gathering.roster(of: .c).user("sip:bob@home.example")?.displayText == "Bob of the Team")
        gathering.everybody = gathering.identity
        gathering.say("By the other name", by: .c)
        #expect(gathering.texts(to: .a) == ["By the other name"])
    }

    @Test func `Whoever comes to a session that is on joins it`() throws {
        var gathering = try Gathering.team()
        gathering.stand.send(Client.d.invite(to: Groups.team), from: .d)
        try gathering.enter(.d)
        #expect(gathering.present(for: .a).contains("sip:dan@home.example"))
        #expect(gathering.stand.received(by: .b).allSatisfy { $0.method != .invite })
        gathering.say("New here", by: .d)
        for client in [Client.a, .b, .c] { #expect(gathering.texts(to: client) == ["New here"]) }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String
        var group = Groups.members()
        var isOn = false
        let status: Int
        let code: String?
        var client = Client.d
        var alter: @Sendable (inout SIPMessage) -> Void = { _ in }

        var testDescription: String { name }
    }

    private static let fromFocus: @Sendable (inout SIPMessage) -> Void = {
        $0.set(.contact, "<\(Client.d.contact)>;isfocus;+g.oma.sip-im")
    }
    private static let bare: @Sendable (inout SIPMessage) -> Void = {
        $0.remove(.contentLength)
        $0.body = Array(Client.d.description.utf8)
    }

    static let refusals = [
        Refused(
            name: "another service", group: Groups.members { $0.supportedServices = .only(["PoC"]) }, status: 404,
            code: nil),
        Refused(name: "focus", status: 495, code: "105", alter: fromFocus),
        Refused(name: "no right to begin", group: Groups.members([.join]), status: 403, code: "127"),
        Refused(name: "anonymity", status: 403, code: "119") { $0.add(.privacy, "id") },
        Refused(name: "no wrapper", status: 488, code: nil, alter: bare),
        Refused(
            name: "age", group: Groups.members { $0.ageRestriction = .init(from: 18) }, status: 403, code: "124"),
        Refused(name: "focus joins", isOn: true, status: 403, code: "105", alter: fromFocus),
        Refused(
            name: "no right to join", group: Groups.members { $0.rules.rules.removeLast() }, isOn: true, status: 403,
            code: "127"),
        Refused(
            name: "full", group: Groups.members { $0.maximumParticipants = 3 }, isOn: true, status: 486, code: "102"),
        Refused(name: "anonymity of one who joins", isOn: true, status: 403, code: "119") { $0.add(.privacy, "id") },
        Refused(name: "no wrapper of one who joins", isOn: true, status: 488, code: nil, alter: bare),
    ]

    @Test(arguments: refusals) func `What a group does not allow is refused`(refused: Refused) throws {
        var gathering = Gathering(Groups.configuration(refused.group))
        if refused.isOn { try gathering.gather([.b, .c], Client.a.invite(to: Groups.team)) }
        var request = refused.client.invite(to: Groups.team)
        refused.alter(&request)
        gathering.stand.send(request, from: refused.client)
        let response = gathering.stand.received(by: refused.client).last
        #expect(response?.status == refused.status)
        if let code = refused.code { #expect(response?.warningCode == code) }
    }

    @Test func `Whoever comes from a focus is told which users are refused`() throws {
        var gathering = Gathering(Groups.configuration(Groups.members()))
        var request = Client.d.invite(to: Groups.team)
        Self.fromFocus(&request)
        gathering.stand.send(request, from: .d)
        let response = try #require(gathering.stand.received(by: .d).last)
        #expect(try ResourceLists(parsing: response.body).entries.map(\.uri) == [Client.d.contact])
    }

    @Test func `A member who hides where nobody may is removed`() throws {
        var gathering = Gathering(Groups.configuration(Groups.members()))
        gathering.stand.send(Client.a.invite(to: Groups.team), from: .a)
        try gathering.accept(.b, [SIPField(.privacy, "id")])
        #expect(gathering.stand.received(by: .b).map(\.method) == [.ack, .bye])
        try gathering.accept(.c)
        try gathering.enter(.a)
        try gathering.subscribe(.a)
        #expect(gathering.present(for: .a) == ["sip:ann@home.example", "sip:cid@home.example"])
    }

}
