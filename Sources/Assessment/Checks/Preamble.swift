import Conformance
import Dissection

/// Whether a step of the preamble succeeded, as the trace shows it.
enum Preamble {
    /// A finding that is pass or inconclusive: what fails in the preamble is no failure of the test case.
    static func finding(
        for step: Step, settingsBy keeping: Assessor.SettingsKeeping, in evidence: Evidence
    ) -> Finding? {
        guard case .logIn(let settings) = step.action else { return nil }
        let exchanges = ["REGISTER", "PUBLISH"].map { method in
            let selector = MessageSelector(
                at: step.party, direction: .received, start: .response(200...299, to: method))
            return (method: method, answer: evidence.messages(matching: selector).first)
        }
        // A server that takes no settings treats everybody as if they were the usual ones; that it should take them is
        // a rule of its own.
        let mayBeRefused = settings == .open || keeping == .operatorOfSystem
        let refusal = mayBeRefused ? evidence.refusalOfSettings(step.party) : nil
        let missing = exchanges.filter { $0.answer == nil && ($0.method == "REGISTER" || refusal == nil) }.map(\.method)
        let answers = exchanges.compactMap(\.answer) + [exchanges[1].answer == nil ? refusal : nil].compactMap(\.self)
        let register = exchanges[0].answer.flatMap { evidence.dissection.request(of: $0) }
        let isServed = register?.hasServiceTag ?? true
        let begin = evidence.stimuli.first { $0.reach != .sender }.map(\.number)
        let isLate = answers.contains { answer in begin.map { answer.number > $0 } ?? false }
        let success =
            exchanges[1].answer == nil ? "REGISTER is; no settings are taken, not even the usual ones" : "both are"
        let observed =
            !missing.isEmpty
            ? "no 2xx to \(missing.joined(separator: " and "))"
            : !isServed
                ? "\(success), but the REGISTER lacks the feature tag of the service"
                : isLate ? "\(success), but only after the procedure began" : success
        return Finding(
            check: "precondition.\(step.party)", kind: .criterion,
            verdict: missing.isEmpty && !isLate && isServed ? .pass : .inconclusive,
            title: "\(step.party) is logged in",
            requirements: [], expected: "REGISTER and PUBLISH of \(step.party) are answered 2xx before the procedure",
            observed: observed, evidence: answers.map(\.reference), step: step.label, position: step.position)
    }
}
