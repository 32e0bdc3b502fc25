import Bytes
import MSRP
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// What is kept for users who are away, and for how long.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.3 and §12.2.2.4
@Suite struct DeferredStoreTests {
    private let start = Instant(nanoseconds: 1_767_225_600_000_000_000)
    private let bob = Client.b.imAddress
    private var store = DeferredStore(
        host: "home.example", expiry: .init(minimum: 0, maximum: 1000, preset: 500), limits: .init())

    private func page(_ text: String, _ lines: String = "Subject: x") -> DeferredMessage.Content {
        .page(Client.a.page(text, to: .b, lines))
    }

    private mutating func put(_ text: String, _ lines: String = "Subject: x", after seconds: Int = 0) throws
        -> DeferredMessage
    {
        try store.store(page(text, lines), for: bob, named: "id-\(text)", at: start + .seconds(seconds))
    }

    @Test mutating func `Messages stay in the order of their arrival, each with a URI`() throws {
        for text in ["one", "two", "three"] { _ = try put(text) }
        #expect(
            store[bob].map(\.id) == ["sip:id-one@home.example", "sip:id-two@home.example", "sip:id-three@home.example"])
        #expect(store["sip:ann@home.example"].isEmpty)
    }

    @Test mutating func `Removing takes those that are named and no others`() throws {
        for text in ["one", "two", "three"] { _ = try put(text) }
        let removed = store.remove(["sip:id-two@home.example", "sip:id-none@home.example"], of: bob)
        #expect(removed.map(\.request.body.text) == ["two"])
        #expect(store[bob].map(\.request.body.text) == ["one", "three"])
        #expect(store.remove(["sip:id-one@home.example"], of: "sip:ann@home.example").isEmpty)
    }

    @Test(arguments: [("Expires: 999", 999), ("Expires: 1000", 500), ("Expires: 1001", 500), ("Subject: x", 500)])
    mutating func `A message lasts as long as it asks for, if that is below the maximum`(lines: String, seconds: Int)
        throws
    {
        #expect(try put("x", lines).expires == start + .seconds(seconds))
    }

    @Test mutating func `What has expired is gone, and said whose it was`() throws {
        _ = try put("one", "Expires: 10")
        _ = try put("two", "Expires: 20")
        #expect(store.nextExpiry == start + .seconds(10))
        let expired = store.expire(at: start + .seconds(10))
        #expect(expired.map(\.user) == [bob])
        #expect(expired.map(\.message.request.body.text) == ["one"])
        #expect(store[bob].map(\.request.body.text) == ["two"])
        #expect(store.nextExpiry == start + .seconds(20))
        _ = store.expire(at: start + .seconds(20))
        #expect(store.nextExpiry == nil)
        #expect(store.size == 0)
    }

    @Test(arguments: ["number", "room of the user", "room", "users"])
    mutating func `There is so much room and no more`(limit: String) throws {
        var limits = ReferenceServer.Limits()
        let size = Client.a.page("one", to: .b, "Subject: x").size
        switch limit {
        case "number": limits.deferredMessagesPerUser = 2
        case "room of the user": limits.deferredBytesPerUser = size * 2
        case "users": limits.users = 0
        default: limits.deferredBytes = size * 2
        }
        store = DeferredStore(
            host: "home.example", expiry: .init(minimum: 0, maximum: 10, preset: 5), limits: limits)
        if limit != "users" {
            _ = try put("one")
            _ = try put("two")
        }
        #expect(throws: Refusal(480, because: "No room for deferred messages")) { try put("six") }
        #expect(store[bob].count == (limit == "users" ? 0 : 2))
    }

    @Test mutating func `A large message is completed by the BYE of its sender`() throws {
        let send = Client.a.text("large", to: ["msrp://x"])
        let content = DeferredMessage.LargeMessage(
            invite: Client.a.invite(.b), success: Client.b.answer(200, to: Client.a.invite(.b)), send: send)
        let message = try store.store(.large(content), for: bob, named: "id", at: start)
        let before = store.size
        let bye = Client.a.request("BYE", Client.b.imAddress)
        let answer = store.complete(message.id, of: bob, by: bye)
        let completed = try #require(answer)
        guard case .large(let large) = completed.content else { return }
        #expect(large.bye == bye)
        #expect(store[bob] == [completed])
        #expect(store.size == before + bye.size)
        #expect(store.complete("sip:other@home.example", of: bob, by: bye) == nil)
    }
}
