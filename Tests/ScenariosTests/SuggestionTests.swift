import Testing

@testable import Scenarios

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("title", "titel", 1), ("log-in", "login", 1), ("send", "page", 4),
        ("kitten", "sitting", 3), ("ab", "ba", 1), ("invite", "invited", 1),
    ])
    func `Distance counts insertions, deletions, replacements and swaps`(left: String, right: String, distance: Int) {
        #expect(Suggestion.distance(left, right) == distance)
        #expect(Suggestion.distance(right, left) == distance)
    }

    @Test(arguments: [("titel", "title"), ("Step", "step"), ("clietn", "client"), ("colour", nil), ("x", nil)])
    func `The nearest word is suggested if it is near enough`(word: String, nearest: String?) {
        #expect(Suggestion.nearest(to: word, among: ["client", "step", "title"]) == nearest)
    }

    @Test func `Of two words as near as each other the first is suggested`() {
        #expect(Suggestion.nearest(to: "bat", among: ["cat", "hat"]) == "cat")
    }
}
