import Conformance
import Network

/// Everything about one case: what was asked, what was found, and the messages that prove it.
struct CaseSection {
    let run: RunResult
    let result: CaseResult

    init(_ result: CaseResult, of run: RunResult) {
        self.result = result
        self.run = run
    }

    /// A case that needs attention is open; every other one opens when it is asked for.
    var markup: Markup {
        """
        <details class="case"\(Markup.open(result.mark.gravity >= Mark.inconclusive.gravity))>
        <summary><h2>\(result.mark.icon)<span class="id">\(result.name)</span> \
        <span>\(result.testCase.title)</span></h2></summary>
        <div class="content" id="\(result.anchor)">
        \(description)\(verdicts)\(reason)\(remarks)\(findings)\(LadderDrawing(result).figure)\(messages)\(about)\
        <p class="back"><a href="#top">Back to the table of cases</a></p>
        </div>
        </details>

        """
    }

    private var description: Markup? {
        let description = result.testCase.description
        return description.isEmpty ? nil : "<p class=\"description\">\(description)</p>\n"
    }

    private var verdicts: Markup {
        let capture: Markup? = result.capture.map {
            "<div><dt>Capture</dt><dd><a href=\"\($0.asLink)\">\($0)</a></dd></div>"
        }
        return """
            <dl class="verdicts">
            <div><dt>Interop</dt><dd>\(result.interopMark.badge)</dd></div>
            <div><dt>Conformance</dt><dd>\(result.conformanceMark.badge)</dd></div>
            <div><dt>Criteria passed</dt><dd>\(result.criteria.fraction)</dd></div>
            <div><dt>Conformance checks passed</dt><dd>\(result.statements.fraction)</dd></div>
            <div><dt>Started</dt><dd>\(result.started.readable)</dd></div>
            <div><dt>Duration</dt><dd>\(result.elapsed.readable)</dd></div>
            <div><dt>TestFest value</dt><dd>\(result.mark.testFestWord)</dd></div>
            \(capture)
            </dl>

            """
    }

    private var reason: Markup? {
        result.reason.map { "<p class=\"notice\"><strong>\(result.mark.word.capitalizedFirst).</strong> \($0)</p>\n" }
    }

    private var remarks: Markup? {
        guard !result.remarks.isEmpty else { return nil }
        return """
            <section><h3>Remarks</h3>
            <ul class="remarks">\(result.remarks.map { "<li>\($0)</li>" as Markup })</ul></section>

            """
    }

    /// The rows of the ETS table and the procedure.
    private var about: Markup {
        let testCase = result.testCase
        return """
            <section class="about"><h3>Test case</h3>
            <div class="columns">
            <dl class="rows">
            \(row("Test object", testCase.objects.map(\.rawValue).joined(separator: ", ")))\
            \(row("Optional", testCase.isOptional ? "includes optional features" : "no"))\
            \(row("Specification", testCase.references.specification.joined(separator: ", ")))\
            \(row("SCR", testCase.references.scr.joined(separator: ", ")))\
            \(row("ETR", testCase.references.etr.joined(separator: ", ")))\
            \(needs)\
            \(row("Equipment", equipment))\
            \(row("Scenario", testCase.position.description))</dl>
            <div>
            \(preconditions)\(procedure)</div>
            </div>
            </section>

            """
    }

    private func row(_ name: String, _ value: String) -> Markup? {
        value.isEmpty ? nil : "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }

    /// The SCR items that the case needs, by who is tested.
    private var needs: [Markup] {
        result.testCase.needs.sorted { $0.key == .server || ($1.key != .server && $0.key < $1.key) }.compactMap {
            row("ICS, \($0.key)", $0.value.map(\.description).joined(separator: ", "))
        }
    }

    private var equipment: String {
        let clients = result.testCase.equipment.clients.map(\.description).joined(separator: ", ")
        let servers = plural(result.testCase.equipment.servers, "IM server")
        return clients.isEmpty ? servers : "clients \(clients); \(servers)"
    }

    private var preconditions: Markup? {
        guard !result.testCase.state.isEmpty else { return nil }
        return """
            <h4>Preconditions</h4><ul>\(result.testCase.state.map { state -> Markup in
                "<li>\(state.text)\(state.isOptional ? " (optional)" : "")</li>"
            })</ul>

            """
    }

    private var procedure: Markup? {
        let testCase = result.testCase
        let steps = testCase.preamble + testCase.procedure + testCase.postamble
        guard !steps.isEmpty else { return nil }
        return """
            <h4>Procedure</h4><ol class="procedure">\(steps.map { step -> Markup in
                "<li><span class=\"step\">\(step.label)</span> <span>\(step.sentence)\(notes(on: step))</span></li>\n"
            })</ol>

            """
    }

    private func notes(on step: Step) -> [Markup] {
        var notes: [Markup] = []
        if !step.mutations.isEmpty {
            let changes = step.mutations.map(\.words).joined(separator: "; ")
            notes.append("<small class=\"altered\">altered on purpose: \(changes)</small>")
        }
        if let reason = step.uncheckedBecause {
            notes.append("<small class=\"unchecked\">no criterion: \(reason)</small>")
        }
        return notes
    }
}

extension String {
    /// The text with its first letter in upper case.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
