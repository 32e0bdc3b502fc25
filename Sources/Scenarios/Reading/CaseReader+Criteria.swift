import Conformance

extension CaseReader {
    /// The criteria, in the order of the file.
    mutating func criteria() -> [Check] {
        var checks: [Check] = []
        for row in fields.mappings("criteria") {
            let check = check(row)
            if let first = checks.first(where: { $0.id == check.id }) {
                let text = "Criterion \(check.id) is there twice; the first is on line \(first.position.line)"
                refuse(.duplicate, row.required("id"), text)
            }
            checkNumber(check, row)
            checkStep(check, row)
            checkKind(check, row)
            checkRules(check, row)
            checks.append(check)
        }
        return checks
    }

    private mutating func check(_ row: Fields) -> Check {
        guard let kind = Check.Kind(rawValue: row.text("kind")) else {
            preconditionFailure("The words of “kind” are those of Check.Kind")
        }
        return Check(
            id: row.text("id"), kind: kind, step: row.optional("step")?.text, title: row.text("title"),
            requirements: requirements(row), condition: condition(row), position: row.node.position,
            unless: row.optional("unless").flatMap { Deviation(rawValue: $0.text) })
    }

    private mutating func requirements(_ row: Fields) -> [RequirementID] {
        row.list("requirements").map { node in
            let id = RequirementID(node.text)
            if catalogue[id] == nil {
                let hint = Suggestion.hint(for: node.text, among: catalogue.ids.map(\.description))
                refuse(.unknownRequirement, node, "The catalogue has no requirement \(id)\(hint)")
            }
            return id
        }
    }

    private mutating func checkNumber(_ check: Check, _ row: Fields) {
        if messages.contains(where: { $0.rule == .fileName }) { return }
        let number = fields.text("id").split(separator: "-").last ?? ""
        if check.id.prefix(while: { $0 != "." }) != number {
            let text = "Criterion \(check.id) belongs to another case; here ids begin with \(number)."
            refuse(.criterionID, row.required("id"), text)
        }
    }

    private mutating func checkStep(_ check: Check, _ row: Fields) {
        guard let step = check.step, !stepLabels.contains(step), let node = row.optional("step") else { return }
        refuse(.unknownStep, node, "Criterion \(check.id) belongs to step \(step), which the procedure does not have")
    }

    private mutating func checkRules(_ check: Check, _ row: Fields) {
        guard case .message(_, .never, let must, let should) = check.condition, let rule = (must + should).first else {
            return
        }
        let text = "Of a message that is never seen no rules can be asked"
        messages.append(LintMessage(.criterionKind, at: rule.position, text))
    }

    private mutating func checkKind(_ check: Check, _ row: Fields) {
        let says = check.condition.sense
        if check.kind == .negative, says == .something {
            let text = "A criterion of kind N says what is not seen: times: 0, or an order"
            refuse(.criterionKind, row.required("kind"), text)
        }
        if check.kind == .criterion, says == .never {
            let text = "A criterion that says what is not seen is of kind N, or C where it is the specification's"
            refuse(.criterionKind, row.required("kind"), text)
        }
    }
}

extension Condition {
    /// What a condition is about.
    fileprivate enum Sense {
        case something
        /// Something that must not be seen.
        case never
        /// A state that holds by something not being seen.
        case either
    }

    fileprivate var sense: Sense {
        switch self {
        case .invited(_, _, _, let times), .received(_, _, _, _, let times): times == .never ? .never : .something
        case .message(_, let times, _, _), .acknowledged(_, _, _, let times): times == .never ? .never : .something
        case .order, .hidden: .never
        case .distinctAliases, .removed, .retrieved: .either
        case .established, .answered, .participants, .participant, .aliasCollision, .listed: .something
        }
    }
}
