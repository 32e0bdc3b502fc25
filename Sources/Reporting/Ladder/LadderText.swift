package import Conformance

/// The ladder of a case in plain text: `ladder.txt`, and the excerpts in other reports.
package struct LadderText: Sendable {
    private let title: String
    private let ladder: Ladder
    private let result: CaseResult

    /// The columns before the first lifeline: mark, number, time, step.
    private static let margin = 30
    private static let gap = 34

    package init(_ result: CaseResult) {
        self.result = result
        ladder = Ladder(result)
        title = "\(result.name)  \(result.testCase.title)".onOneLine
    }

    /// The whole ladder as a file.
    package var bytes: [UInt8] {
        var lines = [title, "interop \(result.interopMark.word), conformance \(result.conformanceMark.word)", ""]
        if ladder.rows.isEmpty {
            lines.append("No messages were seen.")
        } else {
            lines += heads + ladder.rows.indices.flatMap { rowLines($0) }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The lines around the messages that the deciding findings cite, no more than the limit.
    package func excerpt(limit: Int) -> [String] {
        guard !ladder.rows.isEmpty, limit > heads.count + 2 else { return [] }
        let cited = Set(result.decidingFindings.flatMap { $0.evidence.map(\.message) })
        let positions = ladder.rows.indices.filter { cited.contains(ladder.rows[$0].message.reference.message) }
        let rows = window(around: positions, budget: limit - heads.count)
        var lines = heads
        var previous = -1
        for row in rows {
            if row > previous + 1 { lines.append("  … \(row - previous - 1) messages left out") }
            lines += rowLines(row, pauses: .hidden)
            previous = row
        }
        let rest = ladder.rows.count - 1 - previous
        if rest > 0 { lines.append("  … \(rest) messages left out") }
        return lines
    }

    private enum Pauses {
        case shown
        case hidden
    }

    /// The positions and, as far as the budget of lines goes, their neighbors; the last rows where there are none.
    private func window(around positions: [Int], budget: Int) -> [Int] {
        let wanted = positions.isEmpty ? [ladder.rows.count - 1] : positions
        var chosen: Set<Int> = []
        func cost(_ rows: Set<Int>) -> Int {
            let sorted = rows.sorted()
            let gaps = zip(sorted, sorted.dropFirst()).count { $1 > $0 + 1 }
            return sorted.count + gaps + (sorted.first == 0 ? 0 : 1) + (sorted.last == ladder.rows.count - 1 ? 0 : 1)
        }
        for distance in 0...max(4, positions.isEmpty ? budget : 4) {
            for position in wanted {
                for row in [position - distance, position + distance] where ladder.rows.indices.contains(row) {
                    if cost(chosen.union([row])) <= budget { chosen.insert(row) }
                }
            }
        }
        return chosen.sorted()
    }

    private var heads: [String] {
        var names = String(repeating: " ", count: Self.margin)
        for (index, lifeline) in ladder.lifelines.enumerated() {
            let name = lifeline.name.onOneLine.shortened(to: Self.gap - 4)
            let start = max(names.columnCount, Self.margin + index * Self.gap - name.columnCount / 2)
            names = names.padded(to: start) + name
        }
        return [names, String(repeating: " ", count: Self.margin) + bars]
    }

    private var bars: String {
        ladder.lifelines.map { _ in "│" }.joined(separator: String(repeating: " ", count: Self.gap - 1))
    }

    private func rowLines(_ index: Int, pauses: Pauses = .shown) -> [String] {
        let row = ladder.rows[index]
        var lines: [String] = []
        if case .shown = pauses, let pause = row.pause {
            let words = "… \(pause.readable)"
            lines.append(words.leftPadded(to: 18).padded(to: Self.margin) + bars.replacingBars(with: "┊"))
        }
        let number = "#\(row.message.reference.message)".leftPadded(to: 5)
        let step = (row.message.step ?? "").onOneLine.shortened(to: 8)
        let margin = "\(row.mark?.sign ?? " ") \(number) \(row.offsetText.leftPadded(to: 11))  \(step)"
        lines.append(margin.padded(to: Self.margin) + arrow(row))
        return lines
    }

    private func arrow(_ row: Ladder.Row) -> String {
        let label = "\(row.message.protocolName) \(row.message.label)".onOneLine
        guard row.from != row.to else {
            let before = bar(count: row.from + 1)
            return before + "⟲ " + label.shortened(to: Self.gap - 4)
        }
        let (left, right) = (min(row.from, row.to), max(row.from, row.to))
        let width = (right - left) * Self.gap - 1
        let text = " \(label.shortened(to: width - 6)) "
        let line: Character = row.isResponse ? "╌" : "─"
        let fill = width - 1 - text.columnCount
        let strokes = (String(repeating: line, count: 2), String(repeating: line, count: max(0, fill - 2)))
        let shaft = row.from < row.to ? strokes.0 + text + strokes.1 + "▶" : "◀" + strokes.0 + text + strokes.1
        let after = ladder.lifelines.count - 1 - right
        let tail = (0..<after).map { _ in String(repeating: " ", count: Self.gap - 1) + "│" }.joined()
        return bar(count: left + 1) + shaft + "│" + tail
    }

    private func bar(count: Int) -> String {
        (0..<count).map { _ in "│" }.joined(separator: String(repeating: " ", count: Self.gap - 1))
    }
}

extension String {
    fileprivate func leftPadded(to columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - columnCount)) + self
    }

    fileprivate func replacingBars(with bar: Character) -> String { String(map { $0 == "│" ? bar : $0 }) }
}
