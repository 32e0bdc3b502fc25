import Conformance

extension RunFile {
    static func json(of condition: Condition) -> JSONValue {
        switch condition {
        case .invited(let client, let inviter, let group, let times):
            .object(of: [
                "shows": "invited", "client": .string(client.description), "by": .string(inviter.description),
                "group": group.map { .string($0) }, "times": json(of: times),
            ])
        case .established(let inviter, let invited):
            .object(of: [
                "shows": "established", "inviter": .string(inviter.description),
                "invited": .string(invited.description),
            ])
        case .answered(let client): .object(of: ["shows": "answered", "by": .string(client.description)])
        case .received(let client, let content, let author, let mode, let times):
            .object(of: [
                "shows": "received", "client": .string(client.description), "content": json(of: content),
                "from": .string(author.client.description), "alias": author.alias.map { .string($0) },
                "mode": .string(mode.rawValue), "times": json(of: times),
            ])
        case .acknowledged(let client, let content, let mode, let times):
            .object(of: [
                "shows": "acknowledged", "client": .string(client.description), "content": json(of: content),
                "mode": .string(mode.rawValue), "times": times.map(json),
            ])
        case .message(let selector, let times, let must, let should):
            .object(of: [
                "shows": "message", "message": json(of: selector), "times": times.map(json),
                "must": .array(must.map(json)), "should": .array(should.map(json)),
            ])
        case .order(let first, let second, let precedence):
            .object(of: [
                "shows": "order", "first": json(of: first), "second": json(of: second),
                "ofFirst": .string(precedence.rawValue),
            ])
        case .participants, .participant, .distinctAliases, .aliasCollision, .hidden:
            conferenceJSON(of: condition)
        case .listed, .removed, .retrieved: storeJSON(of: condition)
        }
    }

    static func condition(_ reader: JSONReader) throws(RunFileError) -> Condition {
        let word = try reader.member("shows")
        switch try word.string() {
        case "invited":
            return .invited(
                client: try name(reader, "client"), by: try name(reader, "by"),
                group: try reader.optionalString("group"), times: try count(reader.member("times")))
        case "established":
            return .established(inviter: try name(reader, "inviter"), invited: try name(reader, "invited"))
        case "answered": return .answered(by: try name(reader, "by"))
        case "received":
            return .received(
                client: try name(reader, "client"), content: try carried(reader.member("content")),
                from: Condition.Author(try name(reader, "from"), alias: try reader.optionalString("alias")),
                mode: try reader.member("mode").choice(), times: try count(reader.member("times")))
        case "acknowledged":
            return .acknowledged(
                client: try name(reader, "client"), content: try carried(reader.member("content")),
                mode: try reader.member("mode").choice(), times: try optionalCount(reader))
        case "message":
            return .message(
                try selector(reader.member("message")), times: try optionalCount(reader),
                must: try reader.list("must", rule), should: try reader.list("should", rule))
        case "order":
            return .order(
                first: try selector(reader.member("first")), second: try selector(reader.member("second")),
                precedence: try reader.member("ofFirst").choice())
        case "participants", "participant", "distinct aliases", "alias collision", "hidden":
            return try conferenceCondition(reader)
        case "listed", "removed", "retrieved": return try storeCondition(reader)
        default: throw word.error("Not a condition")
        }
    }

    private static func json(of content: Condition.Content) -> JSONValue {
        switch content {
        case .text(let text): .object(of: ["text": .string(text)])
        case .media(let content): .object(of: ["media": json(of: content)])
        }
    }

    private static func carried(_ reader: JSONReader) throws(RunFileError) -> Condition.Content {
        if let text = try reader.optionalString("text") { return .text(text) }
        return .media(try content(reader.member("media")))
    }

    static func name(_ reader: JSONReader, _ member: String) throws(RunFileError) -> PartyName {
        PartyName(try reader.string(member))
    }

    /// A count is its two bounds; without the upper one there is no limit.
    static func json(of count: Count) -> JSONValue {
        let upper = count.range.upperBound
        return .object(of: [
            "atLeast": .integer(count.range.lowerBound), "atMost": upper == .max ? nil : .integer(upper),
        ])
    }

    static func count(_ reader: JSONReader) throws(RunFileError) -> Count {
        let low = try reader.member("atLeast").integer(Int.self)
        var high = Int.max
        if let upper = try reader.optional("atMost") { high = try upper.integer() }
        guard low <= high else { throw reader.error("The bounds are exchanged") }
        return Count(low...high)
    }

    static func optionalCount(_ reader: JSONReader) throws(RunFileError) -> Count? {
        guard let times = try reader.optional("times") else { return nil }
        return try count(times)
    }
}
