import MessageBodies
import Network
import SIPSyntax
import Testing
import XCAP

@testable import ReferenceServer

/// Whom a user does not let in touch with him.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.1 step 2 and §6.1.2.6
@Suite struct AccessRuleTests {
    private func stand(_ conditions: [Ruleset.Condition], lists: [String]? = nil) -> Stand {
        var configuration = Stand.configuration
        let policy = AuthPolicy(Ruleset(rules: [.rejecting(id: "r", conditions)]))
        configuration.documents = [
            ReferenceServer.ProvisionedDocument(
                DocumentSelector(.accessRules, .user(Client.b.imAddress), name: "access-rules"),
                content: policy.serialized())
        ]
        if let lists {
            let document = ResourceLists(lists: [
                ResourceLists.List(name: ListAnchor.blockedContacts, entries: lists.map { ResourceLists.Entry($0) })
            ])
            configuration.documents.append(
                ReferenceServer.ProvisionedDocument(
                    DocumentSelector(.resourceLists, .user(Client.b.imAddress), name: "index"),
                    content: document.serialized()))
        }
        var stand = Stand(configuration)
        stand.logIn(.a, .b)
        return stand
    }

    private var ann: Ruleset.Condition { .identity(ones: [Client.a.imAddress], many: []) }

    @Test func `Who is rejected is told that the function is not allowed, and nothing is kept`() {
        var stand = stand([ann, .services(.only(["+g.oma.sip-im"])), .media(.only(["pager-mode-message"]))])
        stand.send(Client.b.register(expires: 0, sequence: 2), from: .b)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        let refusal = stand.received(by: .a).last
        #expect(refusal?.status == 403)
        #expect(refusal?.first(.warning) == "399 home.example \"122 Function not allowed\"")
        #expect(stand.kept.isEmpty)
    }

    @Test(arguments: [
        ("pager-mode-message", true, false), ("message-session", false, true), ("file-transfer", false, false),
        ("group-advertisement", false, false),
    ])
    func `A rule is for its medium`(medium: String, rejectsPages: Bool, rejectsSessions: Bool) {
        var stand = stand([ann, .media(.only([medium]))])
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        stand.send(Client.a.invite(.b), from: .a)
        let statuses = stand.received(by: .a).compactMap(\.status).filter { $0 != 100 }
        #expect(statuses.filter { $0 == 403 }.count == (rejectsPages ? 1 : 0) + (rejectsSessions ? 1 : 0))
    }

    @Test(
        arguments: [
            [.services(.only(["+g.poc.talkburst"]))], [.identity(ones: [Client.c.imAddress], many: [])],
        ] as [[Ruleset.Condition]])
    func `A rule for another service or another user has no effect`(conditions: [Ruleset.Condition]) {
        var stand = stand(conditions)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        #expect(stand.received(by: .b).map(\.method) == [.message])
    }

    @Test(arguments: [(Client.a.imAddress, 403), (Client.c.imAddress, nil)] as [(String, Int?)])
    func `A rule may refer to a list of the user`(blocked: String, status: Int?) {
        let anchor = ListAnchor(user: Client.b.imAddress, list: ListAnchor.blockedContacts).uri(root: "http://x")
        var stand = stand([.externalList(anchors: [anchor])], lists: [blocked])
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        #expect(stand.received(by: .a).first?.status == status)
    }

    @Test func `Group advertisements have a medium of their own, and are not barred`() {
        let advertisement = Client.a.request(
            "MESSAGE", Client.b.imAddress, "Accept-Contact: *;+g.oma.sip-im",
            type: "application/vnd.poc.group-advertisement+xml", body: "<x/>")
        var stand = stand([.media(.only(["group-advertisement"]))])
        stand.send(advertisement, from: .a)
        #expect(stand.received(by: .a).map(\.status) == [403])

        stand = Stand()
        stand.logIn(.a)
        stand.logIn(.b, settings: IMServiceSettings(barsPagers: true))
        stand.send(advertisement, from: .a)
        #expect(stand.received(by: .b).map(\.method) == [.message])
    }
}
