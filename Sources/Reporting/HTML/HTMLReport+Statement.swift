import Conformance

extension HTMLReport {
    /// That the statement lacks something, with the way to what it is.
    var shortfallNotice: Markup? {
        guard !run.shortfalls.isEmpty else { return nil }
        let words = run.shortfalls.inWords.joined(separator: ", ")
        return "<p class=\"notice\">The ICS falls short: \(words) (<a href=\"#ics\">which</a>).</p>\n"
    }

    /// What the owner of the system says that it supports, and what that lacks.
    var statement: Markup? {
        guard let statement = run.statement, let sentence = run.statementSentence else { return nil }
        let rows = run.shortfalls.map { shortfall -> Markup in
            """
            <tr><th scope="row">\(shortfall.item.description)</th><td class="title">\(shortfall.sentence)</td>\
            <td data-name="Said in">\(shortfall.position.description)</td></tr>

            """
        }
        let table: Markup? =
            rows.isEmpty
            ? nil
            : """
            <table class="cases" aria-labelledby="ics">
            <thead><tr><th scope="col">Item</th><th scope="col">What the statement lacks</th>\
            <th scope="col">Said in</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>

            """
        let author: Markup? = statement.author.map { ", by \($0)" }
        return """
            <section class="overview"><h2 id="ics">Statement of conformance</h2>
            <p>\(sentence) (\(statement.file)\(author)). A case that needs an item that is not claimed is not \
            applicable.</p>
            \(table)</section>

            """
    }
}
