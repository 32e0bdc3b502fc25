import Conformance

extension RunFile {
    static func action(_ reader: JSONReader) throws(RunFileError) -> Action {
        let word = try reader.member("do")
        switch try word.string() {
        case "log in": return .logIn(try settings(reader.member("settings")))
        case "log out": return .logOut
        case "change settings": return .changeSettings(try settings(reader.member("settings")))
        case "nothing": return .nothing(try reader.string("what"))
        case "create": return .create(group: try reader.string("group"))
        case "purge": return .purge(try store(reader))
        case "invite": return .invite(try audience(reader), session: try session(reader))
        case "join":
            return .join(
                group: try reader.string("group"), alias: try reader.optionalString("alias"),
                session: try session(reader))
        case "rejoin": return .rejoin(session: try session(reader))
        case "extend":
            return .extend(
                session: try session(reader), with: try names(reader, "clients"),
                conference: try reader.string("conference"))
        case "accept": return .accept(session: try session(reader))
        case "decline": return .decline(session: try session(reader))
        case "send": return .send(text: try reader.string("text"), session: try session(reader))
        case "whisper":
            return .whisper(
                text: try reader.string("text"), session: try session(reader), to: try names(reader, "clients"))
        case "attempt": return .attempt(text: try reader.string("text"), session: try session(reader))
        case "add": return .add(try names(reader, "clients"), session: try session(reader))
        case "expel": return .expel(PartyName(try reader.string("client")), session: try session(reader))
        case "leave": return .leave(session: try session(reader))
        case "page": return .page(text: try reader.string("text"), to: try audience(reader))
        case "send large":
            return .sendLarge(try content(reader.member("content")), to: try audience(reader))
        case "announce": return .announce(text: try reader.string("text"))
        case "offer": return .offer(try reader.list("contents", content), session: try session(reader))
        case "transfer":
            return .transfer(
                try reader.list("contents", content), to: try audience(reader), session: try session(reader))
        case "take": return .take(session: try session(reader))
        case "refuse": return .refuse(session: try session(reader))
        case "request": return .request(try reader.list("contents", content), session: try session(reader))
        case "list": return .list(try store(reader))
        case "retrieve": return .retrieve(try store(reader), try selection(reader))
        case "delete": return .delete(try store(reader), try selection(reader))
        case "record": return .record(session: try session(reader), name: try reader.string("name"))
        case "stop recording": return .stopRecording(session: try session(reader))
        case "receive":
            return .receive(texts: try reader.strings("texts"), contents: try reader.list("contents", content))
        case "compose":
            return .compose(
                ComposedRequest(
                    method: try reader.string("method"), target: PartyName(try reader.string("client")),
                    contentType: try reader.optionalString("contentType"), body: try reader.optionalString("body")))
        case "await": return .await(try selector(reader.member("message")))
        default: throw word.error("Not an action")
        }
    }

    private static func session(_ reader: JSONReader) throws(RunFileError) -> String { try reader.string("session") }

    private static func store(_ reader: JSONReader) throws(RunFileError) -> MessageStore {
        try reader.member("store").choice()
    }

    private static func audience(_ reader: JSONReader) throws(RunFileError) -> Audience {
        // A file of before 1-to-1 was not the only kind names the one client itself.
        let audience = try reader.optional("audience") ?? reader
        if let client = try audience.optionalString("client") { return .client(PartyName(client)) }
        if let group = try audience.optionalString("group") { return .group(group) }
        return .list(try names(audience, "list"))
    }

    private static func selection(_ reader: JSONReader) throws(RunFileError) -> Selection {
        guard try reader.optional("places") != nil else { return .all }
        return .places(try reader.list("places") { place throws(RunFileError) in try place.integer() })
    }

    static func content(_ reader: JSONReader) throws(RunFileError) -> MediaContent {
        MediaContent(
            name: try reader.string("name"), type: try reader.string("type"),
            size: try reader.member("size").integer())
    }

    static func names(_ reader: JSONReader, _ member: String) throws(RunFileError) -> [PartyName] {
        try reader.strings(member).map { PartyName($0) }
    }
}
