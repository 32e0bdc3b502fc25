import Conformance

extension Sample {
    /// The run of a system whose owner says what it supports, and less than is mandatory.
    static let declared: RunResult = {
        var run = Sample.run
        for index in run.cases.indices {
            run.cases[index].testCase.needs = [
                .server: [SCRItemID("IMSpec-PMM-S-002"), SCRItemID("IMSpec-PMM-S-001")],
                PartyName("A"): [SCRItemID("IMSpec-PMM-C-001")], PartyName("B"): [SCRItemID("IMSpec-PMM-C-001")],
            ]
        }
        run.statement = ConformanceStatement(
            product: "Example IM <Server>", version: "3.2", date: "2026-08-20", author: "Ann", roles: [.server],
            claims: [SCRItemID("IMSpec-PMM-S-002"), SCRItemID("IMSpec-PMM-S-001"), SCRItemID("IMSpec-SM-S-001")],
            file: "fixtures/systems/example/ics.yaml")
        run.shortfalls =
            (1...5).map { number in
                shortfall(.mandatory, "IMSpec-DM-S-00\(number)", "is mandatory and not claimed", line: 10 + number)
            } + [
                shortfall(.requirement, "IMSpec-SM-S-001", "is claimed, but not what it requires: <b>", line: 20),
                shortfall(.requirement, "IMSpec-PMM-S-001", "is claimed, but not what it requires: X", line: 21),
            ]
        return run
    }()

    private static func shortfall(
        _ kind: StatementShortfall.Kind, _ item: String, _ words: String, line: Int
    ) -> StatementShortfall {
        StatementShortfall(
            kind, of: SCRItemID(item), "\(item) \(words)",
            at: SourcePosition(file: "fixtures/systems/example/ics.yaml", line: line, column: 3))
    }
}
