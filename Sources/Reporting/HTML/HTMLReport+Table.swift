import Bytes
import Conformance
import Network

extension HTMLReport {
    /// One row a case; on a narrow screen each row becomes a card.
    var caseTable: Markup {
        """
        <section class="overview">
        <h2 id="cases">Cases</h2>
        <table class="cases" aria-labelledby="cases">
        <thead><tr><th scope="col">Case</th><th scope="col">Title</th><th scope="col">Interop</th>\
        <th scope="col">Conformance</th><th scope="col" class="number">Criteria passed</th>\
        <th scope="col" class="number">Duration</th><th scope="col">Capture</th></tr></thead>
        <tbody>
        \(run.cases.map(row))</tbody>
        </table>
        </section>

        """
    }

    /// Why the case does not apply, beneath its title.
    private func exclusion(of result: CaseResult) -> Markup? {
        guard case .notApplicable(let reason) = result.outcome else { return nil }
        return "<span class=\"aside\">\(reason)</span>"
    }

    private func row(_ result: CaseResult) -> Markup {
        let capture: Markup = result.capture.map { "<a href=\"\($0.asLink)\">pcapng</a>" } ?? "<span>–</span>"
        let warnings: Markup? =
            result.warnings.isEmpty
            ? nil : "<span class=\"aside\">\(Mark.warning.icon)\(plural(result.warnings.count, "warning"))</span>"
        return """
            <tr><th scope="row"><a href="#\(result.anchor)">\(result.name)</a></th>\
            <td class="title">\(result.testCase.title)\(exclusion(of: result))</td>\
            <td data-name="Interop">\(result.interopMark.badge)</td>\
            <td data-name="Conformance">\(result.conformanceMark.badge)\(warnings)</td>\
            <td data-name="Criteria passed" class="number">\(result.criteria.fraction)</td>\
            <td data-name="Duration" class="number">\(result.wasExecuted ? result.elapsed.readable : "–")</td>\
            <td data-name="Capture">\(capture)</td></tr>

            """
    }
}

extension String {
    /// The path as a relative reference: whatever could begin a scheme or end the path is percent-encoded.
    ///
    /// RFC 3986 §2.1
    var asLink: String { percentEscaped(except: "-._~/") }
}
