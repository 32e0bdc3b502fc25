extension Step {
    /// The step in words, such as `A sends “Hello B” in the session`.
    package var sentence: String { "\(party) \(action.words)" }
}

extension Action {
    /// What is done, in words that follow the name of the party.
    package var words: String {
        switch self {
        case .logIn: "logs in"
        case .logOut: "goes offline"
        case .changeSettings: "changes its settings"
        case .nothing(let what): what
        case .create(let group): "creates the group “\(group)”"
        case .purge(let store): "empties its store of \(store.words)"
        case .invite(.client(let client), _): "invites \(client) to a 1-to-1 session"
        case .invite(.list(let clients), _): "invites \(clients.inWords) to a conference"
        case .invite(.group(let group), _): "invites the group “\(group)” to a conference"
        case .join(let group, nil, _): "joins “\(group)”"
        case .join(let group, let alias?, _): "joins “\(group)” as “\(alias)”"
        case .rejoin: "rejoins the session"
        case .extend(_, let clients, _): "extends the session to a conference with \(clients.inWords)"
        case .accept: "accepts the invitation"
        case .decline: "declines the invitation"
        case .send(let text, _): "sends “\(text)” in the session"
        case .whisper(let text, _, let clients): "sends “\(text)” in the session to \(clients.inWords) alone"
        case .attempt(let text, _): "tries to send “\(text)” in the session"
        case .add(let clients, _): "adds \(clients.inWords) to the session"
        case .expel(let client, _): "expels \(client) from the session"
        case .leave: "leaves the session"
        case .page(let text, let audience): "pages “\(text)” to \(audience.words)"
        case .sendLarge(let content, let audience): "sends the large message \(content.name) to \(audience.words)"
        case .announce(let text): "is sent the system message “\(text)”"
        case .offer(let files, _): "offers \(files.map(\.name).inWords) in the session"
        case .transfer(let files, let audience, _): "offers \(files.map(\.name).inWords) to \(audience.words)"
        case .take: "accepts what is offered"
        case .refuse: "does not accept what is offered"
        case .request(let files, _): "requests \(files.map(\.name).inWords)"
        case .list(let store): "reads the list of its \(store.words)"
        case .retrieve(let store, let selection): "retrieves \(selection.words(of: store))"
        case .delete(let store, let selection): "deletes \(selection.words(of: store))"
        case .record(_, let name): "starts to record the conversation as “\(name)”"
        case .stopRecording: "stops recording"
        case .receive(let texts, let contents):
            "receives \((texts.map { "“\($0)”" } + contents.map(\.name)).inWords)"
        case .compose(let request): "composes \(request.method) to \(request.target)"
        case .await(let selector): "waits for \(selector.words)"
        }
    }
}

extension Audience {
    /// Who is meant, in words.
    package var words: String {
        switch self {
        case .client(let client): "\(client)"
        case .list(let clients): clients.inWords
        case .group(let group): "the group “\(group)”"
        }
    }
}

extension MessageStore {
    /// What is stored, in the plural.
    package var words: String {
        switch self {
        case .deferred: "deferred messages"
        case .history: "recorded conversations"
        }
    }
}

extension Selection {
    fileprivate func words(of store: MessageStore) -> String {
        switch self {
        case .all: "all \(store.words)"
        case .places(let places): "\(store.words) number \(places.inWords)"
        }
    }
}

extension Collection where Element: CustomStringConvertible {
    /// `A`, `A and B`, `A, B and C`.
    var inWords: String {
        let words = map(\.description)
        guard words.count > 1 else { return words.first ?? "nobody" }
        return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
    }
}
