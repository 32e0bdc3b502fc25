import Conformance
import Testing

@testable import Scenarios

@Suite struct YAMLDocumentTests {
    private func read(_ text: String) -> YAMLDocument { read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) -> YAMLDocument { YAMLDocument(parsing: bytes, file: "f.yaml") }

    private func scalar(_ text: String) -> YAMLNode.Content? { read("key: " + text).root?.entry("key")?.value.content }

    @Test(arguments: [
        "no", "yes", "on", "1.10", "0x1F", "010", "1_000", "12:30:45", "2001-12-14", "null", "~", ".inf", "1e3",
    ])
    func `A plain scalar keeps its text, whatever YAML 1.1 would make of it`(text: String) {
        #expect(scalar(text) == .scalar(text, .plain))
    }

    @Test(
        arguments: [
            ("'a'", "a", .quoted), ("\"a\\r\\n\"", "a\r\n", .quoted), ("|\n  a\n  b\n", "a\nb\n", .literal),
            (">\n  a\n  b\n", "a b\n", .folded), (">2", "", .folded), ("", "", .plain),
            ("“Hello B” €", "“Hello B” €", .plain),
        ] as [(String, String, YAMLNode.Style)])
    func `A scalar knows how it was written`(written: String, text: String, style: YAMLNode.Style) {
        #expect(scalar(written) == .scalar(text, style))
    }

    @Test func `Every node knows its line and its column in characters`() throws {
        let root = try #require(read("ä:\n  - b: [ö, { ü: d }]\n").root)
        let outer = try #require(root.entry("ä"))
        #expect(outer.position == SourcePosition(file: "f.yaml", line: 1, column: 1))
        guard case .sequence(let rows) = outer.value.content, let inner = rows.first?.entry("b")?.value,
            case .sequence(let elements) = inner.content
        else {
            Issue.record("The structure is a list in a mapping in a list")
            return
        }
        #expect(inner.position == SourcePosition(file: "f.yaml", line: 2, column: 8))
        #expect(elements[1].position == SourcePosition(file: "f.yaml", line: 2, column: 12))
        #expect(elements[1].entry("ü")?.position == SourcePosition(file: "f.yaml", line: 2, column: 14))
    }

    @Test(arguments: [
        ("", "1:1", "The file is empty"),
        ("# only a comment\n", "2:1", "The file is empty"),
        ("a: &x b", "1:4", "Anchors such as &x are not used here"),
        ("a: *x", "1:4", "The alias *x is not followed; write what it stands for"),
        ("a: !!int 3", "1:4", "Tags such as tag:yaml.org,2002:int are not used here; values are plain text"),
        ("a: ! 3", "1:4", "Tags such as ! are not used here; values are plain text"),
        ("a: [b]\n<<: *x", "2:5", "The alias *x is not followed; write what it stands for"),
        ("%YAML 1.1\n---\na: b", "1:1", "Directives such as %YAML and %TAG are not used here"),
        ("a: b\n---\nc: d", "2:1", "A file holds one document; here a second one begins"),
        ("a: b\n...\nc: d", "3:1", "This is not YAML: did not find expected <document start>"),
        ("a: b\nc: d\na: e", "3:1", "The key “a” is there twice; the first is on line 1"),
        ("[a]: b", "1:1", "A key is text, not a list or a mapping"),
        ("a: b: c", "1:5", "This is not YAML: mapping values are not allowed in this context"),
        (
            "a: \"b\nc: d\n", "3:1",
            "This is not YAML: found unexpected end of stream while scanning a quoted scalar (which begins on line 1)"
        ),
        (
            "a: [b, c\nd: e\n", "2:2",
            "This is not YAML: did not find expected ',' or ']' while parsing a flow sequence (which begins on line 1)"
        ),
        (
            "a:\n\tb: c", "2:1",
            "A tab stands here; YAML indents with spaces"
        ),
        (
            "times: >0", "1:9",
            "A text that begins with > or | needs quotes, as in \">0\""
        ),
        ("a: b\u{0}c", "1:5", "This is not YAML: control characters are not allowed"),
        ("é: €\nä: b\u{7}c", "2:5", "This is not YAML: control characters are not allowed"),
    ])
    func `What is not plain YAML is refused where it stands`(text: String, place: String, message: String) {
        #expect(read(text).messages.map(\.description) == ["f.yaml:\(place): error: \(message) [yaml]"])
    }

    @Test func `All that can be read past is reported at once`() {
        let document = read("a: &x b\nc: *x\na: !t d\n")
        #expect(document.messages.map(\.position.line) == [1, 2, 3, 3])
    }

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], "1:4", "0xFF"), ([0x61, 0x0A, 0xC3, 0x28], "2:1", "0xC3"),
            ([0xFF, 0xFE, 0x61, 0x00], "1:1", "0xFF"), ([0x61, 0xED, 0xA0, 0x80], "1:2", "0xED"),
        ] as [([UInt8], String, String)])
    func `Only UTF-8 is read`(bytes: [UInt8], place: String, byte: String) {
        let text = "The file is not UTF-8: the byte \(byte) does not belong here"
        #expect(read(bytes).messages.map(\.description) == ["f.yaml:\(place): error: \(text) [yaml]"])
    }

    @Test func `Depth is bounded`() {
        let deepest = YAMLDocument.maximumDepth - 1
        let open = String(repeating: "[", count: deepest)
        let close = String(repeating: "]", count: deepest)
        #expect(read(open + "a" + close).messages == [])
        #expect(read("[" + open + "a" + close + "]").messages.map(\.text) == ["More than 32 levels are not read"])
        #expect(
            read(String(repeating: "[", count: 100_000)).messages.map(\.text) == ["More than 32 levels are not read"])
    }

    @Test func `Size is bounded`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: YAMLDocument.maximumSize + 1)
        #expect(read(bytes).messages.count == 1)
        #expect(read(Array(bytes.dropLast())).messages == [])
    }
}
