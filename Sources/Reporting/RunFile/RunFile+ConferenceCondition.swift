import Conformance

// The conditions about conferences and stores.
extension RunFile {
    static func conferenceJSON(of condition: Condition) -> JSONValue {
        switch condition {
        case .participants(let client, let participants, let anchor):
            .object(of: [
                "shows": "participants", "at": .string(client.description),
                "are": .strings(participants.map(\.description)), "after": anchor.map(json),
            ])
        case .participant(let client, let other, let status, let anchor):
            .object(of: [
                "shows": "participant", "at": .string(client.description), "client": .string(other.description),
                "becomes": .string(status.rawValue), "after": json(of: anchor),
            ])
        case .distinctAliases(let client):
            .object(of: ["shows": "distinct aliases", "at": .string(client.description)])
        case .aliasCollision(let holder, let joiner, let alias, let outcomes):
            .object(of: [
                "shows": "alias collision", "holder": .string(holder.description),
                "joiner": .string(joiner.description), "alias": .string(alias),
                "outcomes": .strings(outcomes.map(\.rawValue)),
            ])
        case .hidden(let client, let other):
            .object(of: [
                "shows": "hidden", "client": .string(client.description), "from": .string(other.description),
            ])
        case .invited, .established, .answered, .received, .acknowledged, .message, .order, .listed, .removed,
            .retrieved:
            preconditionFailure("A condition about a conference")
        }
    }

    static func conferenceCondition(_ reader: JSONReader) throws(RunFileError) -> Condition {
        let word = try reader.member("shows")
        switch try word.string() {
        case "participants":
            return .participants(
                at: try name(reader, "at"), are: try reader.strings("are").map(PartyName.init),
                after: try optionalSelector(reader))
        case "participant":
            return .participant(
                at: try name(reader, "at"), client: try name(reader, "client"),
                becomes: try reader.member("becomes").choice(), after: try selector(reader.member("after")))
        case "distinct aliases": return .distinctAliases(at: try name(reader, "at"))
        case "alias collision":
            return .aliasCollision(
                holder: try name(reader, "holder"), joiner: try name(reader, "joiner"),
                alias: try reader.string("alias"), outcomes: try reader.list("outcomes", outcome))
        case "hidden": return .hidden(client: try name(reader, "client"), from: try name(reader, "from"))
        default: throw word.error("Not a condition")
        }
    }

    static func storeJSON(of condition: Condition) -> JSONValue {
        switch condition {
        case .listed(let client, let store, let which, let items, let properties):
            .object(of: [
                "shows": "listed", "client": .string(client.description), "store": .string(store.rawValue),
                "listing": number(of: which), "after": anchor(of: which).map(json), "items": json(of: items),
                "from": properties.from.map { .string($0.description) },
                "to": properties.to.map { .string($0.description) }, "name": properties.name.map { .string($0) },
            ])
        case .removed(let client, let store, let deletion, let places):
            .object(of: [
                "shows": "removed", "client": .string(client.description), "store": .string(store.rawValue),
                "deletion": .integer(deletion), "places": .array(places.map { .integer($0) }),
            ])
        case .retrieved(let client, let store, let retrieval, let texts):
            .object(of: [
                "shows": "retrieved", "client": .string(client.description), "store": .string(store.rawValue),
                "retrieval": .integer(retrieval), "texts": .strings(texts),
            ])
        case .invited, .established, .answered, .received, .acknowledged, .message, .order, .participants, .participant,
            .distinctAliases, .aliasCollision, .hidden:
            preconditionFailure("A condition about a store")
        }
    }

    static func storeCondition(_ reader: JSONReader) throws(RunFileError) -> Condition {
        let word = try reader.member("shows")
        let (client, store): (PartyName, MessageStore) = (
            try name(reader, "client"), try reader.member("store").choice()
        )
        switch try word.string() {
        case "listed":
            return .listed(
                client: client, store: store, which: try occasion(reader), items: try count(reader.member("items")),
                properties: Condition.ItemProperties(
                    from: try reader.optionalString("from").map(PartyName.init),
                    to: try reader.optionalString("to").map(PartyName.init), name: try reader.optionalString("name")))
        case "removed":
            return .removed(
                client: client, store: store, deletion: try reader.member("deletion").integer(),
                places: try reader.list("places", place))
        case "retrieved":
            return .retrieved(
                client: client, store: store, retrieval: try reader.member("retrieval").integer(),
                texts: try reader.strings("texts"))
        default: throw word.error("Not a condition")
        }
    }

    private static func number(of occasion: Condition.Occasion) -> JSONValue? {
        if case .number(let number) = occasion { .integer(number) } else { nil }
    }

    private static func anchor(of occasion: Condition.Occasion) -> MessageSelector? {
        if case .after(let anchor) = occasion { anchor } else { nil }
    }

    private static func occasion(_ reader: JSONReader) throws(RunFileError) -> Condition.Occasion {
        if let number = try reader.optional("listing") { return .number(try number.integer()) }
        return try optionalSelector(reader).map { .after($0) } ?? .any
    }

    private static func optionalSelector(_ reader: JSONReader) throws(RunFileError) -> MessageSelector? {
        guard let anchor = try reader.optional("after") else { return nil }
        return try selector(anchor)
    }

    private static func outcome(_ reader: JSONReader) throws(RunFileError) -> Condition.CollisionOutcome {
        try reader.choice()
    }

    private static func place(_ reader: JSONReader) throws(RunFileError) -> Int { try reader.integer() }
}
