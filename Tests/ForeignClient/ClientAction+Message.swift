import Actors
import Conformance
import Foundation
import Network
import Reporting

extension ClientAction {
    /// The action that a `step` asks for, or nil for one that is not known.
    init?(_ message: JSONValue, naming name: (String) -> String) {
        let arguments = message["arguments"] ?? .null
        let session = arguments["session"].text
        let text = arguments["text"].text
        switch message["action"].text {
        case "log-in": self = .logIn(Settings(arguments))
        case "log-out": self = .logOut
        case "change-settings": self = .changeSettings(Settings(arguments))
        case "invite": self = .invite(Destination(arguments), session: session)
        case "join":
            self = .join(group: arguments["group"].text, alias: arguments["alias"].map { $0.text }, session: session)
        case "rejoin": self = .rejoin(session: name(session))
        case "extend":
            self = .extend(
                session: name(session), with: arguments["with"].texts, conference: arguments["conference"].text)
        case "accept": self = .accept(session: name(session))
        case "decline": self = .decline(session: name(session))
        case "send": self = .send(text: text, session: name(session))
        case "whisper": self = .whisper(text: text, session: name(session), to: arguments["to"].texts)
        case "attempt": self = .attempt(text: text, session: name(session))
        case "add": self = .add(arguments["clients"].texts, session: name(session))
        case "expel": self = .expel(arguments["client"].text, session: name(session))
        case "leave": self = .leave(session: name(session))
        case "page": self = .page(text: text, to: Destination(arguments))
        case "send-large":
            guard let content = arguments.contents.first else { return nil }
            self = .sendLarge(content, to: Destination(arguments))
        case "offer-files": self = .offer(arguments.contents, session: name(session))
        case "send-files": self = .transfer(arguments.contents, to: Destination(arguments), session: session)
        case "accept-files": self = .take(session: name(session))
        case "refuse-files": self = .refuse(session: name(session))
        case "request-files": self = .request(arguments.contents, session: name(session))
        case "list": self = .list(arguments.store)
        case "retrieve": self = .retrieve(arguments.store, arguments.selection)
        case "delete": self = .delete(arguments.store, arguments.selection)
        case "start-recording": self = .record(session: name(session), name: arguments["name"].text)
        case "stop-recording": self = .stopRecording(session: name(session))
        default: return nil
        }
    }
}

extension Destination {
    fileprivate init(_ arguments: JSONValue) {
        switch arguments["to"] {
        case .string(let uri): self = .user(uri)
        case .array: self = .users(arguments["to"].texts)
        default: self = .group(arguments["group"].text)
        }
    }
}

extension Settings {
    fileprivate init(_ arguments: JSONValue) {
        func isSet(_ name: String) -> Bool { arguments[name] == .bool(true) }
        self.init(
            barsSessions: isSet("bars-sessions"), barsPagers: isSet("bars-pagers"),
            wantsOfflineDelivery: isSet("offline-delivery"), isVisible: isSet("visible"),
            recordsSessions: isSet("records-sessions"), recordsPagers: isSet("records-pagers"))
    }
}

extension Services {
    /// Where the functions are, as `configure` says.
    init(configuration: JSONValue) {
        self.init()
        let functions = configuration["functions"] ?? .null
        conferenceFactory = functions["conferences"].text
        exploder = functions["lists"].text
        deferredMessaging = functions["deferred"].text
        conversationHistory = functions["history"].text
        deletion = functions["deletion"].text
        let root = configuration["xcap-root"].text.dropFirst("http://".count).split(separator: "/")
        xcap = root.first.flatMap { SocketAddress(String($0), defaultPort: 8080) }.map { XCAPRoot(address: $0) }
    }
}

extension JSONValue {
    fileprivate var store: MessageStore { self["store"] == "history" ? .history : .deferred }

    fileprivate var selection: Selection {
        guard case .array(let places)? = self["items"] else { return .all }
        return .places(places.compactMap { if case .number(let digits) = $0 { Int(digits) } else { nil } })
    }

    /// The contents, made again from what is said of them; the files are the same bytes.
    fileprivate var contents: [MediaContent] {
        guard case .array(let files)? = self["files"] else { return [] }
        return files.compactMap { file in
            let bytes = FileManager.default.contents(atPath: file["path"].text).map { [UInt8]($0) } ?? []
            let sizes = (0...bytes.count).reversed().lazy
            return sizes.map { MediaContent(name: file["name"].text, type: file["type"].text, size: $0) }
                .first { $0.bytes == bytes }
        }
    }
}

extension JSONValue? {
    var text: String { if case .string(let text)? = self { text } else { "" } }

    var texts: [String] {
        guard case .array(let values)? = self else { return [] }
        return values.map { Optional($0).text }
    }
}

extension JSONValue {
    fileprivate var text: String { Optional(self).text }
}
