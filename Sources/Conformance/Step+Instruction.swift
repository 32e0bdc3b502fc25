extension Step {
    /// The step as it is told to whoever works the client: `On A: send “Hello B” in the session with B`.
    ///
    /// - Parameters:
    ///   - cast: The addresses of the parties and groups.
    ///   - peers: Who else is in a session, by its name in the scenario.
    /// - Returns: One sentence.
    package func instruction(in cast: Cast, peers: @escaping (_ session: String) -> [PartyName]) -> String {
        "On \(party): \(action.instruction(Interlocutors(cast: cast, peers: peers)))."
    }
}

/// How parties, groups and sessions are called before somebody who works a client.
private struct Interlocutors {
    let cast: Cast
    let peers: (String) -> [PartyName]

    func address(of party: PartyName) -> String {
        "\(party)" + (cast[party]?.imAddress.map { " (\($0))" } ?? "")
    }

    func addresses(of parties: [PartyName]) -> String { parties.map(address).inWords }

    func group(_ name: String) -> String { "“\(name)”" + (cast.groups[name].map { " (\($0))" } ?? "") }

    func audience(_ audience: Audience) -> String {
        switch audience {
        case .client(let client): address(of: client)
        case .list(let clients): addresses(of: clients) + " together"
        case .group(let name): "the group \(group(name))"
        }
    }

    func session(_ name: String) -> String {
        let peers = peers(name)
        return peers.isEmpty ? "the session" : "the session with \(peers.inWords)"
    }
}

extension Action {
    /// What is to be done, in words that follow “On A:”.
    fileprivate func instruction(_ others: Interlocutors) -> String {
        switch self {
        case .logIn(let settings): "log in to the IM service" + settings.instruction
        case .logOut: "go offline (log out of the IM service)"
        case .changeSettings(let settings): "change the settings of the IM service" + settings.instruction
        case .nothing(let what): "check that it \(what)"
        case .create(let group): "create the group \(others.group(group))"
        case .purge(let store): "delete all \(store.words)"
        case .invite(.client(let client), _): "invite \(others.address(of: client)) to a 1-to-1 chat session"
        case .invite(let audience, _): "invite \(others.audience(audience)) to a group chat session"
        case .join(let group, nil, _): "join the chat of \(others.group(group)) under your own name"
        case .join(let group, let alias?, _): "join the chat of \(others.group(group)) with the alias “\(alias)”"
        case .rejoin: "join the session again that you have left"
        case .extend(let session, let clients, _):
            "add \(others.addresses(of: clients)) to \(others.session(session)), which makes it a group chat"
        case .accept: "accept the invitation"
        case .decline: "decline the invitation"
        case .send(let text, let session): "send “\(text)” in \(others.session(session))"
        case .whisper(let text, let session, let clients):
            "send “\(text)” in \(others.session(session)) as a private message to \(others.addresses(of: clients)) alone"
        case .attempt(let text, let session): "try to send “\(text)” in \(others.session(session))"
        case .add(let clients, let session): "add \(others.addresses(of: clients)) to \(others.session(session))"
        case .expel(let client, let session): "remove \(others.address(of: client)) from \(others.session(session))"
        case .leave(let session): "leave \(others.session(session))"
        case .page(let text, let audience):
            "send the single message “\(text)” (pager mode, without a session) to \(others.audience(audience))"
        case .sendLarge(let content, let audience):
            "send \(content.name) as a large message to \(others.audience(audience))"
        case .announce(let text): "wait for the system message “\(text)”"
        case .offer(let files, let session): "send \(files.map(\.name).inWords) in \(others.session(session))"
        case .transfer(let files, let audience, _): "send \(files.map(\.name).inWords) to \(others.audience(audience))"
        case .take: "accept the files that are offered"
        case .refuse: "refuse the files that are offered"
        case .request(let files, _): "ask for \(files.map(\.name).inWords), which was offered before"
        case .list(let store): "show the list of your \(store.words)"
        case .retrieve(let store, .all): "fetch all of your \(store.words)"
        case .retrieve(let store, .places(let places)): "fetch number \(places.inWords) of your \(store.words)"
        case .delete(let store, .all): "delete all of your \(store.words) on the server"
        case .delete(let store, .places(let places)):
            "delete number \(places.inWords) of your \(store.words) on the server"
        case .record(let session, let name): "record the conversation of \(others.session(session)) as “\(name)”"
        case .stopRecording: "stop recording the conversation"
        case .receive(let texts, let contents):
            "wait until \((texts.map { "“\($0)”" } + contents.map(\.name)).inWords) arrives"
        case .compose(let request): "send \(request.method.withArticle) to \(others.address(of: request.target))"
        case .await(let selector): "wait for \(selector.words)"
        }
    }
}

extension Settings {
    /// What is to be set where it is not as usual.
    fileprivate var instruction: String {
        let unusual = [
            barsSessions ? "refuse incoming sessions" : nil, barsPagers ? "refuse incoming single messages" : nil,
            wantsOfflineDelivery ? "have deferred messages delivered at log-in" : nil,
            isVisible ? nil : "appear offline", recordsSessions ? "record sessions" : nil,
            recordsPagers ? "record single messages" : nil,
        ].compactMap(\.self)
        return unusual.isEmpty ? "" : ", and have it \(unusual.inWords)"
    }
}
