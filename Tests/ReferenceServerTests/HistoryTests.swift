import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing
import XCAP

@testable import ReferenceServer

/// The flows of IM-2.0-int-501 to 505: A has sessions recorded, and gets and deletes the records.
///
/// OMA-TS-SIMPLE_IM-V1_0 §13
@Suite struct HistoryTests {
    private static let function = "sip:History@home.example"

    /// A REFER of A about the session, and what comes back.
    private func refer(
        _ gathering: inout Gathering, method: String, name: String? = nil, number: Int = 1, by client: Client = .a
    ) -> [SIPMessage] {
        _ = gathering.stand.received(by: client)
        let target = Self.function + (name.map { ";historyfilename=\($0)" } ?? "")
        let identity = gathering.identity
        gathering.stand.send(
            client.refer("<\(identity);method=\(method)>", to: target, number: number, ""), from: client)
        var received = gathering.stand.received(by: client)
        while let notify = received.last, notify.method == .notify {
            gathering.stand.send(client.answer(200, to: notify), from: client)
            let more = gathering.stand.received(by: client)
            if more.isEmpty { break }
            received += more
        }
        return received
    }

    private func metadata(_ stand: Stand, of client: Client = .a) -> [StoredItem] {
        stand.server.xdms.document(auid: .conversationHistory, xui: client.imAddress, name: "conv-history")
            .flatMap { try? StoredItemList(parsing: $0) }?.items ?? []
    }

    private func recordingName(_ item: StoredItem?) -> String? {
        if case .conference(let conference)? = item?.content { conference.recordingName } else { nil }
    }

    /// A session of A, B and C of which A has some texts recorded.
    private func recorded(_ name: String? = "conversationX", stops: Bool = true) throws -> Gathering {
        var gathering = try Gathering.adHoc()
        gathering.say("Message 1", by: .b, id: "1")
        #expect(refer(&gathering, method: "INVITE", name: name).first?.status == 202)
        gathering.say("Message 3", by: .a, id: "3")
        gathering.say("Message 4", by: .b, id: "4")
        if stops { #expect(refer(&gathering, method: "BYE", number: 2).first?.status == 202) }
        gathering.say("Message 5", by: .b, id: "5")
        return gathering
    }

    /// What A gets who asks for records, up to the BYE.
    private func retrieve(_ stand: inout Stand, _ references: [String], branch: String = "r") throws
        -> [EncapsulatedMessage]
    {
        _ = stand.received(by: .a)
        stand.send(Client.a.retrieval(at: Self.function, list: references, branch: branch), from: .a)
        let responses = stand.received(by: .a)
        let success = try #require(responses.first { $0.status == 200 })
        stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
        let id = stand.connect(.a)
        stand.send(Client.a.naming(to: success.offeredPath), on: id)
        let taken = stand.takeAll(on: id, by: .a)
        let release = stand.received(by: .a).first { $0.method == .bye }
        stand.send(Client.a.answer(200, to: try #require(release)), from: .a)
        return taken
    }

    @Test func `What is said between start and stop is recorded under the name that the user gives`() throws {
        var gathering = try recorded("my%20talk")
        let items = metadata(gathering.stand)
        #expect(items.count == 1)
        #expect(recordingName(items.first) == "my talk")
        let reference = try #require(items.first?.reference)
        let taken = try retrieve(&gathering.stand, [reference])
        #expect(taken.map { $0.parts.count } == [1, 1])
        let texts = try taken.map { try CPIMMessage(parsing: $0.payload?.body ?? []).body.text }
        #expect(texts == ["Message 3", "Message 4"])
        #expect(taken.first?.msrpRequests.first?.value("Message-ID") == "ann-3")
        #expect(taken.first?.msrpRequests.first?.value("Date") != nil)
        #expect(metadata(gathering.stand).count == 1, "What has been retrieved stays")
    }

    @Test func `A record says until when it is kept, and is gone then`() throws {
        var gathering = try recorded()
        let item = try #require(metadata(gathering.stand).first)
        let lifetime = ServicePolicy().conversationLifetime
        #expect(item.expiry == SIPDate(gathering.stand.now + lifetime).dateTime)
        let expiry = try #require(gathering.stand.server.conversations.nextExpiry)
        gathering.stand.pass(expiry - gathering.stand.now - .milliseconds(1))
        #expect(metadata(gathering.stand).count == 1)
        gathering.stand.pass(.milliseconds(1))
        #expect(metadata(gathering.stand) == [])
        #expect(gathering.stand.server.conversations.nextExpiry == nil)
    }

    @Test func `A record that goes on has no end, and a restarted server knows the ends of the others`() throws {
        var gathering = try recorded(stops: false)
        #expect(gathering.stand.server.conversations.nextExpiry == nil)
        #expect(refer(&gathering, method: "BYE", number: 2).first?.status == 202)
        let expiry = gathering.stand.server.conversations.nextExpiry
        var heir = Stand()
        heir.server.restore(gathering.stand.journal)
        #expect(expiry != nil && heir.server.conversations.nextExpiry == expiry)
    }

    @Test func `Start and stop are told by notifications, and nobody else sees the function`() throws {
        var gathering = try Gathering.adHoc()
        let start = refer(&gathering, method: "INVITE")
        #expect(start.compactMap(\.status) == [202])
        #expect(start.last?.body.text.hasPrefix("SIP/2.0 200") == true)
        #expect(start.last?.first(.subscriptionState) == "terminated;reason=noresource")
        #expect(gathering.notifications(to: .b).isEmpty)
        #expect(gathering.present(for: .b).count == 3)
        gathering.say("Hello", by: .a)
        #expect(gathering.texts(to: .b) == ["Hello"])
        let stop = refer(&gathering, method: "BYE", number: 2)
        #expect(stop.compactMap(\.status) == [202])
        #expect(stop.last?.body.text.hasPrefix("SIP/2.0 200") == true)
        #expect(gathering.notifications(to: .b).isEmpty)
        gathering.say("Still here", by: .a, id: "m2")
        #expect(gathering.texts(to: .b) == ["Still here"])
    }

    @Test func `While it is recorded there are no metadata, and the end of the session ends the recording`() throws {
        var gathering = try recorded(stops: false)
        #expect(metadata(gathering.stand).isEmpty)
        gathering.leave(.a)
        let items = metadata(gathering.stand)
        #expect(items.count == 1)
        #expect(try retrieve(&gathering.stand, items.map(\.reference)).count == 3)
    }

    @Test func `The recording ends when its user leaves`() throws {
        var gathering = try Gathering.adHoc()
        _ = refer(&gathering, method: "INVITE", by: .b)
        gathering.say("heard", by: .a, id: "1")
        gathering.leave(.b)
        gathering.say("not heard", by: .a, id: "2")
        #expect(metadata(gathering.stand, of: .b).count == 1)
        #expect(gathering.stand.server.conversations[Client.b.imAddress].first?.messageCount == 1)
    }

    @Test func `Each user has recordings of his own`() throws {
        var gathering = try recorded(stops: false)
        _ = refer(&gathering, method: "INVITE", name: "other", by: .b)
        gathering.say("Message 6", by: .c, id: "6")
        gathering.leave(.a)
        #expect(recordingName(metadata(gathering.stand).first) == "conversationX")
        #expect(recordingName(metadata(gathering.stand, of: .b).first) == "other")
        let foreign = metadata(gathering.stand, of: .b).map(\.reference)
        _ = gathering.stand.received(by: .a)
        gathering.stand.send(Client.a.retrieval(at: Self.function, list: foreign, branch: "f"), from: .a)
        #expect(gathering.stand.received(by: .a).last?.status == 403)
    }

    @Test func `What only some get, and that somebody types, is not recorded`() throws {
        var gathering = try Gathering.adHoc()
        _ = refer(&gathering, method: "INVITE")
        gathering.say("psst", by: .b, to: [Client.c.imAddress], id: "1")
        let composing = Client.b.wrapped(
            "<isComposing/>", from: Client.b.imAddress, to: [gathering.identity], along: gathering.path(to: .b),
            id: "2", type: "application/im-iscomposing+xml")
        if let id = gathering.connections["bob"] { gathering.stand.send(composing, on: id) }
        gathering.say("aloud", by: .b, id: "3")
        _ = refer(&gathering, method: "BYE", number: 2)
        #expect(gathering.stand.server.conversations[Client.a.imAddress].first?.messageCount == 1)
    }

    @Test func `A list may name the function, which is not invited`() throws {
        var gathering = Gathering()
        let entries = [Client.b.imAddress, "sip:History@home.example;historyfilename=listed"]
        try gathering.gather([.b], Client.a.gather(entries))
        gathering.everybody = gathering.identity
        gathering.say("Message 1", by: .a)
        #expect(gathering.texts(to: .b) == ["Message 1"])
        _ = refer(&gathering, method: "BYE")
        #expect(recordingName(metadata(gathering.stand).first) == "listed")
        #expect(gathering.stand.server.conversations[Client.a.imAddress].first?.messageCount == 1)
    }

    // MARK: Refusals

    @Test func `A stranger is to say who he is`() throws {
        var stand = Stand()
        stand.send(Client.a.refer("<sip:x@127.0.0.1>", to: Self.function, ""), from: .a)
        let refusal = try #require(stand.received(by: .a).first)
        #expect(refusal.status == 401)
        #expect(refusal.warningCode == "127")
        #expect(refusal.contains(.wwwAuthenticate))
    }

    @Test func `Who may not record is refused`() throws {
        var configuration = Stand.configuration
        configuration.policy.conversationHistoryUsers = []
        var gathering = try Gathering.adHoc(configuration)
        let refusal = refer(&gathering, method: "INVITE").first
        #expect(refusal?.status == 403)
        #expect(refusal?.warningCode == "127")
    }

    @Test func `Without room there is no recording`() throws {
        var configuration = Stand.configuration
        configuration.limits.recordsPerUser = 0
        var gathering = try Gathering.adHoc(configuration)
        let refusal = refer(&gathering, method: "INVITE").first
        #expect(refusal?.status == 486)
        #expect(refusal?.warningCode == "122")
    }

    @Test func `Who is not in the session, and a session that is not there, are refused in a notification`() throws {
        var gathering = try Gathering.adHoc()
        #expect(refer(&gathering, method: "INVITE", by: .d).last?.body.text.hasPrefix("SIP/2.0 403") == true)
        gathering.stand.send(Client.a.refer("<sip:none@127.0.0.1>", to: Self.function, number: 9, ""), from: .a)
        #expect(gathering.stand.received(by: .a).contains { $0.status == 202 })
        #expect(metadata(gathering.stand).isEmpty)
    }

    @Test func `What is not recorded cannot be stopped`() throws {
        var gathering = try Gathering.adHoc()
        #expect(refer(&gathering, method: "BYE").first?.status == 404)
        _ = refer(&gathering, method: "INVITE", number: 2)
        #expect(refer(&gathering, method: "BYE", number: 3, by: .b).first?.status == 404)
    }

    @Test func `A session is recorded once for a user`() throws {
        var gathering = try Gathering.adHoc()
        _ = refer(&gathering, method: "INVITE")
        #expect(refer(&gathering, method: "INVITE", number: 2).last?.body.text.hasPrefix("SIP/2.0 486") == true)
    }

    @Test(arguments: [("SUBSCRIBE", 403), ("", 202)]) func `The method says what is wanted`(method: String, status: Int)
        throws
    {
        var gathering = try Gathering.adHoc()
        let identity = gathering.identity
        let target = method.isEmpty ? identity : "\(identity);method=\(method)"
        _ = gathering.stand.received(by: .a)
        gathering.stand.send(Client.a.refer("<\(target)>", to: Self.function, ""), from: .a)
        #expect(gathering.stand.received(by: .a).first?.status == status)
    }

    @Test func `Records are asked for by a list, and received only`() throws {
        var gathering = try recorded()
        let references = metadata(gathering.stand).map(\.reference)
        func status(_ request: SIPMessage) -> Int? {
            _ = gathering.stand.received(by: .a)
            gathering.stand.send(request, from: .a)
            return gathering.stand.received(by: .a).last?.status
        }
        #expect(status(Client.a.retrieval(at: Self.function, branch: "1")) == 400)
        #expect(status(Client.a.retrieval(at: Self.function, list: [], branch: "2")) == 400)
        #expect(status(Client.a.retrieval(at: Self.function, list: ["sip:none@home.example"], branch: "3")) == 404)
        let sending = Client.a.receiving().replacing("recvonly", with: "sendrecv")
        #expect(status(Client.a.retrieval(at: Self.function, list: references, branch: "4", sending)) == 488)
    }

    @Test func `A full store ends the recording, keeps what there is, and tells the user once`() throws {
        var configuration = Stand.configuration
        configuration.limits.recordedBytesPerUser = 1500
        var gathering = try Gathering.adHoc(configuration)
        #expect(refer(&gathering, method: "INVITE").first?.status == 202)
        gathering.say("short", by: .b, id: "1")
        gathering.say(String(repeating: "x", count: 2000), by: .b, id: "2")
        gathering.say("short", by: .b, id: "3")
        #expect(gathering.texts(to: .c).count == 3, "Nobody else suffers")
        #expect(gathering.stand.server.conversations[Client.a.imAddress].first?.messageCount == 1)
        #expect(metadata(gathering.stand).count == 1)
        let notices = gathering.stand.received(by: .a).filter { $0.method == .message }
        #expect(notices.map { $0.first(.acceptContact) } == ["*;+g.oma.sip-im.system-message"])
    }

    // MARK: Deletion

    @Test func `Records are deleted by name, by list, and all at once`() throws {
        var gathering = try Gathering.adHoc()
        for number in 1...4 {
            _ = refer(&gathering, method: "INVITE", number: number * 2)
            gathering.say("Message \(number)", by: .b, id: "\(number)")
            _ = refer(&gathering, method: "BYE", number: number * 2 + 1)
        }
        let references = metadata(gathering.stand).map(\.reference)
        #expect(references.count == 4)
        func delete(_ target: String, list: [String]? = nil, branch: String) -> Int? {
            _ = gathering.stand.received(by: .a)
            gathering.stand.send(Client.a.refer(to: target, list: list, branch: branch), from: .a)
            return gathering.stand.received(by: .a).first?.status
        }
        #expect(delete(references[0] + ";method=INVITE", branch: "d1") == 200)
        #expect(metadata(gathering.stand).map(\.reference) == Array(references[1...]))
        #expect(delete("cid:list@x", list: [references[1], references[2]], branch: "d2") == 200)
        #expect(metadata(gathering.stand).map(\.reference) == [references[3]])
        #expect(delete(references[0], branch: "d3") == 404)
        #expect(delete("sip:History@home.example", branch: "d4") == 200)
        #expect(metadata(gathering.stand).isEmpty)
        #expect(gathering.stand.server.conversations.size == 0)
        gathering.stand.send(Client.a.retrieval(at: Self.function, list: [references[3]], branch: "d5"), from: .a)
        #expect(gathering.stand.received(by: .a).last?.status == 404)
    }

    @Test func `The journal brings the records back`() throws {
        var gathering = try recorded(stops: false)
        var restored = ReferenceServer(configuration: Stand.configuration, seed: 9)
        restored.restore(gathering.stand.journal)
        #expect(restored.conversations[Client.a.imAddress].first?.messageCount == 3)
        #expect(restored.conversations[Client.a.imAddress].allSatisfy { $0.isComplete }, "The session is gone")
        _ = refer(&gathering, method: "BYE", number: 5)
        restored = ReferenceServer(configuration: Stand.configuration, seed: 9)
        restored.restore(gathering.stand.journal)
        #expect(restored.conversations[Client.a.imAddress] == gathering.stand.server.conversations[Client.a.imAddress])
    }
}

extension ConversationRecord {
    /// How many messages a conversation has.
    var messageCount: Int {
        if case .conversation(let conversation) = content { conversation.messages.count } else { 0 }
    }
}
