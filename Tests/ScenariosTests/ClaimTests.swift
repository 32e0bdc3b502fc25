import Conformance
import Scenarios
import Testing

/// The SCR items that a case needs.
@Suite struct ClaimTests {
    private static let tables = SourceFile(
        path: "scenarios/scr/x.yaml",
        bytes: Array(
            """
            document: A sample
            groups:
              - clause: B.1
                title: Client
                role: client
                items: [{ id: IMSpec-X-C-001, title: Do it, clause: "1", status: mandatory }]
              - clause: B.2
                title: Server
                role: server
                items: [{ id: IMSpec-X-S-001, title: Serve it, clause: "2", status: mandatory }]
            """.utf8))

    private func library(_ claims: String) -> ScenarioLibrary {
        let text = Samples.scenario("optional: false\n", becomes: "optional: false\nics: \(claims)\n")
        return ScenarioLibrary([
            SourceFile(path: Samples.path, bytes: Array(text.utf8)), Samples.requirements, Self.tables,
        ])
    }

    @Test func `A case says what it needs, by who is tested`() throws {
        let library = library("{ server: [IMSpec-X-S-001], B: [IMSpec-X-C-001] }")
        #expect(library.messages == [])
        #expect(
            library.testCases.first?.needs
                == [.server: [SCRItemID("IMSpec-X-S-001")], PartyName("B"): [SCRItemID("IMSpec-X-C-001")]])
    }

    @Test func `A case that says nothing needs nothing`() {
        #expect(Samples.testCase(Samples.scenario)?.needs == [:])
        #expect(library("{}").testCases.first?.needs == [:])
    }

    @Test(arguments: [
        (
            "{ server: [IMSpec-X-S-010] }",
            "10:17: error: No table has the item IMSpec-X-S-010; did you mean “IMSpec-X-S-001”? [unknown-item]"
        ),
        (
            "{ server: [IMSpec-X-C-001] }",
            "10:17: error: IMSpec-X-C-001 is an item of a client, not of a server [unknown-item]"
        ),
        (
            "{ A: [IMSpec-X-S-001] }",
            "10:12: error: IMSpec-X-S-001 is an item of a server, not of a client [unknown-item]"
        ),
        (
            "{ C: [IMSpec-X-C-001] }",
            "10:8: error: Client C does not belong to the equipment: A, B [unknown-party]"
        ),
        (
            "{ A: [IMSpec-X-C-001, IMSpec-X-C-001] }",
            "10:28: error: IMSpec-X-C-001 is there twice [duplicate]"
        ),
        (
            "{ A: [IMSpec-X-C-001-M] }",
            "10:12: error: “IMSpec-X-C-001-M” is no SCR item; expected an item such as IMSpec-SMM-C-001 [bad-value]"
        ),
        ("{ A: [] }", "10:11: error: “A” needs at least one entry [bad-value]"),
        (
            "{ E: [IMSpec-X-C-001] }",
            "10:8: error: Unknown key “E” in a set of claims; did you mean “A”? [unknown-key]"
        ),
    ])
    func `Claims that make no sense are errors`(claims: String, message: String) {
        let library = library(claims)
        #expect(library.messages.map { $0.description.dropFirst(Samples.path.count + 1) } == [message[...]])
        #expect(library.testCases.isEmpty)
    }

    @Test func `A client that only an ICS names is not used`() {
        let text = Samples.scenario("clients: [A, B]", becomes: "clients: [A, B, C]")
            .replacing("optional: false\n", with: "optional: false\nics: { C: [IMSpec-X-C-001] }\n")
        let library = ScenarioLibrary([
            SourceFile(path: Samples.path, bytes: Array(text.utf8)), Samples.requirements, Self.tables,
        ])
        #expect(library.messages.map(\.rule) == [.unusedClient])
    }

    private func exempting(_ rows: String) -> ScenarioLibrary {
        let text = Samples.scenario("optional: false\n", becomes: "optional: false\nnot-applicable: \(rows)\n")
        return ScenarioLibrary([SourceFile(path: Samples.path, bytes: Array(text.utf8)), Samples.requirements])
    }

    @Test func `A case says under which deviations it cannot be tested, and why`() throws {
        let library = exempting("[{ deviation: taken-alias-refused, because: There is no alias. }]")
        #expect(library.messages == [])
        let impediments = library.testCases.first?.impediments
        #expect(impediments == [Impediment(deviation: .takenAliasRefused, reason: "There is no alias.")])
        #expect(Samples.testCase(Samples.scenario)?.impediments == [])
    }

    @Test func `A deviation is there once, and is one that there is`() {
        let twice = "{ deviation: taken-alias-refused, because: So. }"
        let told = exempting("[\(twice), \(twice)]").messages.map(\.description)
        #expect(told.first?.hasSuffix("error: The deviation taken-alias-refused is there twice [duplicate]") == true)
        #expect(exempting("[{ deviation: none, because: So. }]").testCases.isEmpty)
    }
}
