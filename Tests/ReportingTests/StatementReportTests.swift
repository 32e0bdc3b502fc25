import Conformance
import Reporting
import Testing

/// What reports tell of the statement of a system (ICS).
@Suite struct StatementReportTests {
    private let environment = RunEnvironment(tool: "parley 0.1.0")

    private func console(_ event: RunEvent) -> [Substring] {
        var reporter = ConsoleReporter(screen: .terminal(columns: 80), palette: .plain)
        return reporter.text(for: event).split(separator: "\n")
    }

    @Test func `The console begins with what is claimed`() {
        #expect(
            console(.runStarted(Sample.declared, selected: 6)).suffix(2) == [
                "ICS of Example IM <Server> 3.2, 2026-08-20: 3 items claimed; 5 mandatory items",
                "not claimed; 2 claims without what each requires",
            ])
        #expect(!console(.runStarted(Sample.run, selected: 6)).contains { $0.contains("ICS") })
    }

    @Test func `The console ends with five shortfalls at most, and the number of the others`() {
        let lines = console(.runFinished(Sample.declared, report: nil, command: nil))
        let first = lines.firstIndex { $0.hasPrefix("The ICS falls short: 5 mandatory items not claimed, 2 claims") }
        #expect(
            lines[(first ?? 0)...].dropFirst(2).prefix(6) == [
                "  - IMSpec-DM-S-001 is mandatory and not claimed",
                "  - IMSpec-DM-S-002 is mandatory and not claimed",
                "  - IMSpec-DM-S-003 is mandatory and not claimed",
                "  - IMSpec-DM-S-004 is mandatory and not claimed",
                "  - IMSpec-DM-S-005 is mandatory and not claimed",
                "  - 2 more, all in the report",
            ])
        var run = Sample.declared
        run.shortfalls = []
        #expect(!console(.runFinished(run, report: nil, command: nil)).contains { $0.contains("ICS") })
    }

    @Test func `The page tells of the statement, and has a row for each shortfall`() throws {
        let root = try XMLOutline.root(of: HTMLReport(Sample.declared, environment: environment).bytes)
        let notice = try #require(root.all("p").first { $0.attributes["class"] == "notice" })
        #expect(notice.all("a").first?.attributes["href"] == "#ics")
        let section = try #require(root.all("section").first { $0.all("h2").first?.attributes["id"] == "ics" })
        let texts = section.all.map(\.text).joined(separator: "\n")
        for part in ["Example IM <Server> 3.2, 2026-08-20", "fixtures/systems/example/ics.yaml, by Ann"] {
            #expect(texts.contains(part), "\(part)")
        }
        let rows = section.all("tbody").first?.all("tr") ?? []
        #expect(rows.compactMap { $0.all("th").first?.text } == Sample.declared.shortfalls.map(\.item.description))
        #expect(texts.contains("requires: <b>"))
        #expect(texts.contains("fixtures/systems/example/ics.yaml:21:3"))
    }

    @Test func `Without a statement no page and no summary tells of one`() throws {
        let root = try XMLOutline.root(of: HTMLReport(Sample.run, environment: environment).bytes)
        #expect(!root.all.contains { $0.attributes["id"] == "ics" || $0.attributes["href"] == "#ics" })
        let summary = String(decoding: MarkdownSummary(Sample.run, environment: environment).bytes, as: UTF8.self)
        #expect(!summary.contains("- ICS"))
    }

    @Test func `A case that does not apply gives its reason beneath its title`() throws {
        let root = try XMLOutline.root(of: HTMLReport(Sample.run, environment: environment).bytes)
        let row = try #require(root.all("tr").first { $0.all("a").first?.text == "IM-2.0-int-401" })
        let cell = try #require(row.all("td").first { $0.attributes["class"] == "title" })
        #expect(cell.all("span").first?.text == "ICS = no: IMSpec-DM-S-001 (M, Store a message)")
        let asides = root.all("td").filter { $0.attributes["class"] == "title" && !$0.all("span").isEmpty }
        #expect(asides.count == 1)
    }

    @Test func `A case shows what it needs, the server's items first`() throws {
        let root = try XMLOutline.root(of: HTMLReport(Sample.declared, environment: environment).bytes)
        let about = try #require(root.all("section").first { $0.attributes["class"] == "about" })
        let rows = about.all("div").filter {
            $0.all("dt").first?.text.hasPrefix("ICS") == true && $0.all("dt").count == 1
        }
        #expect(rows.compactMap { $0.all("dt").first?.text } == ["ICS, server", "ICS, A", "ICS, B"])
        #expect(rows.first?.all("dd").first?.text == "IMSpec-PMM-S-002, IMSpec-PMM-S-001")
    }

    @Test func `The summary says what is claimed, and why a case does not apply`() {
        let summary = String(decoding: MarkdownSummary(Sample.declared, environment: environment).bytes, as: UTF8.self)
        #expect(summary.contains("- ICS of Example IM &lt;Server&gt; 3.2, 2026-08-20: 3 items claimed; 5 mandatory"))
        #expect(summary.contains("| Retrieve deferred messages (ICS = no: IMSpec-DM-S-001 (M, Store a message)) | –"))
    }

    @Test func `A case of JUnit has the items that it needs, each once`() throws {
        func property(_ run: RunResult) throws -> String? {
            let element = try #require(try XMLOutline.root(of: JUnitReport(run).bytes).all("testcase").first)
            return element.all("property").first { $0.attributes["name"] == "ics" }?.attributes["value"]
        }
        #expect(try property(Sample.declared) == "IMSpec-PMM-C-001, IMSpec-PMM-S-001, IMSpec-PMM-S-002")
        #expect(try property(Sample.run) == nil)
    }

    @Test(arguments: [
        (0, 0, []), (1, 0, ["1 mandatory item not claimed"]),
        (2, 1, ["2 mandatory items not claimed", "1 claim without what it requires"]),
        (0, 2, ["2 claims without what each requires"]),
    ])
    func `Shortfalls are counted by kind`(mandatory: Int, requirements: Int, words: [String]) {
        let all = Sample.declared.shortfalls
        let chosen =
            all.filter { $0.kind == .mandatory }.prefix(mandatory)
            + all.filter { $0.kind == .requirement }.prefix(requirements)
        #expect(Array(chosen).inWords == words)
    }
}
