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
            return (method: method, answer: evidence.messages(matching: selector).first)
        }
        let missing = exchanges.filter { $0.answer == nil }.map(\.method)
        let answers = exchanges.compactMap(\.answer)
        let register = exchanges[0].answer.flatMap { evidence.dissection.request(of: $0) }
        let isServed = register?.hasServiceTag ?? true
        let begin = evidence.stimuli.first { $0.reach != .sender }.map(\.number)
        let isLate = answers.contains { answer in begin.map { answer.number > $0 } ?? false }
        let observed =
            !missing.isEmpty
            ? "no 2xx to \(missing.joined(separator: " and "))"
            : !isServed
                ? "both are, but the REGISTER lacks the feature tag of the service"
                : isLate ? "both are, but only after the procedure began" : "both are"
        return Finding(
            check: "precondition.\(step.party)", kind: .criterion,
            verdict: missing.isEmpty && !isLate && isServed ? .pass : .inconclusive,
            title: "\(step.party) is logged in",
            requirements: [], expected: "REGISTER and PUBLISH of \(step.party) are answered 2xx before the procedure",
            observed: observed, evidence: answers.map(\.reference), step: step.label, position: step.position)
    }
}
