import Testing
import XMLTree

@Suite struct XMLWriterTests {
    private func written(_ root: XMLElement) -> String {
        String(decoding: XMLDocument(root: root).serialized(), as: UTF8.self)
    }

    @Test func `A document begins with a declaration`() {
        #expect(written(XMLElement(XMLName("a"))) == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>\n")
    }

    @Test func `A namespace is declared once, where it is first used`() {
        let inner = XMLElement(XMLName("b", namespace: "urn:x"))
        let root = XMLElement(XMLName("a", namespace: "urn:x"), children: [.element(inner), .element(inner)])
        #expect(written(root).hasSuffix("<a xmlns=\"urn:x\"><b/><b/></a>\n"))
    }

    @Test func `An element in no namespace inside a default one takes the default back`() {
        let root = XMLElement(XMLName("a", namespace: "urn:x"), children: [.element(XMLElement(XMLName("b")))])
        #expect(written(root).hasSuffix("<a xmlns=\"urn:x\"><b xmlns=\"\"/></a>\n"))
    }

    @Test func `Special characters are escaped in text and in attributes`() {
        let root = XMLElement(
            XMLName("a"), attributes: [XMLAttribute("b", "<&>\"'\t\n")], children: [.text("<&>\"'\t\n\r")])
        #expect(written(root).hasSuffix(#"<a b="&lt;&amp;&gt;&quot;'&#9;&#10;">&lt;&amp;&gt;"'"# + "\t\n&#13;</a>\n"))
    }

    @Test func `What no document can contain becomes a replacement character`() throws {
        let root = XMLElement(XMLName("a"), children: [.text("\u{0}\u{1F}\u{FFFE}")])
        #expect(try XMLDocument(parsing: XMLDocument(root: root).serialized()).root.text == "\u{FFFD}\u{FFFD}\u{FFFD}")
    }

    @Test(arguments: [
        #"<a/>"#, #"<a xmlns="urn:x"><b xmlns="urn:y"><c xmlns="urn:x" d="e"/></b></a>"#,
        #"<p:a xmlns:p="urn:x" p:b="1" b="2"><p:c xmlns:p="urn:y" p:d="3"/></p:a>"#,
        #"<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1"><q:c/></a>"#,
        #"<a xml:lang="de">&lt;&#13;&#x1F600; &amp;#38;</a>"#,
        #"<a xmlns:p="urn:x" p:b="1"/>"#, #"<a xmlns="urn:x" xmlns:p="urn:x" p:b="1"><b xmlns=""><p:c/></b></a>"#,
    ])
    func `A tree that was read, written and read again is the same tree`(text: String) throws {
        let tree = try XMLDocument(parsing: Array(text.utf8))
        #expect(try XMLDocument(parsing: tree.serialized()) == tree)
    }

    @Test func `Two namespaces that ask for one prefix get one each`() throws {
        let root = XMLElement(
            XMLName("a", namespace: "urn:x"), prefix: "p",
            attributes: [
                XMLAttribute(XMLName("b", namespace: "urn:y"), prefix: "p", "1"),
                XMLAttribute(XMLName("c", namespace: "urn:z"), prefix: "p", "2"),
                XMLAttribute(XMLName("d", namespace: "urn:z"), "3"),
            ])
        let read = try XMLDocument(parsing: XMLDocument(root: root).serialized()).root
        #expect(read.name == root.name)
        #expect(read.attributes.map(\.name) == root.attributes.map(\.name))
        #expect(read.attributes.map(\.value) == ["1", "2", "3"])
    }
}
