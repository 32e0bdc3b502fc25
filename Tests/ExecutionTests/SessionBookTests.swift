import Conformance
import Testing

@testable import Execution

struct SessionBookTests {
    private func book() -> SessionBook {
        var book = SessionBook()
        book.open("one", by: Play.a, with: [Play.c])
        book.open("two", by: Play.b, with: [Play.c])
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
        #expect(book.participants(in: "one") == [Play.a, Play.c])
        #expect(book.members(of: "one") == [Play.a])
        book.bind("invitation-1", of: Play.c, invitedBy: Play.a)
        #expect(book.members(of: "one") == [Play.a, Play.c])
        #expect(book.members(of: "unknown") == [])
    }

    @Test func `The latest of several sessions of one name is meant`() {
        var book = book()
        book.bind("invitation-1", of: Play.c, invitedBy: Play.a)
        book.open("one", by: Play.a, with: [Play.c])
        book.bind("invitation-2", of: Play.c, invitedBy: Play.a)
        #expect(book.localName(of: "one", at: Play.c) == "invitation-2")
        #expect(book.scenarioName(of: "invitation-1", at: Play.c) == "one")
    }
}
