import Bytes
import MSRP
import MessageBodies
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// The flows of IM-2.0-int-302 and 303: one large message to several users.
@Suite struct LargeMessageTests {
    private static let offer =
        """
        v=0\r
        o=- 1 1 IN IP4 127.0.0.11\r
        s=-\r
        c=IN IP4 127.0.0.11\r
        t=0 0\r
        a=sendonly\r
        m=message 2855 TCP/MSRP *\r
        a=accept-types:message/cpim image/png\r
        a=path:\(Client.a.path)\r\n
        """

    private static func answer(_ client: Client) -> String {
        client.conversation(attributes: "a=recvonly\r\n").replacing("text/plain", with: "image/png")
    }

    private static func tagged(_ request: SIPMessage) -> SIPMessage {
        var request = request
        request.set(.acceptContact, "*;+g.oma.sip-im, *;+g.oma.sip-im.large-message")
        return request
    }

    private static func begin(group: Bool, accepting clients: [Client] = [.b, .c]) throws -> Gathering {
        var gathering = Gathering(Groups.configuration(Groups.members()))
        let request =
            group
            ? Client.a.invite(to: Groups.team, description: offer)
            : Client.a.gather([Client.b.imAddress, Client.c.imAddress], description: offer)
        gathering.stand.send(tagged(request), from: .a)
        for client in clients { try gathering.accept(client, body: answer(client)) }
        try gathering.enter(.a)
        gathering.everybody = group ? Groups.team : gathering.identity
        return gathering
    }

    @Test(arguments: [true, false]) func `Everybody is told that it is a large message`(group: Bool) throws {
        let gathering = try Self.begin(group: group)
        for name in ["bob", "cid"] {
            let invite = try #require(gathering.dialogs[name])
            #expect(invite.list(.acceptContact) == ["*;+g.oma.sip-im", "*;+g.oma.sip-im.large-message"])
            #expect(invite.description?.media.first?.ownDirection == .sendOnly)
        }
        #expect(gathering.dialogs["ann"]?.description?.media.first?.ownDirection == .receiveOnly)
    }

    @Test(arguments: [true, false]) func `The message reaches everybody, and then the session ends`(group: Bool) throws
    {
        var gathering = try Self.begin(group: group)
        let text = String(repeating: "0123456789", count: 1000)
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(
            Client.a.wrapped(
                text, from: Client.a.imAddress, to: [gathering.everybody], along: gathering.path(to: .a),
                type: "image/png"), on: connection)
        gathering.leave(.a)
        for client in [Client.b, .c] {
            #expect(gathering.stand.received(by: client).filter { $0.method == .bye }.isEmpty, "Not before it has all")
            let chunks = gathering.heard(by: client)
            #expect(chunks.count > 1)
            let whole = chunks.flatMap { $0.body ?? [] }
            #expect(try CPIMMessage(parsing: whole).body.text == text)
            #expect(gathering.stand.received(by: client).map(\.method) == [.bye])
        }
    }

    @Test func `A message that is not wrapped goes to everybody, as it is`() throws {
        var gathering = try Self.begin(group: true)
        var message = Client.a.text("bare", to: gathering.path(to: .a))
        message.set(.contentType, "image/png")
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(message, on: connection)
        #expect(gathering.stand.messages(on: connection).map(\.status) == [200])
        for client in [Client.b, .c] {
            let heard = gathering.heard(by: client)
            #expect(heard.map { $0.body?.text } == ["bare"])
            #expect(heard.first?.contentType == "image/png")
        }
    }

    @Test func `A message for one of the group alone is 403`() throws {
        var gathering = try Self.begin(group: true)
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(
            Client.a.wrapped(
                "x", from: Client.a.imAddress, to: [Client.b.imAddress], along: gathering.path(to: .a),
                type: "image/png"), on: connection)
        #expect(gathering.stand.messages(on: connection).map(\.status) == [403])
    }

    @Test func `Whoever accepts after the sender has gone gets the message nevertheless`() throws {
        var gathering = try Self.begin(group: false, accepting: [.b])
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(
            Client.a.wrapped(
                "late", from: Client.a.imAddress, to: [gathering.everybody], along: gathering.path(to: .a),
                type: "image/png"), on: connection)
        #expect(gathering.texts(to: .b) == ["late"])
        gathering.leave(.a)
        #expect(gathering.stand.received(by: .b).map(\.method).contains(.bye))
        try gathering.accept(.c, body: Self.answer(.c))
        #expect(gathering.texts(to: .c) == ["late"])
        #expect(gathering.stand.received(by: .c).map(\.method) == [.ack, .bye])
    }

    @Test func `Whoever never takes it does not keep the session`() throws {
        var gathering = try Self.begin(group: false, accepting: [.b])
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(
            Client.a.wrapped(
                "late", from: Client.a.imAddress, to: [gathering.everybody], along: gathering.path(to: .a),
                type: "image/png"), on: connection)
        let invite = try #require(gathering.stand.received(by: .c).first)
        gathering.stand.send(Client.c.answer(180, to: invite), from: .c)
        gathering.leave(.a)
        gathering.stand.pass(.seconds(11))
        #expect(gathering.stand.received(by: .c).map(\.method).contains(.cancel))
        #expect(gathering.stand.received(by: .b).map(\.method).contains(.bye))
    }
}
