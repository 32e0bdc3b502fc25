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

    private static func json(of action: Action) -> JSONValue {
        switch action {
        case .logIn(let settings): .object(of: ["do": "log in", "settings": json(of: settings)])
        case .logOut: .object(of: ["do": "log out"])
        case .invite(let client, let session):
            .object(of: ["do": "invite", "client": .string(client.description), "session": .string(session)])
        case .accept(let session): .object(of: ["do": "accept", "session": .string(session)])
        case .decline(let session): .object(of: ["do": "decline", "session": .string(session)])
        case .send(let text, let session):
            .object(of: ["do": "send", "text": .string(text), "session": .string(session)])
        case .leave(let session): .object(of: ["do": "leave", "session": .string(session)])
        case .page(let text, let client):
            .object(of: ["do": "page", "text": .string(text), "client": .string(client.description)])
        case .compose(let request):
            .object(of: [
                "do": "compose", "method": .string(request.method), "client": .string(request.target.description),
                "contentType": request.contentType.map { .string($0) }, "body": request.body.map { .string($0) },
            ])
        case .await(let selector): .object(of: ["do": "await", "message": json(of: selector)])
        }
    }

    private static func action(_ reader: JSONReader) throws(RunFileError) -> Action {
        let word = try reader.member("do")
        switch try word.string() {
        case "log in": return .logIn(try settings(reader.member("settings")))
        case "log out": return .logOut
        case "invite":
            return .invite(PartyName(try reader.string("client")), session: try reader.string("session"))
        case "accept": return .accept(session: try reader.string("session"))
        case "decline": return .decline(session: try reader.string("session"))
        case "send": return .send(text: try reader.string("text"), session: try reader.string("session"))
        case "leave": return .leave(session: try reader.string("session"))
        case "page": return .page(text: try reader.string("text"), to: PartyName(try reader.string("client")))
        case "compose":
            return .compose(
                ComposedRequest(
                    method: try reader.string("method"), target: PartyName(try reader.string("client")),
                    contentType: try reader.optionalString("contentType"), body: try reader.optionalString("body")))
        case "await": return .await(try selector(reader.member("message")))
        default: throw word.error("Not an action")
        }
    }

    private static func json(of settings: Settings) -> JSONValue {
        .object(of: [
            "barsSessions": .bool(settings.barsSessions),
            "barsPagers": .bool(settings.barsPagers),
            "wantsOfflineDelivery": .bool(settings.wantsOfflineDelivery),
            "isVisible": .bool(settings.isVisible),
            "recordsSessions": .bool(settings.recordsSessions),
            "recordsPagers": .bool(settings.recordsPagers),
        ])
    }

    private static func settings(_ reader: JSONReader) throws(RunFileError) -> Settings {
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
