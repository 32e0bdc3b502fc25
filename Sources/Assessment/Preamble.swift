import Conformance
import Dissection

/// Whether a step of the preamble succeeded, as the trace shows it.
enum Preamble {
    /// A finding that is pass or inconclusive: what fails in the preamble is no failure of the test case.
    static func finding(for step: Step, in evidence: Evidence) -> Finding? {
        guard case .logIn = step.action else { return nil }
        let exchanges = ["REGISTER", "PUBLISH"].map { method in
            let selector = MessageSelector(
                at: step.party, direction: .received, start: .response(200...299, to: method))
            return (method, evidence.messages(matching: selector).first)
        }
        let missing = exchanges.filter { $0.1 == nil }.map(\.0)
        let expected = "REGISTER and PUBLISH of \(step.party) are answered 2xx"
        let isMet = missing.isEmpty
        return Finding(
            check: "precondition.\(step.party)", kind: .criterion, verdict: isMet ? .pass : .inconclusive,
            title: "\(step.party) is logged in", requirements: [], expected: expected,
            observed: isMet ? "both are" : "no 2xx to \(missing.joined(separator: " and "))",
            evidence: exchanges.compactMap { $0.1?.reference }, step: step.label, position: step.position)
    }
}
