import Conformance
import Testing

@testable import Execution

struct SessionBookTests {
    private func book() -> SessionBook {
        var book = SessionBook()
        book.open("one", .oneToOne, by: Play.a, with: [Play.c])
        book.open("two", .oneToOne, by: Play.b, with: [Play.c])
        return book
    }

    @Test func `An invitation belongs to the session of the one who invites`() {
        var book = book()
        book.bind("invitation-1", of: Play.c, invitedBy: Play.b)
        book.bind("invitation-2", of: Play.c, invitedBy: Play.a)
        #expect(book.localName(of: "two", at: Play.c) == "invitation-1")
        #expect(book.localName(of: "one", at: Play.c) == "invitation-2")
        #expect(book.scenarioName(of: "invitation-1", at: Play.c) == "two")
    }

    @Test func `An invitation in nobody's name belongs to the oldest session that lacks one`() {
        var book = book()
        book.bind("invitation-1", of: Play.c, invitedBy: nil)
        book.bind("invitation-2", of: Play.c, invitedBy: nil)
        book.bind("invitation-3", of: Play.c, invitedBy: nil)
        #expect(book.scenarioName(of: "invitation-1", at: Play.c) == "one")
        #expect(book.scenarioName(of: "invitation-2", at: Play.c) == "two")
        #expect(book.scenarioName(of: "invitation-3", at: Play.c) == "invitation-3")
    }

    @Test func `A client becomes a member when the invitation reaches it`() {
        var book = book()
        #expect(book.members(of: "one") == [Play.a])
        book.bind("invitation-1", of: Play.c, invitedBy: Play.a)
        #expect(book.members(of: "one") == [Play.a, Play.c])
        #expect(book.members(of: "unknown") == [])
    }

    @Test func `Whoever enters a session is in it until he leaves`() {
        var book = book()
        #expect(book.present(in: "one") == [Play.a])
        book.enter("one", Play.c)
        book.enter("one", Play.c)
        #expect(book.present(in: "one") == [Play.a, Play.c])
        book.leave("one", Play.a)
        #expect(book.present(in: "one") == [Play.c])
    }

    @Test func `An ad-hoc conference ends with its originator, a group's session where its document says so`() {
        var book = SessionBook()
        func group(releasesWithOriginator: Bool) -> Group {
            Group(
                name: "Room", members: [], invitesMembers: false, isOpen: true, allowsAnonymity: true,
                allowsPrivateMessages: true, releasesWithOriginator: releasesWithOriginator)
        }
        book.open("adhoc", .adHoc, by: Play.a, with: [Play.b, Play.c])
        book.open("kept", .group(group(releasesWithOriginator: false)), by: Play.a, with: [])
        book.open("released", .group(group(releasesWithOriginator: true)), by: Play.a, with: [])
        #expect(["adhoc", "kept", "released"].map { book.ends($0, without: Play.a) } == [true, false, true])
        #expect(["adhoc", "kept", "released"].map { book.ends($0, without: Play.b) } == [false, false, false])
    }

    @Test func `The latest of several sessions of one name is meant`() {
        var book = book()
        book.bind("invitation-1", of: Play.c, invitedBy: Play.a)
        book.open("one", .oneToOne, by: Play.a, with: [Play.c])
        book.bind("invitation-2", of: Play.c, invitedBy: Play.a)
        #expect(book.localName(of: "one", at: Play.c) == "invitation-2")
        #expect(book.scenarioName(of: "invitation-1", at: Play.c) == "one")
    }

    @Test func `A session of two that becomes a conference keeps its name, but not at who is invited to it`() {
        var book = book()
        book.enter("one", Play.c)
        book.bind("invitation-1", of: Play.c, invitedBy: Play.a)
        book.confer("one", by: Play.a)
        #expect(book.isConference("one") && book.expected(in: "one") == [Play.c])
        book.bind("invitation-2", of: Play.c, invitedBy: Play.a)
        #expect(book.localName(of: "one", at: Play.c) == "invitation-2" && book.expected(in: "one") == [])
        #expect(book.scenarioName(of: "invitation-1", at: Play.c) == "one")
        #expect(book.present(in: "one") == [Play.a, Play.c])
    }
}
