package import Conformance

/// A finding in words, as rows of a name and a text: everything that a person needs to check it.
package struct FindingText: Sendable {
    package struct Row: Equatable, Sendable {
        package var name: String
        package var text: String
    }

    /// The check and what it asks.
    package let title: String
    package let rows: [Row]

    package init(_ finding: Finding, in result: CaseResult, requirements: [RequirementID: Requirement]) {
        title = "\(finding.check) \(finding.title)".onOneLine
        var rows: [Row] = []
        func add(_ name: String, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            rows.append(Row(name: name, text: text.onOneLine))
        }
        add("expected", finding.expected)
        add("observed", finding.observed)
        add("known", finding.known)
        add("at fault", finding.party?.description)
        add("kind", finding.step.map { "\(finding.kind.words), \(Self.words(forStep: $0))" } ?? finding.kind.words)
        for reference in finding.evidence {
            let message = result.message(reference)
            add("message", message.map { "\(reference.words) \($0.from) → \($0.to): \($0.label)" } ?? reference.words)
        }
        add("decided by", finding.decision.words)
        for id in finding.requirements {
            let requirement = requirements[id]
            add("clause", requirement.map { "\($0.place) (\(id)): \($0.statement)" } ?? id.place)
        }
        add("scenario", finding.position?.description)
        self.rows = rows
    }

    /// `step 3`, or `preamble`.
    static func words(forStep label: String) -> String {
        label.first?.isNumber == true ? "step \(label)" : label
    }

    /// The finding in one line: `101.3 B receives “Hello B”: expected exactly 1, observed 0`.
    package static func line(_ finding: Finding) -> String {
        "\(finding.check) \(finding.title): expected \(finding.expected), observed \(finding.observed)".onOneLine
    }
}
