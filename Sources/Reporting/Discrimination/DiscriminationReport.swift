/// What a self-test found: which defects each case catches, by which checks, and what is missing.
package struct DiscriminationReport: Sendable {
    package struct Case: Sendable {
        package var id: String
        package var title: String
        package var checks: [Check]
        /// How many defects show on the wire in this case.
        package var effective: Int
        /// Each defect that is caught, with the checks that fail by it.
        package var caught: [(defect: String, checks: [String])]

        package init(
            id: String, title: String, checks: [Check], effective: Int, caught: [(defect: String, checks: [String])]
        ) {
            self.id = id
            self.title = title
            self.checks = checks
            self.effective = effective
            self.caught = caught
        }

        var fallible: Int { checks.count { !$0.killers.isEmpty } }
    }

    package struct Check: Sendable {
        package var id: String
        package var kind: String
        package var title: String
        /// The defects that make it fail.
        package var killers: [String]

        package init(id: String, kind: String, title: String, killers: [String]) {
            self.id = id
            self.kind = kind
            self.title = title
            self.killers = killers
        }
    }

    package var tool: String
    package var cases: [Case]
    /// What keeps the suite from being trusted, one sentence each; empty when nothing does.
    package var complaints: [String]

    package init(tool: String, cases: [Case], complaints: [String]) {
        self.tool = tool
        self.cases = cases
        self.complaints = complaints
    }

    /// One line a case, within 80 columns.
    package var table: String {
        let head = "case              checks that can fail   defects caught, of those that show"
        let lines = cases.map { row in
            let id = row.id.padded(to: 18)
            let checks = "\(row.fallible) of \(row.checks.count)".padded(to: 23)
            return id + checks + "\(row.caught.count) of \(row.effective)"
        }
        return ([head] + lines).joined(separator: "\n")
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
