import Conformance

extension CaseReader {
    /// What a criterion asks.
    mutating func condition(_ row: Fields) -> Condition {
        let name = row.choice
        let said = row.fields(name)
        return switch name {
        case "invited":
            .invited(
                client: party(said, "client"), by: party(said, "by"),
                group: said.optional("group") == nil ? nil : group(said, "group"), times: times(said))
        case "established": .established(inviter: party(said, "inviter"), invited: party(said, "invited"))
        case "answered": .answered(by: party(said, "by"))
        case "received":
            .received(
                client: party(said, "client"), content: content(said),
                from: Condition.Author(party(said, "from"), alias: said.optional("alias")?.text), mode: mode(said),
                times: times(said))
        case "acknowledged":
            .acknowledged(
                client: party(said, "client"), content: content(said), mode: mode(said),
                times: said.optional("times").map { count($0) })
        case "message":
            .message(selector(said), times: times(said), must: rules(said, "must"), should: rules(said, "should"))
        case "order":
            .order(
                first: selector(said.fields("first")), second: selector(said.fields("second")),
                precedence: word(said, "of-first") ?? .one)
        case "participants", "participant", "distinct-aliases", "alias-collision", "hidden":
            conferenceCondition(name, said)
        case "listed", "removed", "retrieved": storeCondition(name, said)
        case let other: preconditionFailure("“\(other)” is no condition")
        }
    }

    private mutating func conferenceCondition(_ name: String, _ said: Fields) -> Condition {
        switch name {
        case "participants":
            .participants(at: party(said, "at"), are: parties(said, "are"), after: anchor(said))
        case "participant":
            .participant(
                at: party(said, "at"), client: party(said, "client"), becomes: requiredWord(said, "becomes"),
                after: selector(said.fields("after")))
        case "distinct-aliases": .distinctAliases(at: party(said, "at"))
        case "alias-collision":
            .aliasCollision(
                holder: party(said, "holder"), joiner: party(said, "joiner"), alias: said.text("alias"),
                outcomes: said.texts("outcomes").compactMap(Condition.CollisionOutcome.init))
        case "hidden": .hidden(client: party(said, "client"), from: party(said, "from"))
        case let other: preconditionFailure("“\(other)” is no condition")
        }
    }

    private mutating func storeCondition(_ name: String, _ said: Fields) -> Condition {
        switch name {
        case "listed":
            .listed(
                client: party(said, "client"), store: store(said), which: occasion(said),
                items: count(said.required("items")),
                properties: Condition.ItemProperties(
                    from: said.optional("from") == nil ? nil : party(said, "from"),
                    to: said.optional("to") == nil ? nil : party(said, "to"), name: said.optional("name")?.text))
        case "removed":
            .removed(
                client: party(said, "client"), store: store(said),
                deletion: ordinal(said.required("deletion")), places: said.list("places").map { ordinal($0) })
        case "retrieved":
            .retrieved(
                client: party(said, "client"), store: store(said),
                retrieval: ordinal(said.required("retrieval")), texts: said.list("texts").map(\.verbatim))
        case let other: preconditionFailure("“\(other)” is no condition")
        }
    }

    /// Which of the lists that a client fetches is meant; one by its number is not one by its place as well.
    private mutating func occasion(_ said: Fields) -> Condition.Occasion {
        guard let number = said.optional("listing") else { return anchor(said).map { .after($0) } ?? .any }
        if let after = said.optional("after") {
            refuse(.oneOf, after, "The list is chosen by its number already; “after” is one too many")
        }
        return .number(ordinal(number))
    }

    private mutating func content(_ said: Fields) -> Condition.Content {
        said.choice == "text" ? .text(said.required("text").verbatim) : .media(content(said.required("content")))
    }

    private mutating func anchor(_ said: Fields) -> MessageSelector? {
        said.optional("after") == nil ? nil : selector(said.fields("after"))
    }

    private mutating func times(_ said: Fields) -> Count { count(said.required("times")) }

    private mutating func count(_ node: YAMLNode) -> Count {
        if let count = Count(node.text) { return count }
        refuse(.badValue, node, "“\(node.text)” holds no number; the smaller one comes first")
        return .once
    }

    private mutating func ordinal(_ node: YAMLNode) -> Int {
        if let number = Int(node.text), number < 10_000 { return number }
        refuse(.badValue, node, "“\(node.text)” is too large a number")
        return 1
    }

    private func mode(_ said: Fields) -> Condition.Mode { requiredWord(said, "mode") }

    private func word<Word: RawRepresentable<String>>(_ said: Fields, _ key: String) -> Word? {
        said.optional(key) == nil ? nil : requiredWord(said, key)
    }

    /// The value that the word under the key stands for.
    private func requiredWord<Word: RawRepresentable<String>>(_ said: Fields, _ key: String) -> Word {
        guard let word = Word(rawValue: said.text(key)) else {
            preconditionFailure("The words of “\(key)” are those of \(Word.self)")
        }
        return word
    }
}
