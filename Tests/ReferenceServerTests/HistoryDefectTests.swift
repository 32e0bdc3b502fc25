import Bytes
import MessageBodies
import Network
import SIPSyntax
import Testing
import XCAP

@testable import ReferenceServer

/// Each defect of the flows of 501 to 505, beside the same flow without it.
@Suite struct HistoryDefectTests {
    /// A has a part of a session recorded, and asks for the record.
    struct Flow {
        var items: [StoredItem] = []
        var texts: [String] = []
        var roster: Set<String> = []

        var name: String? {
            if case .conference(let conference)? = items.first?.content { conference.recordingName } else { nil }
        }

        init(_ defects: ServerDefect...) throws {
            var gathering = try Gathering.adHoc(defects: Set(defects))
            gathering.say("Message 1", by: .b, id: "1")
            func refer(_ method: String, number: Int) {
                let identity = gathering.identity
                let target = "sip:History@home.example;historyfilename=conversationX"
                gathering.stand.send(
                    Client.a.refer("<\(identity);method=\(method)>", to: target, number: number, ""), from: .a)
                gathering.notifications(to: .a)
            }
            refer("INVITE", number: 1)
            gathering.say("Message 3", by: .a, id: "3")
            gathering.say("Message 4", by: .b, id: "4")
            refer("BYE", number: 2)
            gathering.say("Message 5", by: .b, id: "5")
            roster = gathering.present(for: .b)
            gathering.leave(.a)
            var stand = gathering.stand
            items =
                stand.server.xdms.document(
                    auid: .conversationHistory, xui: Client.a.imAddress, name: "conv-history"
                ).flatMap { try? StoredItemList(parsing: $0) }?.items ?? []
            let references = stand.server.conversations[Client.a.imAddress].map(\.reference)
            _ = stand.received(by: .a)
            stand.send(Client.a.retrieval(at: "sip:History@home.example", list: references, branch: "r"), from: .a)
            guard let success = stand.received(by: .a).first(where: { $0.status == 200 }) else { return }
            stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
            let id = stand.connect(.a)
            stand.send(Client.a.naming(to: success.offeredPath), on: id)
            texts = stand.takeAll(on: id, by: .a).compactMap { message in
                (try? CPIMMessage(parsing: message.payload?.body ?? []))?.body.text
            }
        }
    }

    @Test func `Without a defect the record is what was said, under its name`() throws {
        let flow = try Flow()
        #expect(flow.name == "conversationX")
        #expect(flow.texts == ["Message 3", "Message 4"])
        #expect(flow.roster.count == 3)
    }

    @Test func historyNotRecorded() throws {
        let flow = try Flow(.historyNotRecorded)
        #expect(flow.items.isEmpty && flow.texts.isEmpty)
    }

    @Test func historyRecordsBefore() throws {
        #expect(try Flow(.historyRecordsBefore).texts == ["Message 1", "Message 3", "Message 4"])
    }

    @Test func historyRecordsAfter() throws {
        #expect(try Flow(.historyRecordsAfter).texts == ["Message 3", "Message 4", "Message 5"])
    }

    @Test func historyNameLost() throws {
        let flow = try Flow(.historyNameLost)
        #expect(flow.items.count == 1)
        #expect(flow.name == nil)
    }

    @Test func historyFunctionListed() throws {
        #expect(try Flow(.historyFunctionListed).roster.contains("sip:History@home.example"))
    }

    @Test func historyMetadataMissing() throws {
        let flow = try Flow(.historyMetadataMissing)
        #expect(flow.items.isEmpty)
        #expect(flow.texts.count == 2)
    }

    @Test func historyOrderReversed() throws {
        #expect(try Flow(.historyOrderReversed).texts == ["Message 4", "Message 3"])
    }

    @Test func historyTextAltered() throws {
        #expect(try Flow(.historyTextAltered).texts == ["Message !", "Message !"])
    }
}
