import Conformance

extension CaseReader {
    /// The steps under the key, each labelled by its number or, without one, by the key.
    mutating func steps(_ key: String) -> [Step] {
        var steps: [Step] = []
        for row in fields.mappings(key) {
            let isNumbered = key == "procedure"
            let party = party(row, "client")
            steps.append(
                Step(
                    label: isNumbered ? row.text("step") : key, party: party, action: action(row, by: party),
                    mutations: row.mappings("alter").map(mutation),
                    uncheckedBecause: isNumbered ? row.optional("no-criterion")?.text : nil,
                    position: row.node.position))
        }
        return steps
    }

    /// The numbers begin with 1 and ascend without a gap; several actions can share one.
    mutating func checkNumbering(_ procedure: [Step]) {
        var last = 0
        for (step, row) in zip(procedure, fields.mappings("procedure")) {
            let number = Int(step.label) ?? Int.max
            if number < last || number > last + 1 {
                let expected = last == 0 ? "1" : "\(last) or \(last + 1)"
                refuse(.stepOrder, row.required("step"), "Step \(step.label) cannot come here; expected \(expected)")
            }
            last = number
        }
    }

    /// Every step is judged by a criterion of kind P or N, or says why not.
    mutating func checkCoverage(of procedure: [Step], by checks: [Check]) {
        if messages.contains(where: { $0.rule == .stepOrder }) { return }
        for (label, steps) in Dictionary(grouping: procedure, by: \.label) {
            let judge = checks.first { $0.step == label && [.criterion, .negative].contains($0.kind) }
            let excuse = steps.first { $0.uncheckedBecause != nil }
            if let judge, let excuse {
                let text = "Step \(label) says that it has no criterion, but \(judge.id) belongs to it"
                messages.append(LintMessage(.stepWithoutCriterion, at: excuse.position, text))
            } else if judge == nil, excuse == nil, let first = steps.first {
                let text = "Step \(label) has no criterion of kind P or N; say why under “no-criterion”"
                messages.append(LintMessage(.stepWithoutCriterion, at: first.position, text))
            }
        }
    }

    private func mutation(_ row: Fields) -> Mutation {
        let change: Mutation.Change =
            switch row.choice {
            case "set":
                .set(field: row.fields("set").text("field"), value: row.fields("set").required("value").verbatim)
            case "omit": .omit(field: row.text("omit"))
            case "repeat": .repeat(Int(row.text("repeat")) ?? 1)
            case "raw": .raw(row.required("raw").verbatim)
            case let other: preconditionFailure("“\(other)” is no change")
            }
        return Mutation(message: row.text("message"), change: change, position: row.node.position)
    }
}
