import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct StoredItemListTests {
    private func list(_ name: String) throws -> StoredItemList {
        try StoredItemList(parsing: fixture("stored/\(name).xml"))
    }

    @Test func `A deferred message is told by who sent it to whom, when, and until when it is kept`() throws {
        #expect(
            try list("printed").items == [
                StoredItem(
                    reference: "m1@deferred.example", date: "2026-03-01", size: 10, expiry: "2026-03-08T12:00:00Z",
                    subject: "Lunch?",
                    content: .pager(
                        StoredItem.Pager(
                            timeStamp: "2026-03-01T12:00:00Z", from: "sip:a@home.example", to: "sip:b@home.example")))
            ])
    }

    @Test func `A recording is told by its name, its time and who took part`() throws {
        let items = try list("recordings").items
        #expect(
            items.first
                == StoredItem(
                    reference: "sip:r1@history.example",
                    content: .conference(
                        StoredItem.Conference(
                            timeStart: "2026-03-01T12:00:00Z", timeEnd: "2026-03-01T12:05:00Z",
                            recordingName: "conversationX",
                            participants: StoredItem.Parties(
                                groupURI: "sip:g1@conf.example", groupDisplayName: "IM Group 1",
                                entries: [
                                    ResourceLists.Entry("sip:a@home.example", displayName: "Ann"),
                                    ResourceLists.Entry("sip:b@home.example", displayName: "Bob"),
                                ])))))
        #expect(items.map(\.time) == ["2026-03-01T12:00:00Z", "2026-02-28"])
    }

    @Test(arguments: [
        ("m1@deferred.example", true), ("sip:m1@deferred.example", true),
        ("<sip:m1@Deferred.example;method=INVITE>", true),
        ("sip:M1@deferred.example", false), ("sip:m1@history.example", false), ("", false),
    ])
    func `An item is found by its reference, with or without a scheme`(reference: String, isFound: Bool) throws {
        #expect((try list("printed").item(reference) != nil) == isFound)
    }

    @Test(arguments: [
        ("<history/>", XMLBodyError.missing("history-reference", in: "history")),
        (
            "<history history-reference='r'><conference><conf-list><entry/></conf-list></conference></history>",
            .missing("uri", in: "entry")
        ),
        (
            String(repeating: "<history history-reference='r'/>", count: StoredItemList.maximumItems + 1),
            .tooMany("history")
        ),
    ])
    func `What is not a list is refused`(content: String, error: XMLBodyError) {
        let text = "<history-list xmlns='\(StoredItemList.namespace)'>\(content)</history-list>"
        #expect(throws: error) { try StoredItemList(parsing: Array(text.utf8)) }
    }

    @Test func `An empty list is a document`() throws {
        #expect(try StoredItemList(parsing: StoredItemList().serialized()).items.isEmpty)
    }

    @Test(arguments: ["printed", "recordings"])
    func `A list that was read, written and read again is the same, in one namespace`(name: String) throws {
        let list = try list(name)
        #expect(try XMLDocument(parsing: list.serialized()).root.name.namespace == StoredItemList.namespace)
        #expect(try StoredItemList(parsing: list.serialized()) == list)
    }

    @Test func `Every part of an item survives writing and reading`() throws {
        let parties = StoredItem.Parties(
            groupURI: "sip:g@x", groupDisplayName: "\"G\"",
            entries: [ResourceLists.Entry("sip:a@x", displayName: "<A>")])
        let list = StoredItemList([
            StoredItem(
                reference: "sip:1@x", date: "2026-03-01", size: 0, expiry: "e", subject: "s & t",
                content: .pager(
                    StoredItem.Pager(timeStamp: "t", from: "f", to: "o", recipients: parties, authID: "sip:a@x"))),
            StoredItem(
                reference: "sip:2@x", content: .conference(StoredItem.Conference(timeStart: nil, timeEnd: nil))),
        ])
        #expect(try StoredItemList(parsing: list.serialized()) == list)
    }
}
