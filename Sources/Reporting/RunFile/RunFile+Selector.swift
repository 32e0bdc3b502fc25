import Conformance

extension RunFile {
    static func json(of selector: MessageSelector) -> JSONValue {
        let start: JSONValue =
            switch selector.start {
            case .request(let method): .object(of: ["request": .string(method)])
            case .response(let range, let method):
                .object(of: [
                    "response": .array([.integer(range.lowerBound), .integer(range.upperBound)]), "to": .string(method),
                ])
            }
        let after: JSONValue? =
            switch selector.beginning {
            case .start: nil
            case .after(let anchor): json(of: anchor)
            }
        return .object(of: [
            "at": .string(selector.at.description), "direction": .string(selector.direction.rawValue), "start": start,
            "carrying": selector.carrying.map { .string($0) },
            "where": selector.rules.isEmpty ? nil : .array(selector.rules.map(json)),
            "dialog": selector.dialog.map { .string($0.rawValue) }, "after": after,
        ])
    }

    static func selector(_ reader: JSONReader) throws(RunFileError) -> MessageSelector {
        let start = try reader.member("start")
        return MessageSelector(
            at: try name(reader, "at"), direction: try reader.member("direction").choice(),
            start: try start.optionalString("request").map { .request($0) }
                ?? .response(try range(start.member("response")), to: try start.string("to")),
            carrying: try reader.optionalString("carrying"),
            where: try reader.optional("where") == nil ? [] : try reader.list("where", rule),
            dialog: try dialogPlace(reader), beginning: try beginning(reader))
    }

    private static func dialogPlace(_ reader: JSONReader) throws(RunFileError) -> MessageSelector.DialogPlace? {
        guard let place = try reader.optional("dialog") else { return nil }
        return try place.choice()
    }

    private static func beginning(_ reader: JSONReader) throws(RunFileError) -> MessageSelector.Beginning {
        guard let anchor = try reader.optional("after") else { return .start }
        return .after(try selector(anchor))
    }

    private static func range(_ reader: JSONReader) throws(RunFileError) -> ClosedRange<Int> {
        let bounds = try reader.elements()
        guard bounds.count == 2 else { throw reader.error("Two status codes expected") }
        let (low, high): (Int, Int) = (try bounds[0].integer(), try bounds[1].integer())
        guard low <= high else { throw reader.error("The bounds are exchanged") }
        return low...high
    }

    static func json(of rule: FieldRule) -> JSONValue {
        let (word, value): (JSONValue, JSONValue?) =
            switch rule.matcher {
            case .present: ("present", nil)
            case .absent: ("absent", nil)
            case .equals(let text): ("equals", .string(text))
            case .differs(let text): ("differs", .string(text))
            case .contains(let text): ("contains", .string(text))
            case .oneOf(let texts): ("one of", .strings(texts))
            case .names(let client): ("names", .string(client.description))
            case .namesGroup(let group): ("names group", .string(group))
            case .same(let field, let selector): ("same", relation(field, selector))
            case .other(let field, let selector): ("other", relation(field, selector))
            }
        return .object(of: [
            "field": .string(rule.field), "is": word, "value": value, "position": json(of: rule.position),
        ])
    }

    static func rule(_ reader: JSONReader) throws(RunFileError) -> FieldRule {
        FieldRule(
            field: try reader.string("field"), matcher: try matcher(reader),
            position: try position(reader.member("position")))
    }

    private static func relation(_ field: String, _ selector: MessageSelector) -> JSONValue {
        .object(of: ["field": .string(field), "of": json(of: selector)])
    }

    private static func matcher(_ reader: JSONReader) throws(RunFileError) -> FieldRule.Matcher {
        let word = try reader.member("is")
        switch try word.string() {
        case "present": return .present
        case "absent": return .absent
        case "equals": return .equals(try reader.string("value"))
        case "contains": return .contains(try reader.string("value"))
        case "differs": return .differs(try reader.string("value"))
        case "one of": return .oneOf(try reader.strings("value"))
        case "names": return .names(try name(reader, "value"))
        case "names group": return .namesGroup(try reader.string("value"))
        case "same":
            let value = try reader.member("value")
            return .same(field: try value.string("field"), of: try selector(value.member("of")))
        case "other":
            let value = try reader.member("value")
            return .other(field: try value.string("field"), of: try selector(value.member("of")))
        default: throw word.error("Not a matcher")
        }
    }
}
