import Conformance

extension CaseReader {
    /// The messages that a selector or an anchor means.
    mutating func selector(_ said: Fields) -> MessageSelector {
        guard let direction = MessageSelector.Direction(rawValue: said.choice) else {
            preconditionFailure("The directions are those of MessageSelector")
        }
        let dialog = said.optional("dialog").map { node in
            guard let place = MessageSelector.DialogPlace(rawValue: node.text) else {
                preconditionFailure("The words of “dialog” are those of MessageSelector.DialogPlace")
            }
            return place
        }
        let beginning: MessageSelector.Beginning =
            said.has("after") && said.optional("after") != nil ? .after(selector(said.fields("after"))) : .start
        return MessageSelector(
            at: party(said, "at"), direction: direction, start: start(said.required(said.choice)),
            carrying: said.optional("carrying")?.verbatim, where: rules(said, "where"), dialog: dialog,
            beginning: beginning)
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

    mutating func rules(_ said: Fields, _ key: String) -> [FieldRule] {
        said.mappings(key).map { rule($0) }
    }

    private mutating func rule(_ row: Fields) -> FieldRule {
        let matcher: FieldRule.Matcher =
            switch row.choice {
            case "is": row.text("is") == "present" ? .present : .absent
            case "equals": .equals(row.text("equals"))
            case "not-equals": .differs(row.text("not-equals"))
            case "contains": .contains(row.text("contains"))
            case "one-of": .oneOf(row.texts("one-of"))
            case "names": .names(party(row, "names"))
            case "names-group": .namesGroup(group(row, "names-group"))
            case "same-as": relation(row.fields("same-as"), FieldRule.Matcher.same)
            case "other-than": relation(row.fields("other-than"), FieldRule.Matcher.other)
            case let other: preconditionFailure("“\(other)” is no matcher")
            }
        return FieldRule(field: partName(row), matcher: matcher, position: row.node.position)
    }

    private mutating func relation(
        _ said: Fields, _ matcher: (String, MessageSelector) -> FieldRule.Matcher
    ) -> FieldRule.Matcher {
        matcher(partName(said), selector(said.fields("of")))
    }

    /// The name of the field; one with a point must be a part that is dissected, or begin with a wrapper.
    private mutating func partName(_ row: Fields) -> String {
        let name = row.text("field")
        let parts = DissectedPart.allCases.map(\.rawValue)
        if name.contains("."), !parts.contains(name), FieldWrapper.split(name) == nil {
            let hint = Suggestion.hint(for: name, among: parts)
            refuse(.badValue, row.required("field"), "Messages have no part “\(name)”\(hint)")
        }
        return name
    }
}
