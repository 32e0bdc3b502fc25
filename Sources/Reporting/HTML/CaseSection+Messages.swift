import Conformance
import Network

extension CaseSection {
    /// The name of a message within the page.
    static func anchor(ofMessage number: Int, in result: CaseResult) -> String { "\(result.anchor)-m\(number)" }

    /// Every message with its bytes, each to be opened by itself.
    var messages: Markup? {
        guard !result.messages.isEmpty else { return nil }
        let ladder = Ladder(result)
        return """
            <details class="messages"><summary><h3>Messages <small>\(result.messages.count), \
            with their bytes; ↵ is CRLF</small></h3></summary>
            \(ladder.rows.map(message))</details>

            """
    }

    private func message(_ row: Ladder.Row) -> Markup {
        let message = row.message
        return """
            <details class="message"><summary><span class="slot">\(row.mark?.icon)</span>\
            <span class="num">#\(message.reference.message)</span> \
            <span class="time">\(row.offsetText)</span> <span class="dir">\(message.from) → \(message.to)</span> \
            <span class="protocol \(message.protocolName.lowercased())">\(message.protocolName)</span> \
            <span class="label">\(message.label.onOneLine)</span></summary>
            <div id="\(Self.anchor(ofMessage: message.reference.message, in: result))">
            <p class="meta">\(facts(of: row).joined(separator: " · "))</p>
            \(MessageText(message.bytes).markup)</div>
            </details>

            """
    }

    private func facts(of row: Ladder.Row) -> [Markup] {
        let message = row.message
        var facts: [Markup] = [
            "\(message.time.timestamp)",
            """
            \(message.transport.rawValue.uppercased()) \
            \(message.source.description) → \(message.destination.description)
            """,
            "\(plural(message.bytes.count, "byte"))",
        ]
        if let packet = message.reference.packet { facts.append("packet \(packet)") }
        if let step = message.step { facts.append("step \(step)") }
        for index in row.citations {
            let finding = result.findings[index]
            facts.append(
                """
                \(finding.mark.icon)<a href="#\(Self.anchor(ofFinding: index, in: result))">\
                \(finding.mark.word): \(finding.check)</a>
                """)
        }
        return facts
    }
}
