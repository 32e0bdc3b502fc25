import Conformance
import Network

/// The ladder of a case as a drawing: lifelines, one arrow a message, and the steps on the left.
struct LadderDrawing {
    private let ladder: Ladder
    private let result: CaseResult

    private static let rowHeight = 34
    private static let pauseHeight = 26
    private static let headHeight = 58
    private static let bandWidth = 46
    /// Where the first lifeline may begin: after step, number and time.
    private static let margin = 164
    private static let citationWidth = 116
    private static let characterWidth = 7
    /// The room that a wide page has for the drawing.
    private static let pageWidth = 1064

    init(_ result: CaseResult) {
        self.result = result
        ladder = Ladder(result)
    }

    /// The name of a row within the page.
    static func anchor(ofRow number: Int, in result: CaseResult) -> String { "\(result.anchor)-r\(number)" }

    /// The drawing with its heading and its key.
    var figure: Markup? {
        guard !ladder.rows.isEmpty else { return nil }
        return """
            <section class="ladder"><h3>Ladder <small>each arrow leads to the bytes of its message</small></h3>
            <div class="scroll" tabindex="0" role="group" aria-label="Ladder diagram of \(result.name)">
            \(drawing)</div>
            \(LadderKey.markup)</section>

            """
    }

    /// The columns between two lifelines: so many that the drawing fills the page, within limits for the labels.
    private var gap: Int {
        let gaps = max(1, ladder.lifelines.count - 1)
        return min(340, max(196, (Self.pageWidth - Self.margin - 168 - Self.citationWidth) / gaps))
    }

    private var width: Int { x(ladder.lifelines.count - 1) + 84 + Self.citationWidth }

    private func x(_ lifeline: Int) -> Int { Self.margin + 84 + lifeline * gap }

    private var drawing: Markup {
        var y = Self.headHeight
        var rows: Markup = ""
        var tops: [Int] = []
        for row in ladder.rows {
            if let pause = row.pause {
                rows += pauseMarkup(pause, y: y)
                y += Self.pauseHeight
            }
            tops.append(y)
            rows += rowMarkup(row, y: y)
            y += Self.rowHeight
        }
        let bottom = y + 6
        let hasFeet = ladder.rows.count > 14
        let height = bottom + (hasFeet ? Self.headHeight - 6 : 6)
        return """
            <svg viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
            \(bands(tops: tops, bottom: y))\
            \(ladder.lifelines.indices.map { lifeline($0, bottom: bottom) })\
            \(ladder.lifelines.indices.map { head($0, y: 0) })\
            \(hasFeet ? ladder.lifelines.indices.map { head($0, y: bottom) } : [])\
            \(rows)</svg>

            """
    }

    private func lifeline(_ index: Int, bottom: Int) -> Markup {
        "<path class=\"lifeline\" d=\"M\(x(index)) \(Self.headHeight - 10)V\(bottom)\"/>\n"
    }

    private func head(_ index: Int, y: Int) -> Markup {
        let lifeline = ladder.lifelines[index]
        let columns = min(gap - 14, 200) / Self.characterWidth
        let left = x(index) - columns * Self.characterWidth / 2 - 6
        return """
            <g class="head \(lifeline.role?.rawValue ?? "stranger")"><title>\(lifeline.name) \(lifeline.detail)</title>
            <rect x="\(left)" y="\(y + 2)" width="\(columns * Self.characterWidth + 12)" height="44" rx="6"/>
            <text class="name" x="\(x(index))" y="\(y + 20)">\(lifeline.name.shortened(to: columns))</text>
            <text class="detail" x="\(x(index))" y="\(y + 37)">\(lifeline.detail.shortened(to: columns))</text></g>

            """
    }

    /// A band a step, over all its rows.
    private func bands(tops: [Int], bottom: Int) -> Markup {
        var bands: Markup = ""
        var start = 0
        while start < ladder.rows.count {
            let step = ladder.rows[start].message.step
            let end = ladder.rows[start...].firstIndex { $0.message.step != step } ?? ladder.rows.count
            let top = tops[start]
            let height = (end < tops.count ? tops[end] : bottom) - top
            if let step {
                let label = step == "preamble" ? "pre" : step == "postamble" ? "post" : step
                bands += """
                    <g class="band"><title>step \(step)</title>\
                    <rect class="ground" x="0" y="\(top)" width="\(width)" height="\(height - 4)" rx="4"/>\
                    <rect class="tab" x="0" y="\(top)" width="\(Self.bandWidth)" height="\(height - 4)" rx="4"/>\
                    <text x="\(Self.bandWidth / 2)" y="\(top + 20)">\(label.shortened(to: 6))</text></g>

                    """
            }
            start = end
        }
        return bands
    }

    private func pauseMarkup(_ pause: Duration, y: Int) -> Markup {
        let middle = (x(0) + x(ladder.lifelines.count - 1)) / 2
        return """
            <g class="pause"><text x="\(middle)" y="\(y + 15)">\(pause.readable) without messages</text></g>

            """
    }

    private func rowMarkup(_ row: Ladder.Row, y: Int) -> Markup {
        let message = row.message
        let number = message.reference.message
        let columns = max(6, (max(abs(row.to - row.from), 1) * gap - 40) / Self.characterWidth)
        let middle = row.from == row.to ? x(row.from) + gap / 2 : (x(row.from) + x(row.to)) / 2
        return """
            <g class="row \(message.protocolName.lowercased())\(row.mark.map { " cited \($0.slug)" } ?? "")" \
            id="\(Self.anchor(ofRow: number, in: result))">
            <a href="#\(CaseSection.anchor(ofMessage: number, in: result))">\
            <title>#\(number) \(row.offsetText) \(message.from) → \(message.to) \
            \(message.protocolName): \(message.label)</title>
            <rect class="ground" x="\(Self.bandWidth + 4)" y="\(y)" width="\(width - Self.bandWidth - 4)" \
            height="\(Self.rowHeight - 4)" rx="4"/>
            <text class="num" x="\(Self.bandWidth + 40)" y="\(y + 19)">#\(number)</text>
            <text class="time" x="\(Self.margin - 6)" y="\(y + 19)">\(row.offsetText)</text>
            \(ArrowDrawing(row, from: x(row.from), to: x(row.to), y: y + 22).markup)
            <text class="label" x="\(middle)" y="\(y + 14)">\(message.label.onOneLine.shortened(to: columns))</text></a>
            \(citations(of: row, y: y))</g>

            """
    }

    private func citations(of row: Ladder.Row, y: Int) -> Markup? {
        guard let mark = row.mark, let first = row.citations.first(where: { result.findings[$0].mark == mark }) else {
            return nil
        }
        let others = row.citations.count - 1
        let label = result.findings[first].check.shortened(to: 9) + (others > 0 ? " +\(others)" : "")
        return """
            <a class="citation" href="#\(CaseSection.anchor(ofFinding: first, in: result))">\
            <title>\(mark.word): \(FindingText.line(result.findings[first]))</title>\
            <use href="#mark-\(mark.slug)" class="icon \(mark.slug)" x="\(width - Self.citationWidth + 2)" \
            y="\(y + 8)" width="14" height="14"/>\
            <text x="\(width - Self.citationWidth + 21)" y="\(y + 19)">\(label)</text></a>

            """
    }
}
