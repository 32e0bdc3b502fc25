import Conformance
import Testing

@Suite struct CountTests {
    @Test(arguments: [
        ("0", 0...0), ("1", 1...1), ("2-5", 2...5), ("3-3", 3...3), ("<4", 0...3), ("<1", 0...0), (">2", 3...Int.max),
        (">0", 1...Int.max),
    ])
    func `A count is a number, a range, fewer than, or more than`(text: String, range: ClosedRange<Int>) {
        #expect(Count(text)?.range == range)
    }

    @Test(arguments: [
        "", "-", "one", "-1", "+1", "5-2", "2-", "-5", "2-5-7", "<0", "<", ">", "<-1", "2 - 5", " 2", "1.5", "٣",
        "99999999999999999999", ">9223372036854775807",
    ])
    func `Anything else is no count`(text: String) {
        #expect(Count(text) == nil)
    }

    @Test(arguments: [
        ("0", "none"), ("1", "exactly 1"), ("2-5", "2 to 5"), ("<4", "fewer than 4"), (">2", "more than 2"),
        (">0", "more than 0"), ("0-0", "none"),
    ])
    func `A count can be read aloud`(text: String, words: String) {
        #expect(Count(text)?.description == words)
    }
}
