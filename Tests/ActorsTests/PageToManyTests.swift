import Actors
import Bytes
import MessageBodies
import SIPSyntax
import Testing

/// Pages to the users of a list and to a group, as they are sent and as they arrive.
@Suite struct PageToManyTests {
    private static let factory = "sip:conference-factory@localhost"
    private static let group = "sip:im-group-1@example.com"

    private func page(
        to destination: Destination, _ text: String = "Hello all", defects: Set<ClientDefect> = []
    ) -> World {
        var world = World(alice: defects)
        world.proxy.answers = [Self.factory: 202, Self.group: 202]
        world.perform(World.alice, .page(text: text, to: destination))
        return world
    }

    private func pageToMany(defects: Set<ClientDefect> = []) throws -> SIPMessage {
        let users = ["sip:bob@example.com", "sip:carol@example.com"]
        return try #require(page(to: .users(users), defects: defects).requests(.message, from: World.alice).first)
    }

    private func multipart(of message: SIPMessage) throws -> MultipartBody {
        try MultipartBody(parsing: message.body, contentType: message.first(.contentType) ?? "")
    }

    @Test func `A page to many goes to the conference factory as one request that requires its list`() throws {
        let message = try pageToMany()
        #expect(message.requestURI == "\(Self.factory);sessiontype=adhoc")
        #expect(message.list(.require) == ["recipient-list-message"])
        #expect(message.first(.contentType)?.hasPrefix("multipart/mixed;boundary=") == true)
    }

    @Test func `A page to many holds the text and the list of its recipients`() throws {
        let parts = try multipart(of: pageToMany()).parts
        #expect(parts.map(\.essence) == ["text/plain", "application/resource-lists+xml"])
        #expect(parts[0].body.text == "Hello all")
        #expect(parts[1].disposition?.type == "recipient-list")
        let list = try ResourceLists(parsing: parts[1].body)
        #expect(list.entries.map(\.uri) == ["sip:bob@example.com", "sip:carol@example.com"])
    }

    @Test func `A page to a group goes to the IM Group Identity with the text alone`() throws {
        let message = try #require(page(to: .group(Self.group)).requests(.message, from: World.alice).first)
        #expect(message.requestURI == Self.group)
        #expect(message.first(.contentType) == "text/plain")
        #expect(message.body.text == "Hello all")
        #expect(!message.contains(.require))
    }

    @Test(arguments: [Destination.users(["sip:bob@example.com"]), .group(group)])
    func `A page to many or to a group is reported with its 202`(destination: Destination) {
        #expect(page(to: destination).heard(.paged(text: "Hello all", status: 202), by: World.alice))
    }

    @Test func `The list counts towards the 1300 bytes`() {
        let text = String(repeating: "x", count: 500)
        #expect(page(to: .user("sip:bob@example.com"), text).requests(.message, from: World.alice).count == 1)
        let users = (1...10).map { "sip:user-number-\($0)@example.com" }
        #expect(page(to: .users(users), text).requests(.message, from: World.alice).isEmpty)
    }

    // MARK: Reception

    private func arrival(_ lines: String, body: String = "Hello all") -> World {
        var world = World()
        world.inject(
            """
            MESSAGE sip:bob@127.0.0.12:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKpage
            From: <sip:alice@example.com>;tag=a1
            To: <sip:bob@example.com>
            Call-ID: call-1
            CSeq: 1 MESSAGE
            \(lines)
            Content-Length: \(body.utf8.count + body.count(where: { $0 == "\n" }))

            \(body)
            """, to: World.bob)
        return world
    }

    @Test func `What a group sends on is from the one who asked for it`() {
        let world = arrival("P-Asserted-Identity: <\(Self.group)>\nReferred-By: <sip:carol@example.com>")
        #expect(
            world.reports[World.bob] == [.received(text: "Hello all", from: "sip:carol@example.com", session: nil)])
    }

    @Test func `A text beside the history of its list is read`() {
        let body = """
            --b
            Content-Type: application/resource-lists+xml
            Content-Disposition: recipient-list-history

            <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"/>
            --b
            Content-Type: text/plain

            Hello all
            --b--

            """
        let world = arrival("Content-Type: multipart/mixed;boundary=b", body: body)
        #expect(
            world.reports[World.bob] == [.received(text: "Hello all", from: "sip:alice@example.com", session: nil)])
    }

    @Test func `A system message is answered, and told apart from what users send`() {
        let world = arrival(
            "Accept-Contact: *;+g.oma.sip-im.system-message\nP-Asserted-Identity: <sip:example.com>",
            body: "Maintenance at noon")
        #expect(world.sent(World.bob).map(\.status) == [200])
        #expect(
            world.reports[World.bob] == [.announced(text: "Maintenance at noon", from: "sip:example.com")])
    }

    @Test func `A system message whose content is elsewhere is answered and told by where that is`() {
        let world = arrival(
            """
            Accept-Contact: *;+g.oma.sip-im.system-message
            Content-Type: message/external-body;access-type=URL;URL="http://example.com/notice.html"
            """, body: "Content-Type: text/html\n\n")
        #expect(world.sent(World.bob).map(\.status) == [200])
        #expect(
            world.reports[World.bob]
                == [.announced(text: "http://example.com/notice.html", from: "sip:alice@example.com")])
    }

    @Test func `An external body that does not say where it is, is answered all the same`() {
        let world = arrival("Content-Type: message/external-body", body: "Content-Type: text/html\n\n")
        #expect(world.sent(World.bob).map(\.status) == [200])
        #expect(world.reports[World.bob] == nil)
    }

    @Test func `A group advertisement is told by its Subject`() {
        let world = arrival(
            "Subject: Join us\nContent-Type: application/vnd.poc.group-advertisement+xml", body: "<group/>")
        #expect(world.reports[World.bob] == [.announced(text: "Join us", from: "sip:alice@example.com")])
    }

    // MARK: Defects

    @Test func `listPageWithoutDisposition does not say what the list is for`() throws {
        let parts = try multipart(of: pageToMany(defects: [.listPageWithoutDisposition])).parts
        #expect(parts.map(\.disposition) == [nil, nil])
        #expect(parts[0].body.text == "Hello all")
    }

    @Test func `listPageToFirstOnly leaves all users but the first out of the list`() throws {
        let parts = try multipart(of: pageToMany(defects: [.listPageToFirstOnly])).parts
        #expect(try ResourceLists(parsing: parts[1].body).entries.map(\.uri) == ["sip:bob@example.com"])
    }

    @Test func `textAltered changes the text of a page to many and not its list`() throws {
        let parts = try multipart(of: pageToMany(defects: [.textAltered])).parts
        #expect(parts[0].body.text == "Hello al?")
        #expect(try ResourceLists(parsing: parts[1].body).entries.count == 2)
    }

    @Test func `groupPageAsList puts the group into a list`() throws {
        let world = page(to: .group(Self.group), defects: [.groupPageAsList])
        let message = try #require(world.requests(.message, from: World.alice).first)
        #expect(message.requestURI?.hasPrefix(Self.factory) == true)
        #expect(try ResourceLists(parsing: multipart(of: message).parts[1].body).entries.map(\.uri) == [Self.group])
    }

    @Test func `refusesSystemMessages answers them with 488 and lets pages be`() {
        for (lines, status) in [("Accept-Contact: *;+g.oma.sip-im.system-message", 488), ("Priority: normal", 200)] {
            var world = World(bob: [.refusesSystemMessages])
            world.inject(
                """
                MESSAGE sip:bob@127.0.0.12:5060 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKpage
                From: <sip:alice@example.com>;tag=a1
                To: <sip:bob@example.com>
                Call-ID: call-1
                CSeq: 1 MESSAGE
                \(lines)
                Content-Length: 0


                """, to: World.bob)
            #expect(world.sent(World.bob).map(\.status) == [status])
        }
    }
}
