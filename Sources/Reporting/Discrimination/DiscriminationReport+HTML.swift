extension DiscriminationReport {
    /// The page: an overview, what it does not prove, and for each case every check with the defects that it catches.
    package var html: [UInt8] { page.bytes }

    private var page: Markup {
        """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy" content="\(StyleSheet.policy)"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="generator" content="\(tool)"/>
        <title>What the checks can catch – Parley self-test</title>
        <style>\(StyleSheet.markup)</style>
        </head>
        <body id="top">
        <header class="masthead"><div class="wrap">
        <p class="eyebrow">Parley · self-test</p>
        <h1>What the checks can catch</h1>
        <p class="lead"><span>Every case, performed with every defect of the reference server and of each client. \
        A check that no defect makes fail proves nothing.</span>\(summary)</p>
        </div></header>
        <main class="wrap">
        \(overview)\(notices)\(cases.map(section))</main>
        <footer class="wrap">\(tool)</footer>
        </body>
        </html>

        """
    }

    private var summary: Markup {
        complaints.isEmpty
            ? " <span>Every check can fail, and every defect is caught.</span>"
            : " <span><a href=\"#complaints\">\(complaints.count) things</a> keep it from proving more.</span>"
    }

    private var notices: Markup {
        guard !complaints.isEmpty else { return "" }
        return """
            <section class="overview"><h2 id="complaints">What it does not prove</h2>
            \(complaints.map { complaint -> Markup in "<p class=\"notice\">\(complaint)</p>\n" })</section>

            """
    }

    private var overview: Markup {
        """
        <section class="overview"><h2 id="cases">Cases</h2>
        <table class="cases" aria-labelledby="cases">
        <thead><tr><th scope="col">Case</th><th scope="col">Title</th>\
        <th scope="col" class="number">Checks that can fail</th>\
        <th scope="col" class="number">Defects caught</th></tr></thead>
        <tbody>
        \(cases.map { row -> Markup in
            """
            <tr><th scope="row"><a href="#\(row.id)">\(row.id)</a></th><td class="title">\(row.title)</td>\
            <td data-name="Checks that can fail" class="number">\(row.fallible) of \(row.checks.count)</td>\
            <td data-name="Defects caught" class="number">\(row.caught.count) of \(row.effective)</td></tr>

            """
        })</tbody></table></section>

        """
    }

    private func section(_ row: Case) -> Markup {
        """
        <section class="overview"><h2 id="\(row.id)">\(row.id) <small>\(row.title)</small></h2>
        <table class="cases" aria-labelledby="\(row.id)">
        <thead><tr><th scope="col">Check</th><th scope="col">Asks</th><th scope="col">Fails by</th></tr></thead>
        <tbody>
        \(row.checks.map { check -> Markup in
            """
            <tr><th scope="row">\(check.id) \(check.kind)</th><td class="title">\(check.title)</td>\
            <td data-name="Fails by">\(check.killers.joined(separator: ", "))</td></tr>

            """
        })</tbody></table></section>

        """
    }
}
