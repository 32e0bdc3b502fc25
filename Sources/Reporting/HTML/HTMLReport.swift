package import Conformance
import Network
import Parallelism

/// `index.html`: the whole run on one page that needs no network, no script and nothing beside it.
///
/// The page is well-formed XML as well, so that any parser can check it.
package struct HTMLReport: Sendable {
    let run: RunResult
    let environment: RunEnvironment

    package init(_ run: RunResult, environment: RunEnvironment) {
        self.run = run
        self.environment = environment
    }

    package var bytes: [UInt8] { page.bytes }

    private var page: Markup {
        """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="\(StyleSheet.policy)"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="referrer" content="no-referrer"/>
        <meta name="generator" content="\(environment.tool)"/>
        <title>\(run.verdictInWords): \(run.systemUnderTest) – Parley report</title>
        <style>\(StyleSheet.markup)</style>
        </head>
        <body id="top">
        \(MarkIcons.definitions)\(masthead)<main class="wrap">
        \(notices)\(summary)\(caseTable)\(sections)\(statement)\(windows)\(appendix)</main>
        <footer class="wrap">\(environment.tool) · run \(run.id) · the same results for machines: \
        <a href="run.json">run.json</a>, <a href="junit.xml">junit.xml</a></footer>
        </body>
        </html>

        """
    }

    private var sections: [Markup] { run.cases.concurrentMap { CaseSection($0, of: run).markup } }

    private var masthead: Markup {
        let executed = run.interopTally.executed
        let known = run.isKnown ? "as is known; " : ""
        return """
            <header class="masthead"><div class="wrap">
            <p class="eyebrow">Parley · SIMPLE IM conformance and interoperability</p>
            <h1>\(run.systemUnderTest)</h1>
            <p class="lead">\(run.mark.badge) <span>\(known)\(executed) of \(run.cases.count) \
            selected cases executed, \(run.mode.words)</span></p>
            <dl class="facts">
            \(fact("Run", run.id))\(fact("Started", run.started.readable))\
            \(fact("Duration", run.elapsed.readable))\
            \(run.seed.map { fact("Seed", String($0)) })\(fact("Tool", environment.tool))\(repetition)</dl>
            </div></header>

            """
    }

    private func fact(_ name: String, _ value: String) -> Markup {
        "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }

    private var repetition: Markup? {
        guard !environment.command.isEmpty else { return nil }
        return "<div class=\"wide\"><dt>To repeat</dt><dd><code>\(environment.shellCommand)</code></dd></div>\n"
    }

    private var notices: Markup {
        let partial: Markup? = run.incomplete.map {
            "<p class=\"notice\"><strong>This run is incomplete.</strong> \($0)</p>\n"
        }
        let remarks = (run.stale + run.remarks).map { "<p class=\"notice\">\($0)</p>\n" as Markup }
        let expectation = run.expectationSentence.map { "<p class=\"notice\">\($0).</p>\n" as Markup }
        return "\(partial)\(expectation)\(shortfallNotice)\(remarks)"
    }

    private var summary: Markup {
        """
        <section class="summary" aria-label="Verdicts">
        \(panel("Interop", "the pass criteria of the ETS", run.interopTally))\
        \(panel("Conformance", "the normative statements on every message", run.conformanceTally))</section>

        """
    }

    private func panel(_ name: String, _ explanation: String, _ tally: Tally) -> Markup {
        let order: [Mark] = [.pass, .fail, .inconclusive, .error, .outOfTime, .notApplicable, .notJudged]
        let present = order.filter { tally[$0] > 0 }
        var offset = 0
        var segments: Markup = ""
        for mark in present {
            let width = tally[mark] * 100
            let gap = present.last == mark ? 0 : 3
            segments += "<rect class=\"\(mark.slug)\" x=\"\(offset)\" width=\"\(width - gap)\" height=\"10\"/>"
            offset += width
        }
        return """
            <div class="panel"><h2>\(name) <small>\(explanation)</small></h2>
            <p class="figure"><b>\(tally[.pass])</b> of \(tally.executed) executed \
            \(tally.executed == 1 ? "case" : "cases") passed</p>
            <svg class="bar" viewBox="0 0 \(max(1, offset)) 10" preserveAspectRatio="none" \
            aria-hidden="true">\(segments)</svg>
            <ul class="counts">\(present.map { mark -> Markup in
                "<li>\(mark.icon)\(tally[mark]) \(mark.word)</li>"
            })</ul>
            </div>

            """
    }

    /// What time had to decide, and why.
    private var windows: Markup {
        let rows = run.windows.map { result, finding -> Markup in
            """
            <tr><th scope="row">\(finding.check)</th><td>\(result.name)</td>\
            <td class="title">\(finding.title)</td><td data-name="Decided by">\(finding.decision.words ?? "")</td></tr>

            """
        }
        let table: Markup =
            rows.isEmpty
            ? ""
            : """
            <table class="cases" aria-labelledby="windows">
            <thead><tr><th scope="col">Check</th><th scope="col">Case</th><th scope="col">Asks</th>\
            <th scope="col">Decided by</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>

            """
        return """
            <section class="overview"><h2 id="windows">Windows</h2>
            <p>\(run.windowSentence)</p>
            \(table)</section>

            """
    }

    private var appendix: Markup? {
        guard !environment.facts.isEmpty else { return nil }
        return """
            <section class="environment"><h2>Environment</h2><dl class="facts">
            \(environment.facts.map { fact($0.name, $0.value) })</dl></section>

            """
    }
}
