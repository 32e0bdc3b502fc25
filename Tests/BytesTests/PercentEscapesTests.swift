import Bytes
import Testing

struct PercentEscapesTests {
    @Test func `Escapes mean their bytes`() {
        #expect("a%40b%3D%c3%a4".removingPercentEscapes == "a@b=ä")
        #expect("plain+text".removingPercentEscapes == "plain+text")
    }

    @Test func `The bytes that are meant need not be text`() {
        #expect(Array("a%ff%00".utf8).removingPercentEscapes == [0x61, 0xFF, 0])
        #expect(Array("a%f".utf8).removingPercentEscapes == nil)
    }

    @Test(arguments: [
        ("a-b_C.9~", "", "a%2Db%5FC%2E9%7E"), ("a-b_C.9~", "-_.~", "a-b_C.9~"), ("ä %\n", "-", "%C3%A4%20%25%0A"),
        ("a/b@c", "/", "a/b%40c"), ("", "/", ""),
    ])
    func `Everything is escaped but letters, digits and what is left as it is`(
        text: String, literals: String, escaped: String
    ) {
        #expect(text.percentEscaped(except: literals) == escaped)
        #expect(escaped.removingPercentEscapes == text)
    }

    @Test(arguments: ["%", "%4", "%4g", "%+5", "%-1", "%ff"])
    func `What is no escape, or no UTF-8, is nothing`(text: String) {
        #expect(text.removingPercentEscapes == nil)
    }
}
