import Bytes
import MessageBodies
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// The delivery reports about one message to several recipients, arrow by arrow.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.3.1.1 step 9 to §8.3.1.4
@Suite struct ReportAggregationTests {
    private func begin(
        _ dispositions: Set<IMDNRequest.Disposition>
    ) -> (ReportAggregation, [ReportAggregation.Effect])? {
        ReportAggregation.begin(
            for: IMDNRequest(messageID: "id", dispositions: dispositions), sentAt: "then",
            to: ["sip:bob@home.example", "sip:cid@home.example"], within: .seconds(10))
    }

    private func delivered(_ index: Int) -> IMDN {
        IMDN(messageID: "id", dateTime: nil, recipientURI: "\(index)", notification: .delivery(.delivered))
    }

    private func failed(_ uri: String) -> IMDN {
        IMDN(messageID: "id", dateTime: "then", recipientURI: uri, notification: .delivery(.failed))
    }

    @Test func `Only a request for delivery reports begins it`() {
        #expect(begin([]) == nil)
        #expect(begin([.display, .processing]) == nil)
        #expect(begin([.positiveDelivery])?.1 == [.arm(after: .seconds(10))])
        #expect(ReportAggregation.begin(for: nil, sentAt: nil, to: ["x"], within: .zero) == nil)
    }

    @Test func `When all have reported, all reports go together`() throws {
        var (machine, _) = try #require(begin([.positiveDelivery]))
        #expect(machine.handle(.outcome(200, recipient: 0)) == [])
        #expect(machine.handle(.report(delivered(0), recipient: 0)) == [])
        #expect(machine.handle(.outcome(202, recipient: 1)) == [])
        #expect(
            machine.handle(.report(delivered(1), recipient: 1))
                == [.disarm, .send([delivered(0), delivered(1)]), .end])
        #expect(machine.handle(.timer) == [])
    }

    @Test func `A failed copy is a report where failures are asked for`() throws {
        var (machine, _) = try #require(begin([.positiveDelivery, .negativeDelivery]))
        #expect(machine.handle(.outcome(403, recipient: 0)) == [])
        #expect(machine.handle(.outcome(200, recipient: 1)) == [])
        #expect(
            machine.handle(.report(delivered(1), recipient: 1))
                == [.disarm, .send([failed("sip:bob@home.example"), delivered(1)]), .end])
    }

    @Test func `A failed copy is no report where only success is asked for`() throws {
        var (machine, _) = try #require(begin([.positiveDelivery]))
        #expect(machine.handle(.outcome(403, recipient: 0)) == [])
        #expect(machine.handle(.outcome(408, recipient: 1)) == [.disarm, .end])
    }

    @Test func `Where only failures are asked for, success ends it in silence`() throws {
        var (machine, _) = try #require(begin([.negativeDelivery]))
        #expect(machine.handle(.outcome(200, recipient: 0)) == [])
        #expect(machine.handle(.outcome(202, recipient: 1)) == [.disarm, .end])
    }

    @Test func `When Ts2 expires, what there is goes, and what comes later is passed on`() throws {
        var (machine, _) = try #require(begin([.positiveDelivery, .negativeDelivery]))
        _ = machine.handle(.outcome(200, recipient: 0))
        _ = machine.handle(.report(delivered(0), recipient: 0))
        #expect(machine.handle(.timer) == [.send([delivered(0)])])
        #expect(machine.state == .forwarding)
        #expect(machine.handle(.report(delivered(1), recipient: 1)) == [])
        #expect(machine.handle(.outcome(480, recipient: 1)) == [.send([failed("sip:cid@home.example")]), .end])
    }

    @Test func `When Ts2 expires and every copy is answered, it is over`() throws {
        var (machine, _) = try #require(begin([.positiveDelivery]))
        _ = machine.handle(.outcome(202, recipient: 0))
        _ = machine.handle(.outcome(202, recipient: 1))
        #expect(machine.handle(.timer) == [.end])
    }

    // MARK: In the server

    private func page(_ dispositions: Set<IMDNRequest.Disposition>, to recipients: [String]) -> SIPMessage {
        var cpim = CPIMMessage(
            from: Client.a.imAddress, to: recipients, contentType: "text/plain", body: Array("Hello".utf8))
        cpim.request(IMDNRequest(messageID: "id-1", dispositions: dispositions), dateTime: "2026-01-01T00:00:00Z")
        return Client.a.page(cpim.serialized().text, toList: recipients, type: "message/cpim")
    }

    private func report(by client: Client) -> SIPMessage {
        let notification = IMDN(
            messageID: "id-1", dateTime: "2026-01-01T00:00:00Z", recipientURI: client.imAddress,
            notification: .delivery(.delivered))
        let body = CPIMMessage(
            notification, from: client.imAddress, to: Client.a.imAddress, messageID: "r-\(client.name)", dateTime: "x")
        return client.request(
            "MESSAGE", Client.a.imAddress, "Accept-Contact: *;+g.oma.sip-im", type: "message/cpim",
            body: body.serialized().text)
    }

    @Test func `The sender of a page to a list gets one report of all`() throws {
        var stand = Stand()
        stand.logIn(.a, .b, .c)
        stand.send(
            page([.positiveDelivery, .negativeDelivery], to: [Client.b.imAddress, Client.c.imAddress]), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [202])
        for client in [Client.b, .c] {
            let copy = try #require(stand.received(by: client).first)
            #expect(copy.cpim?.imdnRequest?.messageID == "id-1")
            stand.send(client.answer(200, to: copy), from: client)
            stand.send(report(by: client), from: client)
            #expect(stand.received(by: client).map(\.status) == [200])
        }
        let reports = stand.received(by: .a)
        let report = try #require(reports.first)
        #expect(reports.count == 1)
        #expect(report.first(.pAssertedIdentity) == "<sip:exploder@home.example>")
        let cpim = try #require(report.cpim)
        let parts = try MultipartBody(parsing: cpim.body, contentType: cpim.contentType).parts
        #expect(try parts.map { try IMDN(parsing: $0.body).recipientURI } == [Client.b.imAddress, Client.c.imAddress])
        #expect(stand.server.aggregatedMessages.isEmpty && stand.server.aggregationsByMessage.isEmpty)
    }

    @Test func `A recipient who refuses is a failure, told when Ts2 expires`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.logIn(.c, settings: IMServiceSettings(barsPagers: true))
        stand.send(
            page([.positiveDelivery, .negativeDelivery], to: [Client.b.imAddress, Client.c.imAddress]), from: .a)
        _ = stand.received(by: .a)
        stand.send(Client.b.answer(200, to: try #require(stand.received(by: .b).first)), from: .b)
        stand.pass(.seconds(10))
        let report = try #require(stand.received(by: .a).first?.notification)
        #expect(report.notification == .delivery(.failed))
        #expect(report.recipientURI == Client.c.imAddress)
        stand.send(self.report(by: .b), from: .b)
        #expect(stand.received(by: .a).map(\.notification?.recipientURI) == [Client.b.imAddress], "It is passed on")
        #expect(stand.server.aggregatedMessages.isEmpty)
    }

    @Test func `The report of a stranger is passed on`() throws {
        var stand = Stand()
        stand.logIn(.a, .b, .c)
        stand.send(page([.positiveDelivery], to: [Client.b.imAddress]), from: .a)
        _ = stand.received(by: .a)
        stand.send(report(by: .c), from: .c)
        #expect(stand.received(by: .a).map(\.method) == [.message])
    }
}
