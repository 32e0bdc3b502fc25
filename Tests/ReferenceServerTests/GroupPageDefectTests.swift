import Bytes
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing
import XCAP

/// Each defect of the flows of 202, 203 and 204, beside the same flow without it.
@Suite struct GroupPageDefectTests {
    /// What the clients see of a page of A to B and C.
    struct Flow {
        var atA: [SIPMessage] = []
        var atB: [SIPMessage] = []
        var atC: [SIPMessage] = []

        /// A page to a list, or to a group.
        init(list: Bool = true, _ defects: ServerDefect...) {
            let uri = "sip:im-group-1@home.example"
            let group = GroupDocument(
                uri: uri, members: [Client.a, .b, .c].map { ResourceLists.Entry($0.imAddress) }, invitesMembers: true,
                rules: Ruleset(rules: [Ruleset.Rule(id: "all", permissions: [.initiateConference])]))
            var configuration = Stand.configuration
            configuration.documents = [
                ReferenceServer.ProvisionedDocument(
                    DocumentSelector(.groups, .user("sip:ann@home.example"), name: "g"), content: group.serialized())
            ]
            var stand = Stand(configuration, defects: Set(defects))
            stand.logIn(.a, .b, .c)
            let recipients = [Client.b.imAddress, Client.c.imAddress]
            stand.send(
                list
                    ? Client.a.page("Hello", toList: recipients)
                    : Client.a.request(
                        "MESSAGE", uri, "Accept-Contact: *;+g.oma.sip-im", type: "text/plain", body: "Hello"),
                from: .a)
            (atA, atB, atC) = (stand.received(by: .a), stand.received(by: .b), stand.received(by: .c))
        }
    }

    @Test(arguments: [true, false]) func `Without a defect each gets one copy, and the sender 202`(list: Bool) {
        let flow = Flow(list: list)
        #expect([flow.atB.count, flow.atC.count] == [1, 1])
        #expect(flow.atA.map(\.status) == [202])
    }

    @Test func groupPageMissesMember() {
        let flow = Flow(.groupPageMissesMember)
        #expect([flow.atB.count, flow.atC.count] == [1, 0])
        #expect(flow.atA.map(\.status) == [202])
    }

    @Test func returnedToSpeaker() {
        #expect(Flow(.returnedToSpeaker).atA.contains { $0.method == .message })
    }

    @Test func groupPageFromSender() {
        #expect(
            Flow(list: false, .groupPageFromSender).atB.first?.first(.pAssertedIdentity) == "<sip:ann@home.example>")
    }

    @Test func groupPageWithoutReferrer() {
        #expect(Flow(list: false, .groupPageWithoutReferrer).atB.first?.contains(.referredBy) == false)
    }

    @Test func listPartForwarded() {
        let flow = Flow(.listPartForwarded)
        #expect([flow.atB, flow.atC].allSatisfy { $0.first?.body.text.contains("resource-lists") == true })
    }

    @Test func recipientsInOneRequest() {
        let flow = Flow(.recipientsInOneRequest)
        #expect(flow.atC.isEmpty)
        #expect(flow.atB.first?.body.text.contains(Client.c.imAddress) == true)
    }

    @Test func groupPageAnsweredOK() {
        #expect(Flow(.groupPageAnsweredOK).atA.map(\.status) == [200])
    }

    /// The system message that A gets.
    private func announcement(_ text: String = "Hello", _ defects: ServerDefect...) -> SIPMessage? {
        var stand = Stand(defects: Set(defects))
        stand.logIn(.a)
        stand.instruct(.announce(SystemMessage(text), to: Client.a.imAddress))
        return stand.received(by: .a).first
    }

    @Test func systemTagMissing() {
        #expect(announcement("x", .systemTagMissing)?.first(.acceptContact) == "*;+g.oma.sip-im")
    }

    @Test func systemMessageFromUser() {
        #expect(announcement("x", .systemMessageFromUser)?.first(.pAssertedIdentity) == "<sip:ann@home.example>")
    }

    @Test func systemMessageStored() throws {
        #expect(announcement("x", .systemMessageStored) != nil)
        var stand = Stand(defects: [.systemMessageStored])
        stand.logIn(.b)
        stand.instruct(.announce(SystemMessage("x"), to: Client.b.imAddress))
        #expect(stand.received(by: .b).count == 1)
        #expect(stand.references.count == 1)
    }

    @Test func systemTextInside() {
        let text = String(repeating: "x", count: 2000)
        #expect(announcement(text, .systemTextInside)?.body.text == text)
    }
}
