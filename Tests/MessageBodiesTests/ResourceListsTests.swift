import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct ResourceListsTests {
    private func lists(_ name: String) throws -> ResourceLists {
        try ResourceLists(parsing: fixture("lists/\(name).xml"))
    }

    @Test func `Parameters and header parameters of a URI are left as they are`() throws {
        let entries = try lists("recipients").entries
        #expect(
            entries == [
                ResourceLists.Entry(
                    "sip:bob@home.example;method=INVITE?Replaces=a84b%3Bto-tag%3D1%3Bfrom-tag%3D2",
                    displayName: "Bob B"),
                ResourceLists.Entry("sip:ted@home.example"),
            ])
    }

    @Test func `Lists inside a list are part of it, and nothing else is`() throws {
        let lists = try lists("nested")
        #expect(lists.lists.map(\.name) == ["oma_blockedcontacts", "friends"])
        #expect(lists.lists.first?.displayName == "Blocked")
        #expect(
            lists.list(named: "oma_blockedcontacts")?.entries.map(\.uri)
                == ["sip:a@home.example", "sip:b@home.example", "sip:c@home.example"])
        #expect(lists.list(named: "inner") == nil)
    }

    @Test func `An entry without a URI is refused`() {
        #expect(throws: XMLBodyError.missing("uri", in: "entry")) { try lists("no-uri") }
    }

    @Test func `Another document is refused`() throws {
        let bytes = try fixture("settings/all-active.xml")
        #expect(throws: XMLBodyError.self) { try ResourceLists(parsing: bytes) }
    }

    @Test func `More than a thousand entries are refused, however deep they lie`() {
        let uris = (0...ResourceLists.maximumEntries).map { "sip:u\($0)@x" }
        #expect(throws: XMLBodyError.tooMany("entry")) {
            try ResourceLists(parsing: ResourceLists(uris).serialized())
        }
    }

    @Test(arguments: ["billion-laughs", "external-entity", "truncated"])
    func `What is not XML is refused`(name: String) throws {
        let bytes = try fixture("hostile/\(name).xml")
        #expect {
            try ResourceLists(parsing: bytes)
        } throws: {
            if case .notXML? = $0 as? XMLBodyError { true } else { false }
        }
    }

    @Test(arguments: ["recipients", "nested"])
    func `Lists that were read, written and read again are the same lists`(name: String) throws {
        let lists = try lists(name)
        #expect(try ResourceLists(parsing: lists.serialized()) == lists)
    }

    @Test func `A list of recipients is written as requests carry it`() {
        #expect(
            ResourceLists(["sip:b@x?Replaces=1&a=2"]).serialized().text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list>\
                <entry uri="sip:b@x?Replaces=1&amp;a=2"/></list></resource-lists>

                """)
    }
}
