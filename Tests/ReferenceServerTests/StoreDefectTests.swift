import Bytes
import MSRP
import MessageBodies
import Network
import ReferenceServer
import SIPSyntax
import Testing

/// Each defect of the flows of 401 to 405, beside the same flow without it.
@Suite struct StoreDefectTests {
    /// A sends two pages to B, who is away, comes back and asks for them.
    struct Flow {
        var stand: Stand
        /// The answers that A has got.
        let statuses: [Int]

        init(_ defects: ServerDefect...) {
            stand = Stand(defects: Set(defects))
            stand.logIn(.a, absent: .b)
            for (number, text) in ["one", "two"].enumerated() {
                var page = Client.a.page(text, to: .b)
                page.set(.via, "SIP/2.0/UDP \(Client.a.sip);branch=z9hG4bKpage\(number)")
                stand.send(page, from: .a)
            }
            statuses = stand.received(by: .a).compactMap(\.status)
        }

        /// B registers and publishes; what comes then.
        mutating func comeBack(wantingDelivery: Bool) -> (registered: [SIPMessage], published: [SIPMessage]) {
            stand.send(Client.b.register(sequence: 3), from: .b)
            let registered = stand.received(by: .b)
            let settings = IMServiceSettings(wantsOfflineDelivery: wantingDelivery)
            stand.send(Client.b.publish(settings.serialized(entity: "x").text, sequence: 2), from: .b)
            return (registered, stand.received(by: .b))
        }

        /// The texts that B gets who asks for all messages or for some, and whether the server says goodbye.
        mutating func retrieve(_ list: [String]? = nil) -> (contact: String?, texts: [String], isReleased: Bool) {
            _ = comeBack(wantingDelivery: false)
            stand.send(Client.b.retrieval(list: list), from: .b)
            guard let success = stand.received(by: .b).first(where: { $0.status == 200 }) else {
                return (nil, [], false)
            }
            stand.send(Client.b.inDialog(.ack, of: success, sequence: 1), from: .b)
            let id = stand.connect(.b)
            stand.send(Client.b.naming(to: success.offeredPath), on: id)
            let texts = stand.takeAll(on: id, by: .b).compactMap { $0.payload?.body.text }
            return (success.first(.contact), texts, stand.received(by: .b).contains { $0.method == .bye })
        }

        /// The answer to a REFER that wants the first message deleted, and the notifications.
        mutating func delete() -> [SIPMessage] {
            _ = comeBack(wantingDelivery: false)
            stand.send(Client.b.refer(to: stand.references.first ?? "sip:none@home.example"), from: .b)
            return stand.received(by: .b)
        }
    }

    @Test func `Without a defect both messages are kept, found, handed over and gone`() {
        var flow = Flow()
        #expect(flow.statuses == [202, 202])
        #expect(flow.stand.references.count == 2)
        let retrieval = flow.retrieve()
        #expect(retrieval.texts == ["one", "two"])
        #expect(retrieval.isReleased)
        #expect(flow.stand.references.isEmpty)
    }

    @Test func deferredNotStored() {
        let flow = Flow(.deferredNotStored)
        #expect(flow.statuses == [202, 202])
        #expect(flow.stand.references.isEmpty)
    }

    @Test func deferredTwice() {
        #expect(Flow(.deferredTwice).stand.references.count == 4)
    }

    @Test func deferredAnsweredOK() {
        #expect(Flow(.deferredAnsweredOK).statuses == [200, 200])
    }

    @Test func pushesAtRegistration() {
        var flow = Flow(.pushesAtRegistration)
        #expect(flow.comeBack(wantingDelivery: true).registered.contains { $0.method == .invite })
    }

    @Test func pushesUnasked() {
        var flow = Flow(.pushesUnasked)
        #expect(flow.comeBack(wantingDelivery: false).published.contains { $0.method == .invite })
    }

    @Test func pushesAsPages() {
        var flow = Flow(.pushesAsPages)
        let published = flow.comeBack(wantingDelivery: false).published
        #expect(published.filter { $0.method == .message }.map(\.body.text) == ["one", "two"])
    }

    @Test func neverPushes() {
        var flow = Flow(.neverPushes)
        #expect(!flow.comeBack(wantingDelivery: true).published.contains { $0.method == .invite })
    }

    @Test func retrievesWrongMessage() {
        var flow = Flow(.retrievesWrongMessage)
        #expect(flow.retrieve([flow.stand.references[1]]).texts == ["one"])
    }

    @Test func deferredOrderReversed() {
        var flow = Flow(.deferredOrderReversed)
        #expect(flow.retrieve().texts == ["two", "one"])
    }

    @Test func deferredTextAltered() {
        var flow = Flow(.deferredTextAltered)
        #expect(flow.retrieve().texts == ["on!", "tw!"])
    }

    @Test func deferredKeptAfterDelivery() {
        var flow = Flow(.deferredKeptAfterDelivery)
        _ = flow.retrieve()
        #expect(flow.stand.references.count == 2)
    }

    @Test func deferredMetadataMissing() {
        #expect(Flow(.deferredMetadataMissing).stand.metadata?.items == [])
    }

    @Test func deferredMetadataStale() {
        var flow = Flow(.deferredMetadataStale)
        #expect(flow.retrieve().texts.count == 2)
        #expect(flow.stand.references.count == 2)
    }

    @Test func deferredMetadataFromWrong() throws {
        let item = try #require(Flow(.deferredMetadataFromWrong).stand.metadata?.items.first)
        guard case .pager(let pager)? = item.content else { return }
        #expect(pager.from == Client.b.imAddress)
    }

    @Test func automataMissing() {
        var flow = Flow(.automataMissing)
        #expect(flow.retrieve().contact?.contains("automata") == false)
    }

    @Test func deliveryNotReleased() {
        var flow = Flow(.deliveryNotReleased)
        let retrieval = flow.retrieve()
        #expect(retrieval.texts.count == 2)
        #expect(!retrieval.isReleased)
    }

    @Test func deletesTooMuch() {
        var flow = Flow(.deletesTooMuch)
        #expect(flow.delete().first?.status == 200)
        #expect(flow.stand.references.isEmpty)
    }

    @Test func deletesNothing() {
        var flow = Flow(.deletesNothing)
        #expect(flow.delete().first?.status == 200)
        #expect(flow.stand.references.count == 2)
    }

    /// The numbers of messages that are left when those are to go that a REFER names.
    private func left(_ defect: ServerDefect, _ request: (Stand) -> SIPMessage) -> Int {
        var flow = Flow(defect)
        _ = flow.comeBack(wantingDelivery: false)
        flow.stand.send(request(flow.stand), from: .b)
        return flow.stand.references.count
    }

    @Test func deletesAllButOne() {
        #expect(left(.deletesAllButOne) { _ in Client.b.refer(to: "sip:Deferred@home.example") } == 1)
        #expect(left(.deletesAllButOne) { Client.b.refer(to: $0.references[0]) } == 1)
    }

    @Test func referOutcomeInWords() {
        var flow = Flow(.referOutcomeInWords)
        #expect(flow.delete().last { $0.method == .notify }?.first(.contentType) == "text/plain")
    }

    @Test func referNotificationMissing() {
        var flow = Flow(.referNotificationMissing)
        #expect(flow.delete().map(\.status) == [200])
        #expect(flow.stand.references.count == 1)
    }
}
