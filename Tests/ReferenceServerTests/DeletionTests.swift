import Bytes
import MessageBodies
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// The flow of IM-2.0-int-404: B deletes what was kept for him.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.3 and §12.2.2.7
@Suite struct DeletionTests {
    private var stand = Stand()

    init() {
        stand.logIn(.a, absent: .b)
        stand.store("one", "two", "three")
        stand.send(Client.b.register(sequence: 3), from: .b)
        _ = stand.received(by: .b)
    }

    @Test mutating func `A message that is named is deleted, and its deletion told`() throws {
        stand.send(Client.b.refer(to: stand.references[0]), from: .b)
        let received = stand.received(by: .b)
        #expect(received.first?.status == 200)
        #expect(try received.first?.contact() != nil)
        let trying = try #require(received.last)
        #expect(trying.method == .notify)
        #expect(trying.first(.event) == "refer")
        stand.send(Client.b.answer(200, to: trying), from: .b)
        let last = stand.received(by: .b).last
        let notify = try #require(last)
        #expect(notify.first(.subscriptionState) == "terminated;reason=noresource")
        #expect(notify.first(.contentType)?.hasPrefix("message/sipfrag") == true)
        #expect(notify.body.text == "SIP/2.0 200 OK\r\n")
        stand.send(Client.b.answer(200, to: notify), from: .b)
        #expect(stand.server.subscriptions.count == 0)
        #expect(stand.kept == ["two", "three"])
        #expect(stand.references.count == 2)
        guard case .discarded? = stand.journal.last else {
            Issue.record("The journal does not know")
            return
        }
    }

    @Test mutating func `Those that are listed are deleted, in a body alone or in a part`() throws {
        let references = stand.references
        stand.send(Client.b.refer(to: "cid:list@x", list: [references[0], references[2]]), from: .b)
        #expect(stand.received(by: .b).first?.status == 200)
        #expect(stand.kept == ["two"])

        let body = MultipartBody(
            boundary: "part",
            parts: [
                MultipartBody.BodyPart(
                    contentType: ResourceLists.mediaType, contentID: "list@x",
                    body: ResourceLists([references[1]]).serialized())
            ])
        var refer = Client.b.refer(to: "cid:list@x", branch: "second", "Accept-Contact: *\nRequire: multiple-refer")
        refer.set(.contentType, body.contentType)
        refer.remove(.contentLength)
        refer.body = body.serialized()
        stand.send(refer, from: .b)
        #expect(stand.received(by: .b).first { $0.status != nil }?.status == 200)
        #expect(stand.kept.isEmpty)
    }

    @Test(arguments: ["Refer-Sub: false", "Norefer-Sub: true"])
    mutating func `All can be deleted at once, and without being told`(line: String) throws {
        stand.send(Client.b.refer(to: "sip:Deferred@home.example", "Accept-Contact: *\n" + line), from: .b)
        let received = stand.received(by: .b)
        #expect(received.map(\.status) == [200])
        #expect(received.first?.first(.referSub) == "false")
        #expect(received.first?.first(.supported) == "norefersub")
        #expect(stand.kept.isEmpty)
        #expect(stand.metadata?.items == [])
    }

    @Test mutating func `What is deleted is never delivered`() throws {
        stand.send(Client.b.refer(to: "sip:deferred@home.example"), from: .b)
        _ = stand.received(by: .b)
        stand.send(Client.b.retrieval(), from: .b)
        #expect(stand.received(by: .b).last?.status == 488)
    }

    @Test mutating func `Nothing is deleted when something that is named is not there, or not his`() {
        stand.send(Client.b.refer(to: "cid:list@x", list: [stand.references[0], "sip:none@home.example"]), from: .b)
        #expect(stand.received(by: .b).map(\.status) == [404])
        stand.logIn(.c)
        stand.send(Client.c.refer(to: stand.references[0]), from: .c)
        #expect(stand.received(by: .c).map(\.status) == [404])
        #expect(stand.kept.count == 3)
    }

    @Test(
        arguments: [
            ("sip:exploder@home.example", nil, 404), ("tel:+123", nil, 400),
            ("cid:other@x", ["sip:none@home.example"], 404),
            ("cid:list@x", nil, 400), ("cid:list@x", [], 400),
        ] as [(String, [String]?, Int)])
    mutating func `What names nothing is refused`(target: String, list: [String]?, status: Int) {
        stand.send(Client.b.refer(to: target, list: list), from: .b)
        #expect(stand.received(by: .b).map(\.status) == [status])
        #expect(stand.kept.count == 3)
    }

    @Test mutating func `A sender who asked for it hears that his message was deleted`() throws {
        stand.pass(.seconds(40))
        var cpim = CPIMMessage(
            from: Client.a.imAddress, to: [Client.b.imAddress], contentType: "text/plain", body: Array("four".utf8))
        cpim.request(
            IMDNRequest(messageID: "id-4", dispositions: [.negativeDelivery]), dateTime: "2026-01-01T00:00:00Z")
        stand.send(Client.b.register(expires: 0, sequence: 4), from: .b)
        stand.send(
            Client.a.request(
                "MESSAGE", Client.b.imAddress, "Accept-Contact: *;+g.oma.sip-im", type: "message/cpim",
                body: cpim.serialized().text), from: .a)
        stand.send(Client.b.register(sequence: 5), from: .b)
        _ = stand.received(by: .a)
        stand.send(Client.b.refer(to: "sip:Deferred@home.example"), from: .b)
        let reports = stand.received(by: .a)
        let report = try #require(reports.first)
        #expect(reports.count == 1)
        #expect(report.notification?.messageID == "id-4")
        #expect(report.notification?.notification == .delivery(.failed))
        #expect(report.notification?.recipientURI == Client.b.imAddress)
        #expect(report.cpim?.to == [Client.a.imAddress])
    }

    @Test mutating func `A subscription can be given up, and runs out`() throws {
        stand.send(Client.b.refer(to: stand.references[0]), from: .b)
        let accepted = stand.received(by: .b).first
        let success = try #require(accepted)
        var unsubscribe = Client.b.inDialog(.subscribe, of: success, sequence: 2)
        unsubscribe.add(.event, "refer")
        unsubscribe.add(.expires, "0")
        stand.send(unsubscribe, from: .b)
        #expect(stand.received(by: .b).compactMap(\.status) == [481], "It ends already")
        stand.pass(.seconds(400))
        #expect(stand.server.subscriptions.count == 0)
    }
}
