import Testing
import XMLTree

/// What must be refused, quickly and without looking anywhere else.
@Suite struct XMLSyntaxErrorTests {
    private func failure(of bytes: [UInt8]) -> XMLSyntaxError? {
        do throws(XMLSyntaxError) {
            _ = try XMLDocument(parsing: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["billion-laughs", "external-entity", "external-subset", "parameter-entity"])
    func `A document type declaration is refused where it begins`(name: String) throws {
        let error = try #require(failure(of: fixture("hostile/\(name).xml")))
        #expect(error.message == "A document type declaration is refused")
        #expect((1...2).contains(error.line))
    }

    @Test(arguments: [
        ("unknown-entity", 1), ("crossed-tags", 3), ("truncated", 1), ("unbound-prefix", 1), ("repeated-attribute", 1),
        ("control-character", 1), ("ill-formed-utf8", 1), ("two-roots", 1), ("embedded-nul", 2),
    ])
    func `What is not well-formed is refused with its line`(name: String, line: Int) throws {
        let error = try #require(failure(of: fixture("hostile/\(name).xml")))
        #expect(error.line == line, "\(error)")
        #expect(!error.message.isEmpty)
    }

    @Test func `An empty text is refused`() throws {
        #expect(failure(of: []) != nil)
        #expect(failure(of: Array("  \n".utf8)) != nil)
    }

    @Test func `A NUL is refused at its line and column, wherever it stands`() throws {
        let error = try #require(try failure(of: fixture("hostile/embedded-nul.xml")))
        #expect(error.line == 2)
        #expect(error.column == 4)
        #expect(failure(of: Array("<a/>".utf8) + [0]) != nil)
    }

    @Test func `Elements may nest 64 levels deep and no deeper`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
        }
        #expect(failure(of: nested(64)) == nil)
        #expect(failure(of: nested(65))?.message == "Elements nest deeper than 64 levels")
        #expect(failure(of: nested(100_000))?.message == "Elements nest deeper than 64 levels")
    }

    @Test func `A text of more than one mebibyte is not even looked at`() {
        let padding = [UInt8](repeating: 0x20, count: XMLDocument.maximumSize)
        #expect(failure(of: Array("<a/>".utf8) + padding)?.line == 0)
    }

    @Test(arguments: 0..<59)
    func `A document cut short anywhere is refused`(length: Int) throws {
        let whole = Array("<a b='1'><!-- c --><d>&amp;text</d><?e f?><![CDATA[g]]></a>".utf8)
        guard length < whole.count else { return }
        #expect(failure(of: Array(whole[..<length])) != nil)
    }
}
