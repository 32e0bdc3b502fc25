import Bytes
import Testing

struct PercentEscapesTests {
    @Test func `Escapes mean their bytes`() {
        #expect("a%40b%3D%c3%a4".removingPercentEscapes == "a@b=ä")
        #expect("plain+text".removingPercentEscapes == "plain+text")
    }

    @Test(arguments: ["%", "%4", "%4g", "%+5", "%-1", "%ff"])
    func `What is no escape, or no UTF-8, is nothing`(text: String) {
        #expect(text.removingPercentEscapes == nil)
    }
}
