import Conformance

/// One arrow: SIP ends in a filled head, MSRP in an open one; responses are dashed.
struct ArrowDrawing {
    private let row: Ladder.Row
    private let from: Int
    private let to: Int
    private let y: Int

    init(_ row: Ladder.Row, from: Int, to: Int, y: Int) {
        self.row = row
        self.from = from
        self.to = to
        self.y = y
    }

    var markup: Markup {
        let isFilled = row.message.protocolName != "MSRP"
        guard from != to else {
            return """
                <path class="\(shaftClass)" d="M\(from) \(y - 8)h34v10h-28"/>\
                \(head(at: from, direction: -1, isFilled: isFilled))
                """
        }
        let direction = from < to ? 1 : -1
        let end = to - direction * (isFilled ? 8 : 2)
        return """
            <circle class="tail" cx="\(from)" cy="\(y)" r="2.5"/>\
            <path class="\(shaftClass)" d="M\(from) \(y)H\(end)"/>\
            \(head(at: to, direction: direction, isFilled: isFilled))
            """
    }

    private var shaftClass: String { row.isResponse ? "shaft response" : "shaft" }

    private func head(at x: Int, direction: Int, isFilled: Bool) -> Markup {
        let back = x - direction * (isFilled ? 10 : 9)
        let tip = x - direction
        let y = from == to ? y + 2 : y
        return isFilled
            ? "<path class=\"tip\" d=\"M\(tip) \(y)L\(back) \(y - 4)V\(y + 4)z\"/>"
            : "<path class=\"tip open\" d=\"M\(back) \(y - 5)L\(tip) \(y)L\(back) \(y + 5)\"/>"
    }
}

/// What the lines of a ladder mean.
enum LadderKey {
    static let markup: Markup = """
        <ul class="key">
        <li><svg class="sip" viewBox="0 0 44 12"><path class="shaft" d="M1 6H36"/>\
        <path class="tip" d="M43 6 34 2v8z"/></svg>SIP request</li>
        <li><svg class="sip" viewBox="0 0 44 12"><path class="shaft response" d="M1 6H36"/>\
        <path class="tip" d="M43 6 34 2v8z"/></svg>SIP response</li>
        <li><svg class="msrp" viewBox="0 0 44 12"><path class="shaft" d="M1 6H41"/>\
        <path class="tip open" d="m34 1 8 5-8 5"/></svg>MSRP request</li>
        <li><svg class="msrp" viewBox="0 0 44 12"><path class="shaft response" d="M1 6H41"/>\
        <path class="tip open" d="m34 1 8 5-8 5"/></svg>MSRP response</li>
        <li><svg class="tcp" viewBox="0 0 44 12"><path class="shaft" d="M1 6H36"/>\
        <path class="tip" d="M43 6 34 2v8z"/></svg>bytes that could not be framed</li>
        <li>a tinted row is cited by the finding named at its end</li>
        </ul>

        """
}
