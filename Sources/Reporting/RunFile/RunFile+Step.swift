import Conformance

extension RunFile {
    static func json(of step: Step) -> JSONValue {
        .object(of: [
            "label": .string(step.label),
            "party": .string(step.party.description),
            "action": json(of: step.action),
            "mutations": .array(step.mutations.map(json)),
            "uncheckedBecause": step.uncheckedBecause.map { .string($0) },
            "position": json(of: step.position),
        ])
    }

    static func step(_ reader: JSONReader) throws(RunFileError) -> Step {
        Step(
            label: try reader.string("label"), party: PartyName(try reader.string("party")),
            action: try action(reader.member("action")), mutations: try reader.list("mutations", mutation),
            uncheckedBecause: try reader.optionalString("uncheckedBecause"),
            position: try position(reader.member("position")))
    }

    static func json(of settings: Settings) -> JSONValue {
        .object(of: [
            "barsSessions": .bool(settings.barsSessions),
            "barsPagers": .bool(settings.barsPagers),
            "wantsOfflineDelivery": .bool(settings.wantsOfflineDelivery),
            "isVisible": .bool(settings.isVisible),
            "recordsSessions": .bool(settings.recordsSessions),
            "recordsPagers": .bool(settings.recordsPagers),
        ])
    }

    static func settings(_ reader: JSONReader) throws(RunFileError) -> Settings {
        Settings(
            barsSessions: try reader.member("barsSessions").bool(), barsPagers: try reader.member("barsPagers").bool(),
            wantsOfflineDelivery: try reader.member("wantsOfflineDelivery").bool(),
            isVisible: try reader.member("isVisible").bool(),
            recordsSessions: try reader.member("recordsSessions").bool(),
            recordsPagers: try reader.member("recordsPagers").bool())
    }

    private static func json(of mutation: Mutation) -> JSONValue {
        let members: KeyValuePairs<String, JSONValue?> =
            switch mutation.change {
            case .set(let field, let value): ["change": "set", "field": .string(field), "value": .string(value)]
            case .omit(let field): ["change": "omit", "field": .string(field)]
            case .repeat(let count): ["change": "repeat", "count": .integer(count)]
            case .raw(let text): ["change": "raw", "text": .string(text)]
            }
        guard case .object(let change) = JSONValue.object(of: members) else { return .null }
        return .object(
            [JSONValue.Member("message", .string(mutation.message))] + change
                + [JSONValue.Member("position", json(of: mutation.position))])
    }

    private static func mutation(_ reader: JSONReader) throws(RunFileError) -> Mutation {
        Mutation(
            message: try reader.string("message"), change: try change(reader),
            position: try position(reader.member("position")))
    }

    private static func change(_ reader: JSONReader) throws(RunFileError) -> Mutation.Change {
        let word = try reader.member("change")
        switch try word.string() {
        case "set": return .set(field: try reader.string("field"), value: try reader.string("value"))
        case "omit": return .omit(field: try reader.string("field"))
        case "repeat": return .repeat(try reader.member("count").integer())
        case "raw": return .raw(try reader.string("text"))
        default: throw word.error("Not a change")
        }
    }
}
