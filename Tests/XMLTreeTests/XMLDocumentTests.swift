import Testing
import XMLTree

@Suite struct XMLDocumentTests {
    private func root(_ text: String) throws -> XMLElement {
        try XMLDocument(parsing: Array(text.utf8)).root
    }

    @Test func `An element has an expanded name, and keeps its prefix`() throws {
        let root = try root(#"<p:a xmlns:p="urn:x"/>"#)
        #expect(root.name == XMLName("a", namespace: "urn:x"))
        #expect(root.prefix == "p")
    }

    @Test func `The default namespace covers elements and no attribute`() throws {
        let root = try root(#"<a xmlns="urn:x" b="1"><c/></a>"#)
        #expect(root.first("c", namespace: "urn:x") != nil)
        #expect(root.attribute("b") == "1")
        #expect(root.attribute("b", namespace: "urn:x") == nil)
    }

    @Test func `Text, character data sections and references to characters are one text`() throws {
        let root = try root("<a>one &amp; <![CDATA[<two>]]>&#33;<!-- none --></a>")
        #expect(root.children == [.text("one & <two>!")])
    }

    @Test func `Text of an element includes that of its descendants`() throws {
        #expect(try root("<a>1<b>2<c>3</c></b>4</a>").text == "1234")
    }

    @Test(arguments: [
        ("&amp;", "&"), ("&#38;", "&"), ("&amp;#38;", "&#38;"), ("&lt;&gt;&quot;&apos;", "<>\"'"), ("a\n\tb", "a  b"),
        ("&amp;amp;&amp;lt;", "&amp;&lt;"), ("&#x3A9;", "Ω"), ("", ""),
    ])
    func `References in an attribute value are resolved once`(written: String, value: String) throws {
        #expect(try root("<a b=\"\(written)\"/>").attribute("b") == value)
    }

    @Test func `Children are found by name, in document order`() throws {
        let root = try root("<a><b>1</b><c/>text<b>2</b></a>")
        #expect(root.all("b").map(\.text) == ["1", "2"])
        #expect(root.first("b")?.text == "1")
        #expect(root.elements.map(\.name.local) == ["b", "c", "b"])
    }

    @Test func `Another encoding than UTF-8 may be declared`() throws {
        let bytes = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xFC] + Array("</a>".utf8)
        #expect(try XMLDocument(parsing: bytes).root.text == "ü")
    }

    @Test func `Many small pieces of text cost no more than their size`() throws {
        let root = try root("<a>" + String(repeating: "&lt;", count: 200_000) + "</a>")
        #expect(root.text.utf8.count == 200_000)
    }
}
