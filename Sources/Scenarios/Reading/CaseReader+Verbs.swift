import Conformance

extension CaseReader {
    /// What a row says that its client does.
    mutating func action(_ row: Fields, by client: PartyName) -> Action {
        let verb = row.choice
        if verb == "nothing" { return .nothing(row.text(verb)) }
        let said = row.fields(verb)
        return switch verb {
        case "log-in": .logIn(settings(said))
        case "log-out": .logOut
        case "change-settings": .changeSettings(settings(said))
        case "create": .create(group: group(said, "group"))
        case "purge": .purge(store(said))
        case "invite": invitation(said, by: client)
        case "join": joining(said, by: client)
        case "rejoin": .rejoin(session: session(said, of: client))
        case "extend": conferenceExtension(said, by: client)
        case "accept": .accept(session: pendingSession(said, of: client))
        case "decline": .decline(session: pendingSession(said, of: client))
        case "send": sending(said, by: client)
        case "attempt": .attempt(text: said.required("text").verbatim, session: session(said, of: client))
        case "add": addition(said, by: client)
        case "expel":
            .expel(participant(said.required("client"), said, by: client), session: session(said, of: client))
        case "leave": .leave(session: session(said, of: client))
        case "page": .page(text: said.required("text").verbatim, to: audience(said, of: client))
        case "send-large": .sendLarge(content(said.required("content")), to: audience(said, of: client))
        case "announcement": .announce(text: said.required("text").verbatim)
        case "offer-files": .offer(contents(said), session: session(said, of: client))
        case "send-files": transfer(said, by: client)
        case "accept-files": .take(session: session(said, of: client))
        case "refuse-files": .refuse(session: session(said, of: client))
        case "request-files": .request(contents(said), session: session(said, of: client))
        case "list": .list(store(said))
        case "retrieve": .retrieve(store(said), selection(said))
        case "delete": .delete(store(said), selection(said))
        case "start-recording": .record(session: session(said, of: client), name: said.text("name"))
        case "stop-recording": .stopRecording(session: session(said, of: client))
        case "receive": receiving(said, row)
        case "compose":
            .compose(
                ComposedRequest(
                    method: said.text("method"), target: party(said, "client"),
                    contentType: said.optional("content-type")?.text, body: said.optional("body")?.verbatim))
        case "await":
            .await(
                MessageSelector(
                    at: client, direction: .received, start: start(said.required("received")),
                    carrying: said.optional("carrying")?.verbatim))
        case let other: preconditionFailure("“\(other)” is no verb")
        }
    }

    private func settings(_ said: Fields) -> Settings {
        let open = Settings.open
        return Settings(
            barsSessions: said.flag("bars-sessions", default: open.barsSessions),
            barsPagers: said.flag("bars-pagers", default: open.barsPagers),
            wantsOfflineDelivery: said.flag("offline-delivery", default: open.wantsOfflineDelivery),
            isVisible: said.flag("visible", default: open.isVisible),
            recordsSessions: said.flag("records-sessions", default: open.recordsSessions),
            recordsPagers: said.flag("records-pagers", default: open.recordsPagers))
    }

    private mutating func sending(_ said: Fields, by client: PartyName) -> Action {
        let text = said.required("text").verbatim
        let name = session(said, of: client)
        let receivers = said.list("privately").map { participant($0, said, by: client) }
        return receivers.isEmpty
            ? .send(text: text, session: name) : .whisper(text: text, session: name, to: receivers)
    }

    private mutating func receiving(_ said: Fields, _ row: Fields) -> Action {
        let (texts, names) = (said.list("texts"), said.list("contents"))
        if texts.isEmpty, names.isEmpty {
            refuse(.badValue, row.required("receive"), "Nothing is to be received; name “texts” or “contents”")
        }
        return .receive(texts: texts.map(\.verbatim), contents: names.map { content($0) })
    }

    func store(_ said: Fields) -> MessageStore {
        guard let store = MessageStore(rawValue: said.text("store")) else {
            preconditionFailure("The words of “store” are those of MessageStore")
        }
        return store
    }

    private func selection(_ said: Fields) -> Selection {
        let places = said.texts("places").compactMap { Int($0) }
        return places.isEmpty ? .all : .places(places)
    }

    mutating func contents(_ said: Fields) -> [MediaContent] {
        said.list("contents").map { content($0) }
    }

    /// The content of the equipment that a node names.
    mutating func content(_ node: YAMLNode) -> MediaContent {
        if let content = contents.first(where: { $0.name == node.text }) { return content }
        let hint = Suggestion.hint(for: node.text, among: contents.map(\.name))
        refuse(.unknownContent, node, "The equipment has no content “\(node.text)”\(hint)")
        return MediaContent(name: node.text, type: "text/plain", size: 1)
    }

    /// The name of a group of the equipment, under the key.
    mutating func group(_ said: Fields, _ key: String) -> String {
        let name = said.text(key)
        if !groups.contains(where: { $0.name == name }) {
            let hint = Suggestion.hint(for: name, among: groups.map(\.name))
            refuse(.unknownGroup, said.required(key), "The equipment has no group “\(name)”\(hint)")
        }
        return name
    }
}
