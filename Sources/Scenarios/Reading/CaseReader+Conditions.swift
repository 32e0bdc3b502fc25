import Conformance

extension CaseReader {
    /// What a criterion asks.
    mutating func condition(_ row: Fields) -> Condition {
        let name = row.choice
        let said = row.fields(name)
        return switch name {
        case "invited": .invited(client: party(said, "client"), by: party(said, "by"), times: times(said))
        case "established": .established(inviter: party(said, "inviter"), invited: party(said, "invited"))
        case "answered": .answered(by: party(said, "by"))
        case "received":
            .received(
                client: party(said, "client"), text: said.required("text").verbatim, from: party(said, "from"),
                mode: mode(said), times: times(said))
        case "acknowledged":
            .acknowledged(client: party(said, "client"), text: said.required("text").verbatim, mode: mode(said))
        case "message":
            .message(selector(said), times: times(said), must: rules(said, "must"), should: rules(said, "should"))
        case "order": .order(first: selector(said.fields("first")), second: selector(said.fields("second")))
        case let other: preconditionFailure("“\(other)” is no condition")
        }
    }

    private mutating func selector(_ said: Fields) -> MessageSelector {
        guard let direction = MessageSelector.Direction(rawValue: said.choice) else {
            preconditionFailure("The directions are those of MessageSelector")
        }
        return MessageSelector(
            at: party(said, "at"), direction: direction, start: start(said.required(said.choice)),
            carrying: said.optional("carrying")?.verbatim)
    }

    /// The kind of message: `INVITE`, `200 to INVITE`, `2xx to INVITE`, `4xx-6xx to INVITE`.
    mutating func start(_ node: YAMLNode) -> MessageSelector.Start {
        let words = node.text.split(separator: " ")
        guard words.count == 3 else { return .request(node.text) }
        let ends = words[0].split(separator: "-").map { end in
            (low: Int(end.replacing("xx", with: "00")) ?? 0, high: Int(end.replacing("xx", with: "99")) ?? 0)
        }
        guard let low = ends.first?.low, let high = ends.last?.high, low <= high else {
            refuse(.badValue, node, "“\(words[0])” holds no status; the lower one comes first")
            return .request(String(words[2]))
        }
        return .response(low...high, to: String(words[2]))
    }

    private mutating func times(_ said: Fields) -> Count {
        let node = said.required("times")
        if let count = Count(node.text) { return count }
        refuse(.badValue, node, "“\(node.text)” holds no number; the smaller one comes first")
        return .once
    }

    private func mode(_ said: Fields) -> Condition.Mode {
        guard let mode = Condition.Mode(rawValue: said.text("mode")) else {
            preconditionFailure("The words of “mode” are those of Condition.Mode")
        }
        return mode
    }

    private mutating func rules(_ said: Fields, _ key: String) -> [FieldRule] {
        said.mappings(key).map { rule($0) }
    }

    private mutating func rule(_ row: Fields) -> FieldRule {
        let matcher: FieldRule.Matcher =
            switch row.choice {
            case "is": row.text("is") == "present" ? .present : .absent
            case "equals": .equals(row.text("equals"))
            case "contains": .contains(row.text("contains"))
            case "one-of": .oneOf(row.texts("one-of"))
            case let other: preconditionFailure("“\(other)” is no matcher")
            }
        return FieldRule(field: partName(row), matcher: matcher, position: row.node.position)
    }

    /// The name of the field; one with a point must be a part that is dissected.
    private mutating func partName(_ row: Fields) -> String {
        let name = row.text("field")
        let parts = DissectedPart.allCases.map(\.rawValue)
        if name.contains("."), !parts.contains(name) {
            let hint = Suggestion.hint(for: name, among: parts)
            refuse(.badValue, row.required("field"), "Messages have no part “\(name)”\(hint)")
        }
        return name
    }
}
