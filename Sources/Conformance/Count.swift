/// A number of occurrences: `2`, `2-5`, `<4`, `>2`.
package struct Count: Sendable, Equatable, CustomStringConvertible {
    package var range: ClosedRange<Int>

    package init(_ range: ClosedRange<Int>) {
        self.range = range
    }

    package static let once = Count(1...1)
    package static let never = Count(0...0)

    /// The count that the notation writes.
    ///
    /// - Returns: nil for anything else, also for a range that holds nothing.
    package init?(_ text: String) {
        func number(_ part: Substring) -> Int? {
            part.isEmpty || !part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? nil : Int(part)
        }
        if text.hasPrefix("<") {
            guard let limit = number(text.dropFirst()), limit > 0 else { return nil }
            range = 0...(limit - 1)
        } else if text.hasPrefix(">") {
            guard let limit = number(text.dropFirst()), limit < Int.max else { return nil }
            range = (limit + 1)...Int.max
        } else {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
            guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low <= high else {
                return nil
            }
            range = low...high
        }
    }

    /// The count in words: `exactly 1`, `2 to 5`, `fewer than 4`, `more than 2`.
    package var description: String {
        switch (range.lowerBound, range.upperBound) {
        case (0, 0): "none"
        case (let low, let high) where low == high: "exactly \(low)"
        case (let low, Int.max): "more than \(low - 1)"
        case (0, let high): "fewer than \(high + 1)"
        case (let low, let high): "\(low) to \(high)"
        }
    }
}
