import Conformance

extension RunFile {
    static func json(of action: Action) -> JSONValue {
        switch action {
        case .logIn(let settings): .object(of: ["do": "log in", "settings": json(of: settings)])
        case .logOut: .object(of: ["do": "log out"])
        case .changeSettings(let settings): .object(of: ["do": "change settings", "settings": json(of: settings)])
        case .nothing(let what): .object(of: ["do": "nothing", "what": .string(what)])
        case .create(let group): .object(of: ["do": "create", "group": .string(group)])
        case .purge(let store): .object(of: ["do": "purge", "store": .string(store.rawValue)])
        case .invite(let audience, let session):
            .object(of: ["do": "invite", "audience": json(of: audience), "session": .string(session)])
        case .join(let group, let alias, let session):
            .object(of: [
                "do": "join", "group": .string(group), "alias": alias.map { .string($0) }, "session": .string(session),
            ])
        case .rejoin(let session): .object(of: ["do": "rejoin", "session": .string(session)])
        case .extend(let session, let clients, let conference):
            .object(of: [
                "do": "extend", "session": .string(session), "clients": names(clients),
                "conference": .string(conference),
            ])
        case .accept(let session): .object(of: ["do": "accept", "session": .string(session)])
        case .decline(let session): .object(of: ["do": "decline", "session": .string(session)])
        case .send(let text, let session):
            .object(of: ["do": "send", "text": .string(text), "session": .string(session)])
        case .whisper(let text, let session, let clients):
            .object(of: [
                "do": "whisper", "text": .string(text), "session": .string(session), "clients": names(clients),
            ])
        case .attempt(let text, let session):
            .object(of: ["do": "attempt", "text": .string(text), "session": .string(session)])
        case .add(let clients, let session):
            .object(of: ["do": "add", "clients": names(clients), "session": .string(session)])
        case .expel(let client, let session):
            .object(of: ["do": "expel", "client": .string(client.description), "session": .string(session)])
        case .leave(let session): .object(of: ["do": "leave", "session": .string(session)])
        case .page(let text, let audience):
            .object(of: ["do": "page", "text": .string(text), "audience": json(of: audience)])
        case .sendLarge(let content, let audience):
            .object(of: ["do": "send large", "content": json(of: content), "audience": json(of: audience)])
        case .announce(let text): .object(of: ["do": "announce", "text": .string(text)])
        case .offer(let files, let session):
            .object(of: ["do": "offer", "contents": contents(files), "session": .string(session)])
        case .transfer(let files, let audience, let session):
            .object(of: [
                "do": "transfer", "contents": contents(files), "audience": json(of: audience),
                "session": .string(session),
            ])
        case .take(let session): .object(of: ["do": "take", "session": .string(session)])
        case .refuse(let session): .object(of: ["do": "refuse", "session": .string(session)])
        case .request(let files, let session):
            .object(of: ["do": "request", "contents": contents(files), "session": .string(session)])
        case .list(let store): .object(of: ["do": "list", "store": .string(store.rawValue)])
        case .retrieve(let store, let selection):
            .object(of: ["do": "retrieve", "store": .string(store.rawValue), "places": json(of: selection)])
        case .delete(let store, let selection):
            .object(of: ["do": "delete", "store": .string(store.rawValue), "places": json(of: selection)])
        case .record(let session, let name):
            .object(of: ["do": "record", "session": .string(session), "name": .string(name)])
        case .stopRecording(let session): .object(of: ["do": "stop recording", "session": .string(session)])
        case .receive(let texts, let files):
            .object(of: ["do": "receive", "texts": .strings(texts), "contents": contents(files)])
        case .compose(let request):
            .object(of: [
                "do": "compose", "method": .string(request.method), "client": .string(request.target.description),
                "contentType": request.contentType.map { .string($0) }, "body": request.body.map { .string($0) },
            ])
        case .await(let selector): .object(of: ["do": "await", "message": json(of: selector)])
        }
    }

    private static func json(of audience: Audience) -> JSONValue {
        switch audience {
        case .client(let client): .object(of: ["client": .string(client.description)])
        case .list(let clients): .object(of: ["list": names(clients)])
        case .group(let group): .object(of: ["group": .string(group)])
        }
    }

    private static func json(of selection: Selection) -> JSONValue? {
        switch selection {
        case .all: nil
        case .places(let places): .array(places.map { .integer($0) })
        }
    }

    static func json(of content: MediaContent) -> JSONValue {
        .object(of: [
            "name": .string(content.name), "type": .string(content.type), "size": .integer(content.size),
        ])
    }

    static func contents(_ contents: [MediaContent]) -> JSONValue { .array(contents.map(json)) }

    static func names(_ clients: [PartyName]) -> JSONValue { .strings(clients.map(\.description)) }
}
