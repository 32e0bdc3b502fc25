import Actors
import Bytes
import Conformance
import MessageBodies
import SIPSyntax
import Testing

@Suite struct StoreDeletionTests {
    private static let items = ["sip:m1@example.com", "sip:m2@example.com", "sip:m3@example.com"]
    private static let active = [SIPField(.event, "refer"), SIPField(.subscriptionState, "active")]
    private static let terminated = [
        SIPField(.event, "refer"), SIPField(.subscriptionState, "terminated;reason=noresource"),
        SIPField(.contentType, "message/sipfrag"),
    ]

    private func target(_ store: MessageStore) -> String {
        store == .deferred ? World.deferredList : World.historyList
    }

    /// A world in which Alice has read a list of three items.
    private func world(_ store: MessageStore = .deferred, alice: Set<ClientDefect> = []) -> World {
        var world = World.withDocuments(alice: alice)
        world.proxy.answers = ["sip:Delete@example.com": 200]
        world.xdms.store(Self.items, at: target(store))
        world.perform(World.alice, .list(store))
        return world
    }

    private func refer(of world: World) throws -> SIPMessage {
        try #require(world.requests(.refer, from: World.alice).first)
    }

    private func refer(_ store: MessageStore, _ selection: Selection) throws -> SIPMessage {
        var world = world(store)
        world.perform(World.alice, .delete(store, selection))
        return try refer(of: world)
    }

    // MARK: The REFER

    @Test func `REFER goes to the delete function with the fields of an initial request`() throws {
        let refer = try refer(.deferred, .places([1]))
        #expect(refer.requestURI == "sip:Delete@example.com")
        #expect(refer.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(refer.first(.userAgent)?.hasPrefix("IM-client/OMA1.0") == true)
        #expect(refer.first(.contact)?.contains("+g.oma.sip-im") == true)
        #expect(refer.list(.supported).contains("timer"))
    }

    @Test(arguments: [
        (MessageStore.deferred, Selection.places([2]), "<sip:m2@example.com>", String?.none),
        (.history, .places([2]), "<sip:m2@example.com;method=INVITE>", nil),
        (.deferred, .all, "<sip:Deferred@example.com>", "false"),
        (.history, .all, "<sip:History@example.com;method=INVITE>", nil),
    ])
    func `One item is named by its reference, all by the function that keeps them`(
        store: MessageStore, selection: Selection, referTo: String, referSub: String?
    ) throws {
        let refer = try refer(store, selection)
        #expect(refer.first(.referTo) == referTo)
        #expect(refer.first(.referSub) == referSub)
        #expect(!refer.contains(.require))
        #expect(refer.body.isEmpty)
    }

    @Test(arguments: [(MessageStore.deferred, "true"), (.history, "false")])
    func `Several items are named by a list that the REFER refers to`(store: MessageStore, referSub: String) throws {
        let refer = try refer(store, .places([1, 3]))
        let contentID = try #require(refer.first(SIPFieldName("Content-ID")))
        #expect(refer.first(.referTo) == "<cid:\(contentID.dropFirst())")
        #expect(refer.first(.referSub) == referSub)
        #expect(refer.list(.require) == ["multiple-refer"])
        #expect(refer.first(.contentType) == "application/resource-lists+xml")
        #expect(refer.first(.contentDisposition) == "recipient-list")
        #expect(try ResourceLists(parsing: refer.body).entries.map(\.uri) == [Self.items[0], Self.items[2]])
    }

    @Test func `A reference without a scheme gets one`() throws {
        var world = World.withDocuments()
        world.proxy.answers = ["sip:Delete@example.com": 200]
        world.xdms.store(["m1@example.com"], at: World.deferredList)
        world.perform(World.alice, .list(.deferred))
        world.perform(World.alice, .delete(.deferred, .places([1])))
        #expect(try refer(of: world).first(.referTo) == "<sip:m1@example.com>")
    }

    @Test(arguments: [[0], [4], [1, 4]])
    func `What the list does not have cannot be deleted`(places: [Int]) {
        var world = world()
        world.perform(World.alice, .delete(.deferred, .places(places)))
        #expect(world.requests(.refer, from: World.alice).isEmpty)
        #expect(
            world.tellings.last
                == .deletionFailed(.deferred, reason: "No list that was read has the items \(places)"))
    }

    @Test func `Nothing can be chosen from a list that was never read`() {
        var world = World.withDocuments()
        world.perform(World.alice, .delete(.history, .places([1])))
        #expect(
            world.tellings == [.deletionFailed(.history, reason: "No list that was read has the items [1]")])
    }

    // MARK: The list that shows it

    @Test func `The list is read until the item is gone`() {
        var world = world()
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .milliseconds(1200))
        #expect(world.xdms.requests.count == 4)
        #expect(world.tellings == [.listed(.deferred, count: 3)])
        world.xdms.store(Array(Self.items.dropFirst()), at: World.deferredList)
        world.run(for: .seconds(1))
        #expect(world.tellings.last == .deleted(.deferred))
    }

    @Test func `The list that was read last says what the places mean`() throws {
        var world = world()
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .milliseconds(100))
        world.xdms.store(Array(Self.items.dropFirst()), at: World.deferredList)
        world.run(for: .seconds(1))
        world.perform(World.alice, .delete(.deferred, .places([1])))
        let last = try #require(world.requests(.refer, from: World.alice).last)
        #expect(last.first(.referTo) == "<sip:m2@example.com>")
    }

    @Test func `All is gone when the list is empty`() {
        var world = world(.history)
        world.perform(World.alice, .delete(.history, .all), for: .milliseconds(100))
        world.xdms.store([Self.items[2]], at: World.historyList)
        world.run(for: .seconds(1))
        #expect(world.tellings.last == .listed(.history, count: 3))
        world.xdms.documents[World.historyList] = nil
        world.run(for: .seconds(1))
        #expect(world.tellings.last == .deleted(.history))
    }

    @Test func `A list that still shows the item after five seconds is told, and ends the wait`() {
        var world = world()
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .seconds(6))
        #expect(
            world.tellings.suffix(2) == [
                .protocolTrouble("The list still shows what was to be deleted"),
                .deleted(.deferred),
            ])
        let count = world.xdms.requests.count
        world.run(for: .seconds(60))
        #expect(world.xdms.requests.count == count)
    }

    @Test func `A list that comes too late and still shows the item ends the wait`() {
        var world = world()
        world.xdms.conduct = .isSilent
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .seconds(34))
        #expect(
            world.tellings.last
                == .deletionFailed(.deferred, reason: "No response of the document server in time"))
    }

    @Test func `A REFER that is refused deletes nothing`() {
        var world = world()
        world.proxy.answers = ["sip:Delete@example.com": 404]
        world.perform(World.alice, .delete(.deferred, .places([1])))
        #expect(world.tellings.last == .deletionFailed(.deferred, reason: "REFER: 404 Not Found"))
        #expect(world.xdms.requests.count == 1)
    }

    @Test func `A REFER that nobody answers deletes nothing`() {
        var world = world()
        world.isLost = { message, _ in message.method == .refer }
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .seconds(33))
        #expect(world.tellings.last == .deletionFailed(.deferred, reason: "REFER: no response (408)"))
    }

    // MARK: Notifications

    @Test func `Notifications are answered before and after the list shows the deletion`() throws {
        var world = world()
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .milliseconds(100))
        let refer = try refer(of: world)
        world.inject(inDialogOf: refer, fields: Self.active, body: "SIP/2.0 100 Trying\r\n")
        world.xdms.store([], at: World.deferredList)
        world.run(for: .seconds(1))
        world.inject(inDialogOf: refer, number: 2, fields: Self.terminated, body: "SIP/2.0 200 OK\r\n")
        #expect(world.responses(to: .notify, from: World.alice).map(\.status) == [200, 200])
        world.inject(inDialogOf: refer, number: 3, fields: Self.active)
        #expect(world.responses(to: .notify, from: World.alice).map(\.status) == [200, 200, 481])
        #expect(world.tellings.last == .deleted(.deferred))
    }

    @Test func `The wait for notifications ends`() throws {
        var world = world()
        world.xdms.store([], at: World.deferredList)
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .seconds(40))
        world.inject(inDialogOf: try refer(of: world), fields: Self.terminated)
        #expect(world.responses(to: .notify, from: World.alice).map(\.status) == [481])
    }

    @Test func `A notification of failure is believed`() throws {
        var world = world()
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .milliseconds(100))
        world.inject(
            inDialogOf: try refer(of: world), fields: Self.terminated, body: "SIP/2.0 404 Not Found\r\n")
        #expect(world.tellings.last == .deletionFailed(.deferred, reason: "The server notifies of a 404"))
        let count = world.xdms.requests.count
        world.run(for: .seconds(10))
        #expect(world.xdms.requests.count <= count + 1)
    }

    @Test func `Notifications of other events, and other requests, are turned away`() throws {
        var world = world()
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .milliseconds(100))
        let refer = try refer(of: world)
        world.inject(inDialogOf: refer, fields: [SIPField(.event, "conference")])
        world.inject(.bye, inDialogOf: refer, number: 2)
        #expect(world.responses(to: .notify, from: World.alice).map(\.status) == [489])
        #expect(world.responses(to: .bye, from: World.alice).map(\.status) == [481])
    }

    // MARK: Purging

    @Test func `An empty store is purged without a word to the server`() {
        var world = World.withDocuments()
        world.perform(World.alice, .purge(.history))
        #expect(world.requests(.refer, from: World.alice).isEmpty)
        #expect(world.tellings == [.purged(.history)])
    }

    @Test func `A store that is not empty is purged by deleting all, and looked at again`() throws {
        var world = world()
        world.perform(World.alice, .purge(.deferred), for: .milliseconds(100))
        #expect(try refer(of: world).first(.referTo) == "<sip:Deferred@example.com>")
        world.xdms.store([], at: World.deferredList)
        world.run(for: .seconds(1))
        #expect(world.tellings.last == .purged(.deferred))
    }

    @Test func `A store whose list cannot be had cannot be purged`() {
        var world = World()
        world.perform(World.alice, .purge(.deferred))
        #expect(world.tellings == [.purgeFailed(.deferred, reason: "No document server is known")])
    }

    @Test func `A store that stays as it was cannot be purged`() {
        var world = world()
        world.perform(World.alice, .purge(.deferred), for: .seconds(7))
        #expect(
            world.tellings.last == .purgeFailed(.deferred, reason: "The list still shows what was to be deleted"))
    }

    // MARK: Defects

    @Test func `deletesAll names the function instead of the item`() throws {
        var world = world(alice: [.deletesAll])
        world.perform(World.alice, .delete(.deferred, .places([1])))
        #expect(try refer(of: world).first(.referTo) == "<sip:Deferred@example.com>")
    }

    @Test func `multipleReferNotRequired asks for less than it needs`() throws {
        var world = world(alice: [.multipleReferNotRequired])
        world.perform(World.alice, .delete(.deferred, .places([1, 2])))
        #expect(try !refer(of: world).contains(.require))
    }

    @Test func `notifyNeverAnswered leaves notifications without an answer`() throws {
        var world = world(alice: [.notifyNeverAnswered])
        world.perform(World.alice, .delete(.deferred, .places([1])), for: .milliseconds(100))
        world.inject(inDialogOf: try refer(of: world), fields: Self.terminated)
        #expect(world.responses(to: .notify, from: World.alice).isEmpty)
    }
}
