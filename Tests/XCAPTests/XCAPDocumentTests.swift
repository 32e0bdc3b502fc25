import Bytes
import Testing
import XCAP
import XMLTree

/// Reading and changing a document piece by piece.
///
/// RFC 4825 §7 and §8
struct XCAPDocumentTests {
    static let namespace = "urn:ietf:params:xml:ns:resource-lists"
    static let text = """
        <resource-lists xmlns="\(namespace)" xmlns:x="urn:x" xmlns:unused="urn:u">\
        <list name="a"><entry uri="sip:1@h"/><entry uri="sip:2@h" x:kind="k"/><x:note>n</x:note></list>\
        <list name="b"/></resource-lists>
        """

    private func selector(_ path: String) throws -> NodeSelector {
        let escaped = path.replacing("\"", with: "%22").replacing("[", with: "%5B").replacing("]", with: "%5D")
        let query = "?xmlns(x=urn:x)xmlns(u=urn:u)"
        return try #require(
            try XCAPURI(parsing: "/resource-lists/global/index/~~/resource-lists\(escaped)\(query)").node)
    }

    private func document(_ text: String = Self.text) throws -> XCAPDocument {
        try XCAPDocument(parsing: Array(text.utf8))
    }

    /// The document, written without the parts that all these documents have.
    private func written(_ document: XCAPDocument) -> String {
        document.serialized().text.split(separator: "\n").last.map(String.init) ?? ""
    }

    // MARK: Reading

    @Test(arguments: [
        ("", "resource-lists"), ("/list[1]", "list"), ("/list[@name=\"b\"]", "list"), ("/list[2][@name=\"b\"]", "list"),
        ("/*[2]", "list"), ("/list/entry[@uri=\"sip:2@h\"]", "entry"), ("/*/entry[2]", "entry"),
        ("/list/x:note", "note"),
        ("/list/*[@x:kind=\"k\"]", "entry"), ("[1]", "resource-lists"),
    ])
    func `a selector selects an element`(path: String, name: String) throws {
        guard case .element(let element) = try document().selected(by: selector(path)) else {
            Issue.record("nothing is selected")
            return
        }
        #expect(element.name.local == name)
    }

    @Test(arguments: [
        "/list", "/*", "/list[3]", "/list[1][@name=\"b\"]", "/list/entry", "/list/x:entry", "/entry",
        "/list[@name=\"A\"]",
        "[2]", "[@a=\"b\"]", "/list[1]/@none", "/list/@name", "/list[1]/@x:name", "/x:list",
    ])
    func `what selects nothing, or more than one, selects nothing`(path: String) throws {
        #expect(try document().selected(by: selector(path)) == nil)
    }

    @Test(arguments: [("/list[2]/@name", "b"), ("/*[1]/entry[@uri=\"sip:2@h\"]/@x:kind", "k")])
    func `a selector selects an attribute`(path: String, value: String) throws {
        #expect(try document().selected(by: selector(path)) == .attribute(value))
    }

    @Test func `a selector selects the namespaces that are declared at an element`() throws {
        guard case .namespaces(let element) = try document().selected(by: selector("/list[1]/namespace::*")) else {
            Issue.record("nothing is selected")
            return
        }
        #expect(element.children.isEmpty)
        #expect(element.declarations == ["": Self.namespace, "x": "urn:x", "unused": "urn:u"])
    }

    // MARK: Writing elements

    struct Insertion: CustomStringConvertible {
        let path: String
        let content: String
        /// The children of the root element, or of its first list, as they are afterwards.
        let result: String
        var outcome = XCAPDocument.Outcome.created
        var description: String { "\(path) \(content)" }
    }

    @Test(arguments: [
        Insertion(path: "/list[@name=\"c\"]", content: "<list name='c'/>", result: "a b c"),
        Insertion(path: "/list[3]", content: "<list name='c'/>", result: "a b c"),
        Insertion(path: "/*[3]", content: "<list name='c'/>", result: "a b c"),
        Insertion(path: "/list[1][@name=\"c\"]", content: "<list name='c'/>", result: "c a b"),
        Insertion(path: "/*[2][@name=\"c\"]", content: "<list name='c'/>", result: "a c b"),
        Insertion(path: "/x:other", content: "<x:other name='o'/>", result: "a b o"),
        Insertion(
            path: "/list[@name=\"b\"]", content: "<list name='b'><entry uri='e'/></list>", result: "a b",
            outcome: .replaced),
        Insertion(path: "/list[1]", content: "<list name='z'/>", result: "z b", outcome: .replaced),
        Insertion(path: "/*[2]", content: "<x:other name='o'/>", result: "a o", outcome: .replaced),
    ])
    func `an element is written where its URI selects it`(_ insertion: Insertion) throws {
        var document = try document()
        let selector = try selector(insertion.path)
        #expect(try document.put(Array(insertion.content.utf8), at: selector) == insertion.outcome)
        #expect(document.root.elements.compactMap { $0.attribute("name") }.joined(separator: " ") == insertion.result)
        guard case .element(let element) = document.selected(by: selector) else {
            Issue.record("nothing is selected")
            return
        }
        let declarations = ["": Self.namespace, "x": "urn:x"]
        #expect(try element == XMLDocument.fragment(parsing: Array(insertion.content.utf8), declarations: declarations))
        let once = document
        #expect(try document.put(Array(insertion.content.utf8), at: selector) == .replaced)
        #expect(document == once)
    }

    @Test func `an element goes behind the last one of its name, before others`() throws {
        var document = try document()
        _ = try document.put(Array("<entry uri='sip:3@h'/>".utf8), at: selector("/list[1]/entry[@uri=\"sip:3@h\"]"))
        #expect(document.root.elements[0].elements.map(\.name.local) == ["entry", "entry", "entry", "note"])
        #expect(document.root.elements[0].elements[2].attribute("uri") == "sip:3@h")
    }

    @Test func `a root element takes the place of the other`() throws {
        var document = try document()
        let content = "<resource-lists xmlns='\(Self.namespace)'/>"
        #expect(try document.put(Array(content.utf8), at: selector("")) == .replaced)
        #expect(document.root.children.isEmpty)
    }

    @Test func `a fragment relies on the prefixes declared around it, and keeps them when it is written`() throws {
        var document = try document()
        _ = try document.put(Array("<unused:y/>".utf8), at: selector("/list[2]/u:y"))
        let again = try XCAPDocument(parsing: document.serialized())
        #expect(again.root.elements[1].elements.map(\.name) == [XMLName("y", namespace: "urn:u")])
        #expect(again == document)
    }

    @Test(arguments: [
        ("/other/list", "<list/>", XCAPConflict.Reason.noParent), ("/list/*/x", "<x/>", .noParent),
        ("/list/entry[@uri=\"sip:3@h\"]", "<entry uri='sip:3@h'/>", .noParent),
        ("/list[1]/a/b", "<b/>", .noParent), ("/list[9]/@name", "x", .noParent), ("/list/@name", "x", .noParent),
        ("/list[4]", "<list/>", .cannotInsert), ("/list[@name=\"c\"]", "<list name='d'/>", .cannotInsert),
        ("/list[@name=\"a\"]", "<list name='d'/>", .cannotInsert), ("/list", "<list/>", .cannotInsert),
        ("/list[3]", "<x:list/>", .cannotInsert), ("/list[1]", "<other/>", .cannotInsert),
        ("/list[1][@name=\"c\"]", "<list/>", .cannotInsert), ("[2]", "<resource-lists/>", .cannotInsert),
        ("", "<other/>", .cannotInsert), ("/list[1]/@name", "b", nil), ("/list[@name=\"a\"]/@name", "b", .cannotInsert),
        ("/list[1]/namespace::*", "<list/>", .cannotInsert),
        ("/list[3]", "", .notXMLFragment), ("/list[3]", "<list>", .notXMLFragment),
        ("/list[3]", "text", .notXMLFragment),
        ("/list[3]", "<list/><list/>", .notXMLFragment), ("/list[3]", "<y:list/>", .notXMLFragment),
        ("/list[3]", "<!DOCTYPE a><list/>", .notXMLFragment),
        ("/list[3]", "<?xml version='1.0'?><list/>", .notXMLFragment),
        ("/list[1]/@name", "<", .notXMLAttributeValue), ("/list[1]/@name", "a & b", .notXMLAttributeValue),
        ("/list[1]/@name", "&nbsp;", .notXMLAttributeValue),
    ])
    func `what cannot be written says why, and changes nothing`(
        path: String, content: String, reason: XCAPConflict.Reason?
    ) throws {
        var document = try document()
        let selector = try selector(path)
        do throws(XCAPConflict) {
            _ = try document.put(Array(content.utf8), at: selector)
            #expect(reason == nil)
        } catch {
            #expect(error.reason == reason)
            #expect(try document == self.document())
        }
    }

    @Test(arguments: ["/list[3]", "/list[1]/@name"])
    func `bytes that are not UTF-8 are refused as such`(path: String) throws {
        var document = try document()
        let error = #expect(throws: XCAPConflict.self) { try document.put([0x3C, 0xFF], at: selector(path)) }
        #expect(error?.reason == .notUTF8)
    }

    // MARK: Writing attributes

    @Test(arguments: [
        ("/list[1]/@name", "z", "z", XCAPDocument.Outcome.replaced),
        ("/list[1]/@new", "a &lt; \"b\"\n", "a < \"b\" ", .created),
        ("/list[1]/@x:new", "", "", .created), ("/list[@name=\"a\"]/@name", "a", "a", .replaced),
        ("/list[1]/entry[2]/@x:kind", "&#x1F600;", "\u{1F600}", .replaced),
    ])
    func `an attribute is written and read`(
        path: String, content: String, value: String, outcome: XCAPDocument.Outcome
    ) throws {
        var document = try document()
        let selector = try selector(path)
        #expect(try document.put(Array(content.utf8), at: selector) == outcome)
        #expect(document.selected(by: selector) == .attribute(value))
        #expect(try XCAPDocument(parsing: document.serialized()) == document)
    }

    // MARK: Deleting

    @Test(arguments: [
        ("/list[2]", "<list name=\"a\">"), ("/list[@name=\"b\"]", "<list name=\"a\">"), ("/list[1]/x:note", "</list>"),
        ("/list[1]/entry[2]", "note"), ("/list[2]/@name", "<list/>"), ("/list[@name=\"b\"]/@name", "<list/>"),
    ])
    func `what is deleted is not there any more`(path: String, rest: String) throws {
        var document = try document()
        let selector = try selector(path)
        #expect(try document.delete(selector))
        #expect(document.selected(by: selector) == nil)
        #expect(written(document).contains(rest))
        #expect(try !document.delete(selector))
    }

    @Test(arguments: ["/list[1]", "/*[1]", "/list[1]/entry[1]", "", "/list[1]/namespace::*"])
    func `what would leave something at the same URI cannot be deleted`(path: String) throws {
        var document = try document()
        let error = #expect(throws: XCAPConflict.self) { try document.delete(selector(path)) }
        #expect(error?.reason == .cannotDelete)
        #expect(try document == self.document())
    }

    // MARK: Documents

    @Test(arguments: [
        ("<a>", XCAPConflict.Reason.notWellFormed), ("", .notWellFormed), ("<!DOCTYPE a []><a/>", .notWellFormed),
        ("<a:b/>", .notWellFormed), ("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", .notUTF8),
        ("<?xml version=\"1.0\" encoding = \"utf-16\"?><a/>", .notUTF8),
    ])
    func `what is no document says why`(text: String, reason: XCAPConflict.Reason) {
        let error = #expect(throws: XCAPConflict.self) { try document(text) }
        #expect(error?.reason == reason)
    }

    @Test(arguments: [
        "<?xml version='1.0' encoding='UTF-8'?><a/>", "<?xml version='1.0' encoding=\"us-ascii\"?><a/>",
        "<?xml version='1.0'?><a/>",
    ])
    func `a document may declare what it is`(text: String) throws {
        #expect(try document(text).root.name == XMLName("a"))
    }

    @Test func `bytes that are not UTF-8 are no document`() {
        let error = #expect(throws: XCAPConflict.self) {
            try XCAPDocument(parsing: Array("<a>".utf8) + [0xE9] + Array("</a>".utf8))
        }
        #expect(error?.reason == .notUTF8)
    }
}
