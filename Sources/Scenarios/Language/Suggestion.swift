/// The nearest of several words, for a hint after a misspelling.
package enum Suggestion {
    /// The word that was probably meant, if one is near enough.
    static func nearest(to word: String, among words: [String]) -> String? {
        let limit = max(1, word.count / 3)
        // So many letters more or less are so many insertions or deletions.
        let near = words.filter { abs($0.count - word.count) <= limit }
        let candidates = near.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
        return candidates.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.word
    }

    /// The end of a sentence that asks whether another word was meant, or nothing.
    static func hint(for word: String, among words: [String]) -> String {
        nearest(to: word, among: words).map { "; did you mean “\($0)”?" } ?? ""
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make one word of the other.
    package static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
