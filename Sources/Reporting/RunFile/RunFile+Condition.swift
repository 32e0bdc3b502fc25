import Conformance

extension RunFile {
    static func json(of condition: Condition) -> JSONValue {
        switch condition {
        case .invited(let client, let inviter, let times):
            .object(of: [
                "shows": "invited", "client": .string(client.description), "by": .string(inviter.description),
                "times": json(of: times),
            ])
        case .established(let inviter, let invited):
            .object(of: [
                "shows": "established", "inviter": .string(inviter.description),
                "invited": .string(invited.description),
            ])
        case .answered(let client): .object(of: ["shows": "answered", "by": .string(client.description)])
        case .received(let client, let text, let sender, let mode, let times):
            .object(of: [
                "shows": "received", "client": .string(client.description), "text": .string(text),
                "from": .string(sender.description), "mode": .string(mode.rawValue), "times": json(of: times),
            ])
        case .acknowledged(let client, let text, let mode):
            .object(of: [
                "shows": "acknowledged", "client": .string(client.description), "text": .string(text),
                "mode": .string(mode.rawValue),
            ])
        case .message(let selector, let times, let must, let should):
            .object(of: [
                "shows": "message", "message": json(of: selector), "times": times.map(json),
                "must": .array(must.map(json)), "should": .array(should.map(json)),
            ])
        case .order(let first, let second):
            .object(of: ["shows": "order", "first": json(of: first), "second": json(of: second)])
        }
    }

    static func condition(_ reader: JSONReader) throws(RunFileError) -> Condition {
        let word = try reader.member("shows")
        switch try word.string() {
        case "invited":
            return .invited(
                client: try name(reader, "client"), by: try name(reader, "by"),
                times: try count(reader.member("times")))
        case "established":
            return .established(inviter: try name(reader, "inviter"), invited: try name(reader, "invited"))
        case "answered": return .answered(by: try name(reader, "by"))
        case "received":
            return .received(
                client: try name(reader, "client"), text: try reader.string("text"), from: try name(reader, "from"),
                mode: try reader.member("mode").choice(), times: try count(reader.member("times")))
        case "acknowledged":
            return .acknowledged(
                client: try name(reader, "client"), text: try reader.string("text"),
                mode: try reader.member("mode").choice())
        case "message":
            return .message(
                try selector(reader.member("message")), times: try optionalCount(reader),
                must: try reader.list("must", rule), should: try reader.list("should", rule))
        case "order":
            return .order(first: try selector(reader.member("first")), second: try selector(reader.member("second")))
        default: throw word.error("Not a condition")
        }
    }

    static func json(of selector: MessageSelector) -> JSONValue {
        let start: JSONValue =
            switch selector.start {
            case .request(let method): .object(of: ["request": .string(method)])
            case .response(let range, let method):
                .object(of: [
                    "response": .array([.integer(range.lowerBound), .integer(range.upperBound)]), "to": .string(method),
                ])
            }
        return .object(of: [
            "at": .string(selector.at.description), "direction": .string(selector.direction.rawValue), "start": start,
            "carrying": selector.carrying.map { .string($0) },
        ])
    }

    static func selector(_ reader: JSONReader) throws(RunFileError) -> MessageSelector {
        let start = try reader.member("start")
        return MessageSelector(
            at: try name(reader, "at"), direction: try reader.member("direction").choice(),
            start: try start.optionalString("request").map { .request($0) }
                ?? .response(try range(start.member("response")), to: try start.string("to")),
            carrying: try reader.optionalString("carrying"))
    }

    private static func name(_ reader: JSONReader, _ member: String) throws(RunFileError) -> PartyName {
        PartyName(try reader.string(member))
    }

    /// A count is its two bounds; without the upper one there is no limit.
    private static func json(of count: Count) -> JSONValue {
        let upper = count.range.upperBound
        return .object(of: [
            "atLeast": .integer(count.range.lowerBound), "atMost": upper == .max ? nil : .integer(upper),
        ])
    }

    private static func count(_ reader: JSONReader) throws(RunFileError) -> Count {
        let low = try reader.member("atLeast").integer(Int.self)
        var high = Int.max
        if let upper = try reader.optional("atMost") { high = try upper.integer() }
        guard low <= high else { throw reader.error("The bounds are exchanged") }
        return Count(low...high)
    }

    private static func optionalCount(_ reader: JSONReader) throws(RunFileError) -> Count? {
        guard let times = try reader.optional("times") else { return nil }
        return try count(times)
    }

    private static func range(_ reader: JSONReader) throws(RunFileError) -> ClosedRange<Int> {
        let bounds = try reader.elements()
        guard bounds.count == 2 else { throw reader.error("Two status codes expected") }
        let (low, high): (Int, Int) = (try bounds[0].integer(), try bounds[1].integer())
        guard low <= high else { throw reader.error("The bounds are exchanged") }
        return low...high
    }

    private static func json(of rule: FieldRule) -> JSONValue {
        let (word, value): (JSONValue, JSONValue?) =
            switch rule.matcher {
            case .present: ("present", nil)
            case .absent: ("absent", nil)
            case .equals(let text): ("equals", .string(text))
            case .contains(let text): ("contains", .string(text))
            case .oneOf(let texts): ("one of", .strings(texts))
            }
        return .object(of: [
            "field": .string(rule.field), "is": word, "value": value, "position": json(of: rule.position),
        ])
    }

    private static func rule(_ reader: JSONReader) throws(RunFileError) -> FieldRule {
        FieldRule(
            field: try reader.string("field"), matcher: try matcher(reader),
            position: try position(reader.member("position")))
    }

    private static func matcher(_ reader: JSONReader) throws(RunFileError) -> FieldRule.Matcher {
        let word = try reader.member("is")
        switch try word.string() {
        case "present": return .present
        case "absent": return .absent
        case "equals": return .equals(try reader.string("value"))
        case "contains": return .contains(try reader.string("value"))
        case "one of": return .oneOf(try reader.strings("value"))
        default: throw word.error("Not a matcher")
        }
    }
}
