import Bytes
import MSRP
import MessageBodies
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// The flow of IM-2.0-int-102, from the list of users to the last text.
@Suite struct AdHocTests {
    @Test func `Each user on the list gets an invitation of the focus`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        for client in [Client.b, .c] {
            let invites = gathering.stand.received(by: client)
            #expect(invites.count == 1)
            let invite = try #require(invites.first)
            #expect(invite.method == .invite)
            #expect(invite.requestURI == client.contact)
            #expect(invite.first(.acceptContact) == "*;+g.oma.sip-im")
            #expect(invite.first(.userAgent) == "IM-serv/OMA1.0")
            #expect(invite.first(.pAssertedIdentity) == "\"ann\" <sip:ann@home.example>")
            #expect(invite.first(.referredBy) == "<sip:ann@home.example>")
            #expect(try invite.from()?.uri == "sip:ann@home.example")
            #expect(try invite.to()?.uri == client.imAddress)
            #expect(invite.list(.supported) == ["timer"])
            #expect(invite.first(.sessionExpires) == "1800;refresher=uas")
            #expect(invite.first(.allow)?.contains("REFER") == true)
            #expect(invite.first(.privacy) == nil)
            let contact = try #require(try invite.contact())
            #expect(contact.parameters.first("isfocus") != nil)
            #expect(contact.parameters.first("+g.oma.sip-im") != nil)
            #expect(invite.first(.contentType) == "application/sdp", "The list is not passed on")
            let line = try #require(invite.description?.media.first)
            #expect(line.acceptTypes == ["message/cpim", "text/plain"])
            #expect(line.path.first?.hasPrefix("msrp://127.0.0.1:2855/") == true)
        }
        #expect(gathering.stand.received(by: .a).filter { $0.status ?? 0 >= 200 }.isEmpty)
    }

    @Test func `The first who accepts lets the originator in`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        try gathering.accept(.c)
        let success = try #require(gathering.stand.received(by: .a).last)
        #expect(success.status == 200)
        #expect(success.first(.pAssertedIdentity) == "<sip:conference-factory@home.example>")
        #expect(success.first(.sessionExpires) == "1800;refresher=uac")
        #expect(success.list(.require) == ["timer"])
        #expect(success.first(.server) == "IM-serv/OMA1.0")
        #expect(success.first(.allow)?.contains("SUBSCRIBE") == true)
        let contact = try #require(try success.contact())
        #expect(contact.parameters.first("isfocus") != nil)
        #expect(contact.uri == gathering.identity, "One identity for all")
        let offer = try SessionDescription(parsing: Array(Client.a.conversation().utf8))
        let answer = try #require(success.description)
        #expect(MSRPAnswer(answer, to: offer).problems == [])
    }

    @Test func `A text of one reaches all others, untouched, and not himself`() throws {
        var gathering = try Gathering.adHoc()
        for (speaker, others) in [(Client.a, [Client.b, .c]), (.b, [.a, .c]), (.c, [.a, .b])] {
            let answers = gathering.say("Hello from \(speaker.name)", by: speaker)
            #expect(answers.map(\.status) == [200])
            for other in others {
                let heard = gathering.heard(by: other)
                #expect(heard.map(\.wrappedText) == ["Hello from \(speaker.name)"])
                #expect(heard.first?.messageID == "\(speaker.name)-m1")
                #expect(heard.first?.contentType == "message/cpim")
                #expect(
                    heard.first?.body
                        == CPIMMessage(
                            from: speaker.imAddress, to: [gathering.identity], contentType: "text/plain",
                            body: Array("Hello from \(speaker.name)".utf8)
                        ).serialized())
            }
            #expect(gathering.texts(to: speaker) == [])
        }
    }

    @Test func `Everybody is told of everybody, and who of them he is`() throws {
        var gathering = try Gathering.adHoc()
        for client in [Client.a, .b, .c] {
            #expect(
                gathering.present(for: client) == [
                    "sip:ann@home.example", "sip:bob@home.example", "sip:cid@home.example",
                ])
            #expect(gathering.roster(of: client).own?.entity == client.imAddress)
            #expect(gathering.roster(of: client).entity == gathering.identity)
        }
    }

    @Test func `A user on the list twice, or the originator himself, is not invited for it`() throws {
        var gathering = Gathering()
        gathering.stand.send(
            Client.a.gather(["sip:bob@home.example", "sip:bob@HOME.example;x=y", "sip:ann@home.example"]), from: .a)
        #expect(gathering.stand.received(by: .b).count == 1)
        #expect(gathering.stand.received(by: .a).allSatisfy { !$0.isRequest })
    }

    @Test func `When all refuse, the originator gets the lowest refusal`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        for (client, status) in [(Client.b, 603), (.c, 486)] {
            let invite = try #require(gathering.stand.received(by: client).first)
            gathering.stand.send(client.answer(status, to: invite), from: client)
        }
        #expect(gathering.stand.received(by: .a).compactMap(\.status).last == 486)
    }

    @Test func `When one refuses, the others go on`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        let invite = try #require(gathering.stand.received(by: .b).first)
        gathering.stand.send(Client.b.answer(480, to: invite), from: .b)
        #expect(gathering.stand.received(by: .a).filter { $0.status ?? 0 >= 200 }.isEmpty)
        try gathering.accept(.c)
        try gathering.enter(.a)
        gathering.everybody = gathering.identity
        gathering.say("Only us", by: .a)
        #expect(gathering.texts(to: .c) == ["Only us"])
    }

    @Test func `CANCEL of the originator cancels every invitation`() throws {
        var gathering = Gathering()
        let request = Client.a.gather([Client.b.imAddress, Client.c.imAddress])
        gathering.stand.send(request, from: .a)
        for client in [Client.b, .c] {
            let invite = try #require(gathering.stand.received(by: client).first)
            gathering.stand.send(client.answer(180, to: invite), from: client)
        }
        #expect(gathering.stand.received(by: .a).map(\.status).contains(180))
        var cancel = request
        cancel.startLine = .request(.cancel, uri: Client.factory)
        cancel.set(.cSeq, "1 CANCEL")
        for name in [SIPFieldName.require, .contentType] { cancel.remove(name) }
        cancel.body = []
        gathering.stand.send(cancel, from: .a)
        #expect(Set(gathering.stand.received(by: .a).compactMap(\.status)) == [200, 487])
        for client in [Client.b, .c] { #expect(gathering.stand.received(by: client).map(\.method) == [.cancel]) }
    }

    @Test func `A user who is barred, unknown or away is a user who refuses`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather(["sip:nobody@home.example"]), from: .a)
        #expect(gathering.stand.received(by: .a).compactMap(\.status).last == 480)
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let name: String
        let status: Int
        let code: String?
        var configure: @Sendable (inout ReferenceServer.Configuration) -> Void = { _ in }
        let request: @Sendable () -> SIPMessage

        var testDescription: String { name }
    }

    static let refusals = [
        Refused(name: "anonymity", status: 403, code: "119", configure: { $0.policy.anonymity = .refused }) {
            Client.a.gather([Client.b.imAddress], "Privacy: id")
        },
        Refused(
            name: "authorisation", status: 403, code: "127",
            configure: { $0.policy.entitledUsers = ["sip:x@home.example"] }
        ) { Client.a.gather([Client.b.imAddress]) },
        Refused(
            name: "two of a session that is none yet", status: 403, code: "122",
            configure: { $0.policy.conferencesOfTwo = .bySession }
        ) { Client.a.gather([Client.b.imAddress, "sip:History@home.example"]) },
        Refused(name: "no wrapper", status: 488, code: nil) {
            Client.a.gather([Client.b.imAddress], description: Client.a.description)
        },
        Refused(name: "size", status: 486, code: "102", configure: { $0.conferences.maximumAdHocParticipants = 2 }) {
            Client.a.gather([Client.b.imAddress, Client.c.imAddress])
        },
        Refused(name: "no list", status: 400, code: nil) { Client.a.invite(to: Client.factory) },
        Refused(name: "unknown extension", status: 420, code: nil) {
            Client.a.gather([Client.b.imAddress], "Require: telepathy")
        },
    ]

    @Test(arguments: refusals) func `A request that may not be is refused, and nobody is invited`(refused: Refused) {
        var configuration = Stand.configuration
        refused.configure(&configuration)
        var stand = Stand(configuration)
        for client in [Client.a, .b, .c] { stand.send(client.register(), from: client) }
        for client in [Client.a, .b, .c] { _ = stand.received(by: client) }
        stand.send(refused.request(), from: .a)
        let response = stand.received(by: .a).last
        #expect(response?.status == refused.status)
        if let code = refused.code { #expect(response?.warningCode == code) }
        #expect(stand.received(by: .b).isEmpty)
        #expect(stand.received(by: .c).isEmpty)
    }

    @Test func `A session of two by way of the factory ends when one of them leaves`() throws {
        var gathering = Gathering()
        try gathering.gather([.b])
        gathering.leave(.b)
        #expect(gathering.stand.received(by: .a).map(\.method) == [.bye])
    }
}
