import Conformance
import Testing

struct WildcardTests {
    @Test(arguments: ["201.1", "201.*", "*", "**", "*.1", "2*1", "20*.1*", "2**.*1"])
    func `A pattern matches what it writes`(pattern: String) {
        #expect(Wildcard(pattern).matches("201.1"))
    }

    @Test(arguments: ["", "201", "1", "*.2", "201.1*1", "2*0*0*1", "201.1?"])
    func `It matches nothing else`(pattern: String) {
        #expect(!Wildcard(pattern).matches("201.1"))
    }

    @Test func `Many stars cost little`() {
        #expect(!Wildcard(String(repeating: "a*", count: 200) + "b").matches(String(repeating: "a", count: 5000)))
    }
}
