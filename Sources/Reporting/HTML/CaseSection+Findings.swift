import Conformance
import Network

extension Markup {
    /// The attribute of a disclosure that is open from the start.
    static func open(_ isOpen: Bool) -> Markup { isOpen ? " open=\"\"" : "" }
}

extension CaseSection {
    /// The findings with the gravest first; whatever is no pass is open.
    var findings: Markup? {
        guard !result.findings.isEmpty else { return uncheckedChecks }
        let ordered = result.findings.enumerated().sorted {
            ($1.element.mark.gravity, $0.offset) < ($0.element.mark.gravity, $1.offset)
        }
        return """
            <section class="findings"><h3>Findings <small>\(counts)</small></h3>
            \(ordered.map { finding($1, index: $0) })</section>

            """
    }

    private var counts: String {
        let parts = [(result.criteria, "criteria"), (result.statements, "conformance checks")]
            .filter { $0.0.total > 0 }.map { "\($0.0.fraction) \($0.1)" }
        return parts.isEmpty ? "" : parts.joined(separator: " and ") + " passed"
    }

    /// The name of a finding within the page.
    static func anchor(ofFinding index: Int, in result: CaseResult) -> String { "\(result.anchor)-f\(index + 1)" }

    private var uncheckedChecks: Markup? {
        guard !result.testCase.checks.isEmpty else { return nil }
        return """
            <section class="findings"><h3>Checks that were not judged</h3><ul class="unjudged">
            \(result.testCase.checks.map { check -> Markup in
                "<li><span class=\"id\">\(check.id)</span> \(check.title) <small>\(check.kind.words)</small></li>\n"
            })</ul></section>

            """
    }

    private func finding(_ finding: Finding, index: Int) -> Markup {
        let anchor = Self.anchor(ofFinding: index, in: result)
        return """
            <details class="finding \(finding.mark.slug)"\(Markup.open(finding.mark != .pass))>
            <summary>\(finding.mark.icon)<span class="sr">\(finding.mark.word): </span>\
            <span class="id">\(finding.check)</span> <span class="title">\(finding.title)</span>\
            <span class="kind" title="\(finding.kind.rawValue)">\(finding.kind.words)\
            \(finding.step.map { ", \(FindingText.words(forStep: $0))" } ?? "")</span></summary>
            <div id="\(anchor)">
            <dl class="rows">
            \(row("Verdict", finding.mark.badge))\
            \(row("Expected", "\(finding.expected)"))\
            \(row("Observed", "\(finding.observed)"))\
            \(finding.known.map { row("Known", "\($0)") })\
            \(finding.party.map { row("Party at fault", "<b>\($0.description)</b>") })\
            \(evidence(of: finding).map { row("Evidence", $0) })\
            \(decision(of: finding).map { row("Decided by", $0) })\
            \(finding.requirements.map(requirement))\
            \(finding.position.map { row("Scenario", "<code>\($0.description)</code>") })</dl>
            </div>
            </details>

            """
    }

    private func row(_ name: String, _ value: Markup) -> Markup { "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n" }

    private func requirement(_ id: RequirementID) -> Markup {
        guard let requirement = run.requirements[id] else { return row("Requirement", "\(id.description)") }
        return row(
            "Requirement",
            """
            <span class="place">\(requirement.place)</span> <small>\(requirement.level.rawValue.uppercased()) · \
            \(id.description)</small><br/>\(requirement.statement)
            """)
    }

    private func evidence(of finding: Finding) -> Markup? {
        guard !finding.evidence.isEmpty else { return nil }
        let items: [Markup] = finding.evidence.map { reference in
            guard let message = result.message(reference) else { return "<li>\(reference.words)</li>" }
            return """
                <li>\(link(to: reference)) <span class="dir">\(message.from) → \(message.to)</span> \
                <code>\(message.label)</code></li>
                """
        }
        return "<ul class=\"evidence\">\(items)</ul>"
    }

    private func decision(of finding: Finding) -> Markup? {
        switch finding.decision {
        case .presence: nil
        case .fence(let message):
            """
            fence: \(link(to: message)) came later on the same ordered path, so nothing else was under way
            """
        case .window: finding.decision.words.map { "\($0)" }
        }
    }

    /// A link to the row of the ladder, from which another leads to the bytes.
    private func link(to reference: MessageReference) -> Markup {
        guard result.message(reference) != nil else { return "\(reference.words)" }
        return """
            <a href="#\(LadderDrawing.anchor(ofRow: reference.message, in: result))">\(reference.words)</a>
            """
    }
}
