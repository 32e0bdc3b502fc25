import Reporting
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number("0")),
        ("-12.50e+3", .number("-12.50e+3")), (#""""#, ""), (#""a\u00e9\ud83d\ude00\/\b\f""#, "aé😀/\u{8}\u{C}"),
        ("[]", .array([])), ("[1, [2]]", .array([.number("1"), .array([.number("2")])])), ("{}", .object([])),
        (#"{"b": 1, "a": "x"}"#, .object(of: ["b": .number("1"), "a": "x"])),
    ])
    func `A text of the grammar is read as what it writes`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", "nul", "01", "1.", ".5", "+1", "1 2", "[1,]", "[1", #"{"a":1,}"#, #"{"a":1,"a":2}"#, "{a:1}", #""a"#,
        #""\x""#, #""\u12g4""#, #""\ud800""#, #""\udc00\ud800""#, "\"\u{1}\"", "'a'", "NaN",
    ])
    func `Anything else is refused`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test func `Bytes that are no UTF-8 are refused in a string`() {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22]) }
    }

    @Test func `More than 128 levels are refused`() throws {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(deep.utf8)) }
    }

    @Test func `An error names the byte`() {
        #expect(throws: JSONSyntaxError(offset: 6, problem: "A value expected")) {
            try JSONValue(parsing: Array("[true,]".utf8))
        }
    }

    @Test func `A document has one member a line and keeps their order`() {
        let value = JSONValue.object(of: ["z": .integer(1), "gone": nil, "a": .array(["x", .object([])])])
        let text = """
            {
              "z": 1,
              "a": [
                "x",
                {}
              ]
            }

            """
        #expect(String(decoding: value.document, as: UTF8.self) == text)
    }

    @Test func `Every scalar survives writing and reading`() throws {
        let scalars = (0...0x1FFF).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{FFFF}", "\u{10FFFF}"]
        let text = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
        guard case .string(let read) = try JSONValue(parsing: JSONValue.string(text).document) else {
            Issue.record("No string")
            return
        }
        #expect(Array(read.utf8) == Array(text.utf8))
    }
}
