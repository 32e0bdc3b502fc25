import Testing
import XMLTree

@Suite struct XMLFragmentTests {
    private func fragment(_ text: String, _ declarations: [String: String] = [:]) throws -> XMLElement {
        try XMLDocument.fragment(parsing: Array(text.utf8), declarations: declarations)
    }

    @Test func `A fragment uses the prefixes of its surroundings`() throws {
        let element = try fragment("<a p:b='1'><p:c/></a>", ["": "urn:x", "p": "urn:<&>\"y"])
        #expect(element.name == XMLName("a", namespace: "urn:x"))
        #expect(element.attributes.map(\.name) == [XMLName("b", namespace: "urn:<&>\"y")])
        #expect(element.elements.map(\.name) == [XMLName("c", namespace: "urn:<&>\"y")])
    }

    @Test func `A fragment has its own declarations, and no other`() throws {
        #expect(try fragment("<a xmlns:q='urn:q'/>", ["p": "urn:p"]).declarations == ["q": "urn:q"])
    }

    @Test func `White space and comments may stand around the element`() throws {
        #expect(try fragment("\n <!-- c --><a/> \n").name == XMLName("a"))
    }

    @Test(arguments: [
        "", "text", "<a/>text", "<a/><b/>", "</fragment><fragment>", "<a/></fragment><fragment>", "<a>", "<p:a/>",
        "<?xml version='1.0'?><a/>", "<!DOCTYPE a><a/>", "<![CDATA[x]]><a/>", "<a/>\u{0}", "&lt;", "<a>&b;</a>",
    ])
    func `Anything but one element is refused`(text: String) {
        #expect(throws: XMLSyntaxError.self) { try fragment(text) }
    }

    @Test func `The line of an error counts from the beginning of the fragment`() {
        let error = #expect(throws: XMLSyntaxError.self) { try fragment("<a>\n<b></a>") }
        #expect(error?.line == 2)
    }

    @Test func `Declarations that nothing uses are kept when a document is written`() throws {
        let text = "<a xmlns=\"urn:x\" xmlns:p=\"urn:p\"><b xmlns:q=\"urn:q\" xmlns:p=\"urn:p\"/></a>"
        let document = try XMLDocument(parsing: Array(text.utf8))
        let written = String(decoding: document.serialized(), as: UTF8.self)
        #expect(written.hasSuffix("<a xmlns=\"urn:x\" xmlns:p=\"urn:p\"><b xmlns:q=\"urn:q\"/></a>\n"))
    }

    @Test func `An element is what it is wherever its namespace was declared`() throws {
        let near = try XMLDocument(parsing: Array("<p:a xmlns:p='urn:x'><p:b/></p:a>".utf8)).root
        let far = try fragment("<p:a><p:b/></p:a>", ["p": "urn:x"])
        #expect(near == far)
    }

    @Test(arguments: [
        ("", ""), ("a", "a"), ("a\tb\nc", "a b c"), ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"),
        ("&#65;&#x42;&#xa;", "AB\n"),
        ("\"'>", "\"'>"), ("<", nil), ("&", nil), ("&amp", nil), ("&nbsp;", nil), ("&#0;", nil), ("&#xD800;", nil),
        ("&#;", nil), ("&#x;", nil), ("&#-1;", nil), ("&#+1;", nil), ("&#x110000;", nil), ("&#99999999999;", nil),
        ("\u{0}", nil), ("\u{1}", nil), ("\u{FFFF}", nil),
    ])
    func `The text of an attribute stands for a value or for none`(text: String, value: String?) {
        #expect(XMLAttribute.value(of: text) == value)
    }
}
