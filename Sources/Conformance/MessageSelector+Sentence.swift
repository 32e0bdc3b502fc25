extension MessageSelector {
    /// The messages that are meant, in words, such as `MESSAGE request received by B`.
    package var words: String {
        let what =
            switch start {
            case .request(let method): "\(method) request"
            case .response(let range, let method) where range.count == 1:
                "\(range.lowerBound) response to \(method)"
            case .response(let range, let method):
                "\(range.lowerBound)–\(range.upperBound) response to \(method)"
            }
        let place: String? =
            switch dialog {
            case .initial: "outside a dialog"
            case .within: "within a dialog"
            case nil: nil
            }
        let whose = direction == .sent ? "sent by \(at)" : "received by \(at)"
        let which = rules.map { "whose \($0.field) \($0.matcher.statement)" }.joined(separator: " and ")
        let since: String? =
            switch beginning {
            case .start: nil
            case .after(let anchor): "after the first \(anchor.words)"
            }
        return [what, place, whose, carrying.map { "carrying “\($0)”" }, which.isEmpty ? nil : which, since]
            .compactMap(\.self).joined(separator: " ")
    }

    /// Whether messages of MSRP are meant.
    package var isMSRP: Bool { ["SEND", "REPORT"].contains(method) }

    /// Whether messages of HTTP are meant.
    package var isHTTP: Bool { ["GET", "PUT", "DELETE", "HEAD", "POST"].contains(method) }

    /// The method of the requests that are meant, or of those to which responses are meant.
    package var method: String {
        switch start {
        case .request(let method), .response(_, let method): method
        }
    }
}

extension FieldRule.Matcher {
    /// The condition in words that follow “must”.
    package var words: String {
        switch self {
        case .present: "be present"
        case .absent: "be absent"
        case .equals(let text): "be “\(text)”"
        case .differs(let text): "be other than “\(text)”"
        case .contains(let text): "contain “\(text)”"
        case .oneOf(let texts): "be one of \(texts.map { "“\($0)”" }.joined(separator: ", "))"
        case .names(let client): "name \(client)"
        case .namesGroup(let group): "name the group “\(group)”"
        case .same(let field, let selector): "be as \(field) of the \(selector.words)"
        case .other(let field, let selector): "be other than \(field) of the \(selector.words)"
        }
    }

    /// The condition in words that follow the name of the field.
    package var statement: String {
        switch self {
        case .present: "is present"
        case .absent: "is absent"
        case .equals(let text): "is “\(text)”"
        case .differs(let text): "is other than “\(text)”"
        case .contains(let text): "contains “\(text)”"
        case .oneOf(let texts): "is one of \(texts.map { "“\($0)”" }.joined(separator: ", "))"
        case .names(let client): "names \(client)"
        case .namesGroup(let group): "names the group “\(group)”"
        case .same(let field, let selector): "is as \(field) of the \(selector.words)"
        case .other(let field, let selector): "is other than \(field) of the \(selector.words)"
        }
    }
}
