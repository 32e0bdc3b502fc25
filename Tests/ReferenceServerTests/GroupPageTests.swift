import Bytes
import MessageBodies
import Network
import SIPSyntax
import Testing
import XCAP

@testable import ReferenceServer

/// One MESSAGE to several recipients: the flows of IM-2.0-int-202 and 203.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.3, RFC 5365
@Suite struct GroupPageTests {
    static let group = "sip:im-group-1@home.example"

    /// A server with a group of A, B and C.
    private func stand(
        _ policy: ServicePolicy = ServicePolicy(), _ alter: (inout GroupDocument) -> Void = { _ in }
    ) -> Stand {
        var group = GroupDocument(
            uri: Self.group, members: [Client.a, .b, .c].map { ResourceLists.Entry($0.imAddress) },
            invitesMembers: true,
            rules: Ruleset(rules: [
                Ruleset.Rule(id: "members", conditions: [.isListMember(true)], permissions: [.initiateConference])
            ]))
        alter(&group)
        var configuration = Stand.configuration
        configuration.policy = policy
        configuration.documents = [
            ReferenceServer.ProvisionedDocument(
                DocumentSelector(.groups, .user("sip:ann@home.example"), name: "group-1"),
                content: group.serialized())
        ]
        var stand = Stand(configuration)
        stand.logIn(.a, .b, .c)
        return stand
    }

    private func page(_ text: String = "Hello group", _ lines: String = "Accept-Contact: *;+g.oma.sip-im") -> SIPMessage
    {
        Client.a.request("MESSAGE", Self.group, lines, type: "text/plain", body: text)
    }

    @Test func `A page to a group goes to each other member, from the group and on behalf of the sender`() throws {
        var stand = stand()
        stand.send(page(), from: .a)
        for client in [Client.b, .c] {
            let copies = stand.received(by: client)
            let copy = try #require(copies.first)
            #expect(copies.count == 1)
            #expect(copy.requestURI == client.contact)
            #expect(copy.body.text == "Hello group")
            #expect(copy.first(.pAssertedIdentity) == "<\(Self.group)>")
            #expect(copy.first(.referredBy) == "<sip:ann@home.example>")
            #expect(copy.first(.acceptContact) == "*;+g.oma.sip-im")
            #expect(copy.first(.to) == "<\(client.imAddress)>")
            #expect(copy.first(.userAgent) == "IM-serv/OMA1.0")
            #expect(copy.callID != page().callID)
            #expect(!copy.contains(.contact))
        }
        let answers = stand.received(by: .a)
        #expect(answers.map(\.status) == [202])
    }

    @Test func `The sender is a member too, where the operator thinks so`() {
        var policy = ServicePolicy()
        policy.groupPage = .toSenderAsWell
        var stand = stand(policy)
        stand.send(page(), from: .a)
        #expect(stand.received(by: .a).compactMap(\.method) == [.message])
    }

    @Test func `The copy for a member who is away is kept`() {
        var stand = stand()
        stand.send(Client.b.register(expires: 0, sequence: 2), from: .b)
        _ = stand.received(by: .b)
        stand.send(page(), from: .a)
        #expect(stand.received(by: .b).isEmpty)
        #expect(stand.received(by: .c).count == 1)
        #expect(stand.server.deferred[Client.b.imAddress].map(\.request.body.text) == ["Hello group"])
        #expect(stand.received(by: .a).map(\.status) == [202])
    }

    @Test func `A group that is not for this service is as good as none`() {
        var stand = stand { $0.supportedServices = .only(["PoC"]) }
        stand.send(page(), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [404])
    }

    @Test func `Whom the rules do not let begin is refused, and so is who hides where that is not allowed`() {
        var stand = stand { $0.rules = Ruleset() }
        stand.send(page(), from: .a)
        #expect(stand.received(by: .a).first?.first(.warning) == "399 home.example \"127 Service not authorised\"")

        stand = self.stand()
        stand.send(page("x", "Accept-Contact: *;+g.oma.sip-im\nPrivacy: id"), from: .a)
        #expect(stand.received(by: .a).first?.first(.warning) == "399 home.example \"119 Anonymity not allowed\"")
    }

    @Test func `Who hides is not named to the members`() throws {
        var stand = stand {
            $0.rules = Ruleset(rules: [Ruleset.Rule(id: "all", permissions: [.initiateConference, .anonymity])])
        }
        stand.send(page("x", "Accept-Contact: *;+g.oma.sip-im\nPrivacy: id"), from: .a)
        let copy = try #require(stand.received(by: .b).first)
        #expect(copy.first(.pAssertedIdentity) == "<\(Self.group)>")
        #expect(copy.first(.referredBy) == "<sip:anonymous@anonymous.invalid>")
        #expect(copy.first(.privacy) == "id")
    }

    @Test(arguments: ["sip:exploder@home.example", "sip:Conference-Factory@home.example;sessiontype=adhoc"])
    func `A page to a list goes to each recipient, from the sender and without the list`(target: String) throws {
        var stand = stand()
        stand.send(Client.a.page("Hello both", toList: [Client.b.imAddress, Client.c.imAddress], at: target), from: .a)
        for client in [Client.b, .c] {
            let copies = stand.received(by: client)
            let copy = try #require(copies.first)
            #expect(copies.count == 1)
            #expect(copy.first(.contentType) == "text/plain")
            #expect(copy.body.text == "Hello both")
            #expect(copy.first(.pAssertedIdentity) == "<sip:ann@home.example>")
            #expect(copy.first(.to) == "<\(client.imAddress)>")
            #expect(!copy.contains(.require) && !copy.contains(.referredBy))
        }
        #expect(stand.received(by: .a).map(\.status) == [202])
    }

    @Test func `A recipient who stands in the list twice gets one copy`() {
        var stand = stand()
        let recipients = [Client.b.imAddress, "sip:bob@HOME.example;x=y", "sip:%62ob@home.example"]
        stand.send(Client.a.page("x", toList: recipients), from: .a)
        #expect(stand.received(by: .b).count == 1)
    }

    @Test func `Several parts beside the list stay together`() throws {
        var stand = stand()
        var page = Client.a.page("x", toList: [Client.b.imAddress])
        let body = try MultipartBody(parsing: page.body, boundary: "part")
        let image = MultipartBody.BodyPart(contentType: "image/png", body: [1, 2, 3])
        page.body = MultipartBody(boundary: "part", parts: [image] + body.parts).serialized()
        page.remove(.contentLength)
        stand.send(page, from: .a)
        let copy = try #require(stand.received(by: .b).first)
        let parts = try MultipartBody(parsing: copy.body, contentType: copy.first(.contentType) ?? "").parts
        #expect(parts.map(\.contentType) == ["image/png", "text/plain"])
    }

    @Test func `A server without the list service says so`() throws {
        var policy = ServicePolicy()
        policy.listMessages = .unsupported
        var stand = stand(policy)
        stand.send(Client.a.page("x", toList: [Client.b.imAddress]), from: .a)
        let refusal = try #require(stand.received(by: .a).first)
        #expect(refusal.status == 420)
        #expect(refusal.first(.warning) == "399 home.example \"122 Function not allowed\"")
        #expect(refusal.first(.unsupported) == "recipient-list-message")
    }

    @Test func `Lists may be for the exploder alone`() {
        var policy = ServicePolicy()
        policy.listMessages = .byExploder
        var stand = stand(policy)
        stand.send(
            Client.a.page("x", toList: [Client.b.imAddress], at: "sip:conference-factory@home.example"), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [405])
        stand.send(Client.b.page("x", toList: [Client.c.imAddress]), from: .b)
        #expect(stand.received(by: .b).last?.status == 202)
    }

    @Test func `A list may be so long and no longer`() {
        var policy = ServicePolicy()
        policy.maximumListRecipients = 1
        var stand = stand(policy)
        stand.send(Client.a.page("x", toList: [Client.b.imAddress, Client.b.imAddress]), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [202])
        stand.send(Client.b.page("x", toList: [Client.a.imAddress, Client.c.imAddress]), from: .b)
        let refusal = stand.received(by: .b).last
        #expect(refusal?.status == 486)
        #expect(refusal?.first(.warning) == "399 home.example \"102 Too many recipients\"")
    }

    @Test func `Hiding from a list is refused where nobody may hide`() {
        var policy = ServicePolicy()
        policy.anonymity = .refused
        var stand = stand(policy)
        stand.send(
            Client.a.page("x", toList: [Client.b.imAddress], "Accept-Contact: *;+g.oma.sip-im\nPrivacy: id"), from: .a)
        #expect(stand.received(by: .a).first?.first(.warning) == "399 home.example \"119 Anonymity not allowed\"")
    }

    @Test(arguments: [
        "", "--part\r\n\r\nx\r\n--part--\r\n",
        "--part\r\nContent-Type: application/resource-lists+xml\r\n\r\n<resource-lists\r\n--part--\r\n",
        "--part\r\nContent-Type: application/resource-lists+xml\r\n\r\n<resource-lists "
            + "xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list/></resource-lists>\r\n--part--\r\n",
    ])
    func `What lists nobody is refused`(body: String) {
        var stand = stand()
        var page = Client.a.page("x", toList: [])
        page.body = Array(body.utf8)
        page.remove(.contentLength)
        stand.send(page, from: .a)
        #expect(stand.received(by: .a).map(\.status) == [400])
    }

    @Test func `Recipients that cannot be reached do not keep the others from it`() {
        var stand = stand()
        let recipients = ["tel:+123", "sip:nobody@elsewhere.example", Self.group, Client.c.imAddress]
        stand.send(Client.a.page("x", toList: recipients), from: .a)
        #expect(stand.received(by: .c).count == 1)
        #expect(stand.received(by: .a).map(\.status) == [202])
        stand.pass(.seconds(100))
    }

    @Test func `What the functions do not do is refused`() {
        var stand = stand()
        stand.send(Client.a.request("OPTIONS", "sip:exploder@home.example"), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [405])
    }
}
