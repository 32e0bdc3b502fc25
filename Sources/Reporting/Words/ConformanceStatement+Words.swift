package import Conformance

extension ConformanceStatement {
    /// What the statement is about, and from when: `Example IM server 1.0, 2026-11-26`.
    package var title: String { "\(product) \(version), \(date)" }
}

extension RunResult {
    /// What the ICS says, in one sentence without a full stop; nil without one.
    package var statementSentence: String? {
        statement.map { statement in
            "ICS of \(statement.title): \(plural(statement.claims.count, "item")) claimed"
                + shortfalls.inWords.map { "; \($0)" }.joined()
        }
    }
}

extension [StatementShortfall] {
    /// How many there are of each kind, in words.
    package var inWords: [String] {
        let mandatory = count { $0.kind == .mandatory }
        let requirements = count { $0.kind == .requirement }
        return [
            mandatory == 0 ? nil : "\(plural(mandatory, "mandatory item")) not claimed",
            requirements == 0
                ? nil : "\(plural(requirements, "claim")) without what \(requirements == 1 ? "it" : "each") requires",
        ].compactMap(\.self)
    }
}
