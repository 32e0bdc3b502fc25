import Bytes
import MSRP
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// The flow of IM-2.0-int-104: a room, and aliases in it.
@Suite struct ChatRoomTests {
    private static func room(
        _ alter: (inout ReferenceServer.Configuration) -> Void = { _ in },
        group: (inout GroupDocument) -> Void = { _ in }
    ) -> Gathering {
        Gathering(Groups.configuration(Groups.chatRoom(Groups.usual.union(.anonymity), group), alter: alter))
    }

    @Test func `Whoever enters first is let in at once, and nobody is invited`() throws {
        var gathering = Self.room()
        try gathering.enterRoom(.a)
        #expect(gathering.dialogs["ann"]?.first(.pAssertedIdentity) == "<sip:room@home.example>")
        for client in [Client.b, .c, .d] { #expect(gathering.stand.received(by: client).isEmpty) }
        #expect(gathering.present(for: .a) == ["sip:ann@home.example"])
    }

    @Test func `Two with one alias get different ones, and are told so`() throws {
        var gathering = Self.room()
        try gathering.enterRoom(.a, alias: "ChatAliasX")
        try gathering.enterRoom(.b)
        try gathering.enterRoom(.c, alias: "ChatAliasX")
        let a = try #require(gathering.roster(of: .a).own)
        let c = try #require(gathering.roster(of: .c).own)
        #expect(a.displayText == "ChatAliasX")
        #expect(a.entity == "sip:anonymous@anonymous.invalid")
        #expect(c.displayText != a.displayText)
        #expect(c.entity != a.entity)
        #expect(c.entity.hasSuffix("@anonymous.invalid"))
        let present = gathering.present(for: .b)
        #expect(present == [a.entity, "sip:bob@home.example", c.entity])
    }

    @Test func `Two with different aliases have different addresses`() throws {
        var gathering = Self.room()
        try gathering.enterRoom(.a, alias: "ChatAliasX")
        try gathering.enterRoom(.c, alias: "ChatAliasY")
        #expect(gathering.roster(of: .c).own?.displayText == "ChatAliasY")
        #expect(gathering.roster(of: .a).own?.entity != gathering.roster(of: .c).own?.entity)
    }

    @Test func `An alias that is taken may also be refused`() throws {
        var gathering = Self.room { $0.conferences.aliasCollision = .reject }
        try gathering.enterRoom(.a, alias: "ChatAliasX")
        #expect(throws: Gathering.Unexpected.self) { try gathering.enterRoom(.c, alias: "chataliasx") }
        try gathering.enterRoom(.c, alias: "ChatAliasY", number: 2)
        #expect(gathering.present(for: .a).count == 2)
    }

    @Test func `Messages are attributed to aliases, and no real address is seen`() throws {
        var gathering = Self.room()
        try gathering.enterRoom(.a, alias: "ChatAliasX")
        try gathering.enterRoom(.b)
        try gathering.enterRoom(.c, alias: "ChatAliasX")
        #expect(gathering.say("Hello from A", by: .a).map(\.status) == [200])
        for client in [Client.b, .c] {
            let heard = gathering.heard(by: client)
            #expect(heard.map(\.wrappedText) == ["Hello from A"])
            let from = heard.first?.body.flatMap { try? CPIMMessage(parsing: $0) }?.from
            #expect(gathering.roster(of: client).user(from ?? "")?.displayText == "ChatAliasX")
        }
        gathering.say("Hello from C", by: .c)
        #expect(gathering.texts(to: .a) == ["Hello from C"])
        gathering.notifications(to: .b)
        #expect(!String(describing: gathering.roster(of: .b)).contains("ann@"))
        #expect(!String(describing: gathering.roster(of: .b)).contains("cid@"))
    }

    @Test func `The real address is not the name of one who hides`() throws {
        var gathering = Self.room()
        try gathering.enterRoom(.a, alias: "ChatAliasX")
        try gathering.enterRoom(.b)
        #expect(gathering.say("I am ann", by: .a, from: Client.a.imAddress).map(\.status) == [403])
        #expect(gathering.texts(to: .b) == [])
    }

    @Test func `The room is left to those who stay`() throws {
        var gathering = Self.room()
        try gathering.enterRoom(.a)
        try gathering.enterRoom(.b)
        try gathering.enterRoom(.c)
        gathering.leave(.a)
        #expect(gathering.present(for: .b) == ["sip:bob@home.example", "sip:cid@home.example"])
        gathering.say("Still here", by: .b)
        #expect(gathering.texts(to: .c) == ["Still here"])
        gathering.leave(.c)
        #expect(gathering.present(for: .b) == ["sip:bob@home.example"])
        gathering.leave(.b)
        try gathering.enterRoom(.d)
        #expect(gathering.present(for: .d) == ["sip:dan@home.example"], "Another session")
    }

    @Test(arguments: [true, false]) func `With auto-release the room closes when its originator leaves`(byGroup: Bool)
        throws
    {
        var gathering = Self.room {
            $0.conferences.originatorLeaves = byGroup ? .sessionGoesOn : .sessionEnds
        } group: {
            if byGroup { $0.sessionPolicy.autoRelease = true }
        }
        try gathering.enterRoom(.a)
        try gathering.enterRoom(.b)
        try gathering.enterRoom(.c)
        _ = gathering.notifications(to: .b)
        gathering.leave(.a)
        let requests = gathering.stand.received(by: .b)
        #expect(requests.contains { $0.method == .bye })
        let change = try #require(requests.last { $0.method == .notify })
        gathering.stand.send(Client.b.answer(200, to: change), from: .b)
        let last = try #require(gathering.stand.received(by: .b).last)
        #expect(last.first(.subscriptionState) == "terminated;reason=noresource")
        #expect(gathering.stand.received(by: .c).contains { $0.method == .bye })
    }
}
