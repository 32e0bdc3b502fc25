import Conformance
import Testing

struct ConformanceStatementTests {
    private func items(_ ids: String) -> [SCRItemID] { ids.split(separator: " ").map { SCRItemID(String($0)) } }

    private func testCase() -> TestCase {
        TestCase(
            id: "IM-2.0-int-901", title: "", objects: [.server], description: "",
            references: References(specification: [], scr: [], etr: []), isOptional: false,
            needs: [.server: items("S2 S1"), PartyName("A"): items("C1 C2"), PartyName("B"): items("C2 C3")],
            equipment: Equipment(clients: [PartyName("A"), PartyName("B")], servers: 1), state: [], preamble: [],
            procedure: [], postamble: [], checks: [], position: SourcePosition(file: "x", line: 1, column: 1))
    }

    @Test(arguments: [
        ("server", "", "S2 S1"), ("server", "S1", "S2"), ("server", "S1 S2", ""), ("server", "C1 C2 C3", "S2 S1"),
        ("A", "C2", "C1"), ("B", "C2", "C3"), ("A B", "", "C1 C2 C3"), ("A B server", "C2", "C1 C3 S2 S1"),
        ("C", "", ""), ("", "", ""),
    ])
    func `A case lacks what the parties under test need and do not claim`(
        parties: String, claims: String, expected: String
    ) {
        let statement = ConformanceStatement(
            product: "X", version: "1", date: "2026-11-26", roles: [.server], claims: Set(items(claims)), file: "x")
        let unclaimed = statement.unclaimed(
            in: testCase(), of: Set(parties.split(separator: " ").map { PartyName(String($0)) }))
        #expect(unclaimed == items(expected))
    }
}
