import MSRP
import MessageBodies
import Network
import ReferenceServer
import SDP
import SIPSyntax

/// A session of several clients, played by hand.
struct Gathering {
    var stand: Stand
    /// The session identity.
    private(set) var identity = ""
    /// Where messages to everybody go.
    var everybody = ""
    /// The INVITE that came to a client, or the 200 to its own.
    private(set) var dialogs: [String: SIPMessage] = [:]
    private(set) var connections: [String: ConnectionID] = [:]
    private(set) var entities: [String: String] = [:]
    private var accepted: Set<ConnectionID> = []
    private var rosters: [String: ConferenceRoster] = [:]
    /// What has come on connections before anybody listened.
    private(set) var early: [String: [MSRPMessage]] = [:]
    private var subscriptions = 0

    struct Unexpected: Error {}

    init(_ configuration: ReferenceServer.Configuration = Stand.configuration, defects: Set<ServerDefect> = []) {
        stand = Stand(configuration, defects: defects)
        stand.logIn(.a, .b, .c, .d)
    }

    /// An ad-hoc session of A, B and C with everybody subscribed.
    static func adHoc(
        _ configuration: ReferenceServer.Configuration = Stand.configuration, defects: Set<ServerDefect> = []
    ) throws -> Gathering {
        var gathering = Gathering(configuration, defects: defects)
        try gathering.gather([.b, .c])
        gathering.everybody = gathering.identity
        for client in [Client.a, .b, .c] { try gathering.subscribe(client) }
        return gathering
    }

    /// A invites the others, who accept.
    mutating func gather(_ others: [Client], _ request: SIPMessage? = nil) throws {
        stand.send(request ?? Client.a.gather(others.map(\.imAddress)), from: .a)
        for other in others { try accept(other) }
        try enter(.a)
    }

    /// A client accepts the invitation that has come to it.
    mutating func accept(_ client: Client, body: String? = nil, _ fields: [SIPField] = []) throws {
        guard let invite = stand.received(by: client).last(where: { $0.method == .invite }) else { throw Unexpected() }
        dialogs[client.name] = invite
        identity = (try? invite.contact())?.uri ?? ""
        stand.send(client.answer(200, to: invite, body: body ?? client.conversation(), fields), from: client)
        open(client)
    }

    /// A client that has invited itself takes the 200, and opens its connection.
    mutating func enter(_ client: Client) throws {
        let responses = stand.received(by: client)
        guard let success = responses.last(where: { $0.status == 200 && $0.first(.cSeq)?.hasSuffix("INVITE") == true })
        else { throw Unexpected() }
        dialogs[client.name] = success
        identity = (try? success.contact())?.uri ?? ""
        if let ack = request(.ack, by: client, sequence: 1) { stand.send(ack, from: client) }
        let connection = stand.connect(client)
        connections[client.name] = connection
        stand.send(client.naming(to: path(to: client)), on: connection)
        _ = stand.messages(on: connection)
    }

    /// Accepts the connections that the server opens to a client.
    @discardableResult
    mutating func open(_ client: Client) -> [ConnectionID] {
        let new = stand.connects.filter { $0.to.address == client.address && !accepted.contains($0.id) }
        for (id, remote) in new {
            accepted.insert(id)
            stand.give(.connected(id, local: SocketAddress(Stand.address, port: 50_000), remote: remote))
            for message in stand.messages(on: id) {
                stand.send(MSRPMessage(status: 200, to: message), on: id)
                if message.body != nil { early[client.name, default: []].append(message) }
            }
        }
        if connections[client.name] == nil { connections[client.name] = new.first?.id }
        return new.map(\.id)
    }

    /// Forgets the connection of a client, which makes another.
    mutating func disconnect(_ client: Client) { connections[client.name] = nil }

    /// The path of the server in the conversation with a client.
    func path(to client: Client) -> [String] { dialogs[client.name]?.description?.media.first?.path ?? [] }

    /// A client subscribes, and learns how it is called.
    mutating func subscribe(_ client: Client, to uri: String? = nil) throws {
        _ = notifications(to: client)
        subscriptions += 1
        stand.send(client.subscribe(to: uri ?? identity, number: subscriptions), from: client)
        rosters[client.name] = ConferenceRoster()
        guard !notifications(to: client).isEmpty else { throw Unexpected() }
        entities[client.name] = rosters[client.name]?.own?.entity
    }

    /// The notifications that have come to a client since the last look, which are answered.
    @discardableResult
    mutating func notifications(to client: Client) -> [SIPMessage] {
        var notifications: [SIPMessage] = []
        while true {
            let new = stand.received(by: client).filter { $0.method == .notify }
            guard !new.isEmpty else { return notifications }
            for notification in new {
                notifications.append(notification)
                if let info = notification.conferenceInfo { _ = rosters[client.name]?.merge(info) }
                stand.send(client.answer(200, to: notification), from: client)
            }
        }
    }

    /// Who is connected, as a client has been told.
    mutating func present(for client: Client) -> Set<String> {
        notifications(to: client)
        return Set(rosters[client.name]?.connected.map(\.entity) ?? [])
    }

    func roster(of client: Client) -> ConferenceRoster { rosters[client.name] ?? ConferenceRoster() }

    /// A client says something, to everybody unless told otherwise.
    @discardableResult
    mutating func say(
        _ text: String, by client: Client, from: String? = nil, to: [String]? = nil, id: String = "m1",
        _ headers: [CPIMHeader] = [], fields: [MSRPField] = []
    ) -> [MSRPMessage] {
        guard let connection = connections[client.name] else { return [] }
        let message = client.wrapped(
            text, from: from ?? entities[client.name] ?? client.imAddress, to: to ?? [everybody],
            along: path(to: client), id: id, headers, fields: fields)
        stand.send(message, on: connection)
        return stand.messages(on: connection)
    }

    /// The messages that have come to a client, which are answered.
    mutating func heard(by client: Client, status: Int = 200) -> [MSRPMessage] {
        guard let connection = connections[client.name] else { return [] }
        var heard = early.removeValue(forKey: client.name) ?? []
        while true {
            let messages = stand.messages(on: connection).filter { $0.method == "SEND" && $0.body != nil }
            guard !messages.isEmpty else { return heard }
            for message in messages { stand.send(MSRPMessage(status: status, to: message), on: connection) }
            heard += messages
        }
    }

    mutating func texts(to client: Client) -> [String] { heard(by: client).compactMap(\.wrappedText) }

    /// A request of a client in the dialog that it has.
    func request(_ method: SIPMethod, by client: Client, sequence: Int, body: String = "") -> SIPMessage? {
        guard let dialog = dialogs[client.name] else { return nil }
        guard !dialog.isRequest else { return client.reply(method, to: dialog, sequence: sequence, body: body) }
        var request = client.inDialog(method, of: dialog, sequence: sequence, body: body)
        request.set(.callID, dialog.callID ?? "")
        request.set(.from, dialog.first(.from) ?? "")
        return request
    }

    /// A client leaves, and the server answers.
    mutating func leave(_ client: Client) {
        if let bye = request(.bye, by: client, sequence: 70) { stand.send(bye, from: client) }
    }

    /// A client changes the media of the session.
    mutating func modify(_ client: Client, _ description: String, sequence: Int = 5) {
        let invite = request(.invite, by: client, sequence: sequence, body: description)
        if let invite { stand.send(invite, from: client) }
    }

    /// Acknowledges a 200 to a modification.
    mutating func acknowledge(_ client: Client, sequence: Int = 5) {
        if let ack = request(.ack, by: client, sequence: sequence) { stand.send(ack, from: client) }
    }
}
