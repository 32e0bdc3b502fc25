import Actors
import Conformance
import Execution
import Reporting

/// What a driver is asked for, as the line that asks.
struct DriverStep {
    private let prompt: Prompt
    private let path: (MediaContent) -> String

    /// - Parameters:
    ///   - prompt: What is asked.
    ///   - path: Where a content is.
    init(_ prompt: Prompt, path: @escaping (MediaContent) -> String) {
        self.prompt = prompt
        self.path = path
    }

    var json: JSONValue {
        let (name, arguments) = action
        return .object(of: [
            "type": .string(prompt.kind == .question ? "question" : "step"), "id": .integer(prompt.id),
            "case": .string(prompt.testCase), "step": .string(prompt.step.label),
            "party": .string(prompt.step.party.description), "action": .string(name),
            "arguments": .object(arguments), "sentence": .string(prompt.sentence),
        ])
    }

    /// The action by the name that it has in scenario files, and what it is about.
    private var action: (String, [JSONValue.Member]) {
        switch prompt.action {
        case .logIn(let settings): ("log-in", members(of: settings))
        case .logOut: ("log-out", [])
        case .changeSettings(let settings): ("change-settings", members(of: settings))
        case .createGroup(let group): ("create", [member("group", group.uri), list("members", group.members)])
        case .purge(let store): ("purge", [member("store", store.rawValue)])
        case .invite(let destination, let session): ("invite", [to(destination), member("session", session)])
        case .join(let group, let alias, let session):
            (
                "join",
                [member("group", group), member("session", session)] + (alias.map { [member("alias", $0)] } ?? [])
            )
        case .rejoin(let session): ("rejoin", [member("session", session)])
        case .extend(let session, let users, let conference):
            ("extend", [member("session", session), list("with", users), member("conference", conference)])
        case .accept(let session): ("accept", [member("session", session)])
        case .decline(let session): ("decline", [member("session", session)])
        case .send(let text, let session): ("send", [member("text", text), member("session", session)])
        case .whisper(let text, let session, let users):
            ("whisper", [member("text", text), member("session", session), list("to", users)])
        case .attempt(let text, let session): ("attempt", [member("text", text), member("session", session)])
        case .add(let users, let session): ("add", [list("clients", users), member("session", session)])
        case .expel(let user, let session): ("expel", [member("client", user), member("session", session)])
        case .leave(let session): ("leave", [member("session", session)])
        case .page(let text, let destination): ("page", [member("text", text), to(destination)])
        case .sendLarge(let content, let destination): ("send-large", [files([content]), to(destination)])
        case .offer(let contents, let session): ("offer-files", [files(contents), member("session", session)])
        case .transfer(let contents, let destination, let session):
            ("send-files", [files(contents), to(destination), member("session", session)])
        case .take(let session): ("accept-files", [member("session", session)])
        case .refuse(let session): ("refuse-files", [member("session", session)])
        case .request(let contents, let session): ("request-files", [files(contents), member("session", session)])
        case .list(let store): ("list", [member("store", store.rawValue)])
        case .retrieve(let store, let selection): ("retrieve", [member("store", store.rawValue), items(selection)])
        case .delete(let store, let selection): ("delete", [member("store", store.rawValue), items(selection)])
        case .record(let session, let name): ("start-recording", [member("session", session), member("name", name)])
        case .stopRecording(let session): ("stop-recording", [member("session", session)])
        case .compose(let request, let user): ("compose", [member("method", request.method), list("to", [user])])
        case .wait: ("nothing", [])
        }
    }

    private func member(_ name: String, _ text: String) -> JSONValue.Member { .init(name, .string(text)) }

    private func list(_ name: String, _ texts: [String]) -> JSONValue.Member { .init(name, .strings(texts)) }

    private func to(_ destination: Destination) -> JSONValue.Member {
        switch destination {
        case .user(let uri): member("to", uri)
        case .users(let uris): list("to", uris)
        case .group(let uri): member("group", uri)
        }
    }

    private func items(_ selection: Selection) -> JSONValue.Member {
        switch selection {
        case .all: .init("items", "all")
        case .places(let places): .init("items", .array(places.map { .integer($0) }))
        }
    }

    private func files(_ contents: [MediaContent]) -> JSONValue.Member {
        let list = contents.map { content in
            JSONValue.object(of: [
                "name": .string(content.name), "type": .string(content.type), "size": .integer(content.bytes.count),
                "path": .string(path(content)),
            ])
        }
        return .init("files", .array(list))
    }

    private func members(of settings: Settings) -> [JSONValue.Member] {
        let all = [
            ("bars-sessions", settings.barsSessions), ("bars-pagers", settings.barsPagers),
            ("offline-delivery", settings.wantsOfflineDelivery), ("visible", settings.isVisible),
            ("records-sessions", settings.recordsSessions), ("records-pagers", settings.recordsPagers),
        ]
        return all.map { .init($0, .bool($1)) }
    }
}
