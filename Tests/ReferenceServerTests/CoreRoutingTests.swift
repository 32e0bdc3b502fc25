import Bytes
import MessageBodies
import Network
import ReferenceServer
import SIPSyntax
import Testing

/// What the server does with a request before, beside and after the participating functions.
@Suite struct CoreRoutingTests {
    private func answers(_ request: SIPMessage, _ prepare: (inout Stand) -> Void = { $0.logIn(.a, .b) }) -> [SIPMessage]
    {
        var stand = Stand()
        prepare(&stand)
        stand.send(request, from: .a)
        return stand.received(by: .a)
    }

    @Test func `A sender who is not registered is refused with an explanation`() throws {
        let refusal = try #require(answers(Client.a.page("x", to: .b)) { $0.logIn(.b) }.first)
        #expect(refusal.status == 403)
        #expect(refusal.first(.warning)?.isEmpty == false)
        #expect(refusal.first(.server) == "IM-serv/OMA1.0")
    }

    @Test(arguments: [("Accept-Contact: *;+g.oma.sip-im", 202), ("", 480)])
    func `A user who is not registered is 480, but for messages of the service`(lines: String, status: Int) {
        #expect(answers(Client.a.page("x", to: .b, lines)) { $0.logIn(.a) }.map(\.status) == [status])
    }

    @Test func `A user who is not registered is 480 for sessions`() {
        #expect(answers(Client.a.invite(.b)) { $0.logIn(.a) }.map(\.status) == [480])
    }

    @Test func `A user who has removed the feature tag is offline for IM`() {
        let statuses = answers(Client.a.page("x", to: .b)) { stand in
            stand.logIn(.a, .b)
            stand.send(Client.b.register(tags: "", sequence: 2), from: .b)
        }.map(\.status)
        #expect(statuses == [202])
    }

    @Test func `A user whose registration has run out is offline`() {
        let statuses = answers(Client.a.page("x", to: .b)) { stand in
            stand.logIn(.b)
            stand.pass(.seconds(3000))
            stand.logIn(.a)
            stand.pass(.seconds(601))
        }.map(\.status)
        #expect(statuses == [202])
    }

    @Test func `A user who is not provisioned is 404`() {
        var configuration = Stand.configuration
        configuration.policy.entitledUsers = [Client.a.imAddress]
        var stand = Stand(configuration)
        stand.logIn(.a)
        stand.send(Client.a.page("x", to: .b), from: .a)
        stand.send(Client.a.request("MESSAGE", Client.c.imAddress, sequence: 2), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [404, 404])
    }

    @Test func `A barred page is refused, whether or not its user is there`() throws {
        var stand = Stand()
        stand.logIn(.a)
        stand.logIn(.b, settings: IMServiceSettings(barsPagers: true))
        stand.send(Client.b.register(expires: 0, sequence: 2), from: .b)
        _ = stand.received(by: .b)
        stand.send(Client.a.page("x", to: .b), from: .a)
        #expect(
            stand.received(by: .a).map { $0.first(.warning) } == ["399 home.example \"127 Service not authorised\""])
        #expect(stand.received(by: .b).isEmpty)
    }

    @Test func `A page without the feature tag is routed by the core`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.page("x", to: .b, ""), from: .a)
        let page = try #require(stand.received(by: .b).first)
        #expect(page.first(.userAgent) == "IM-client/OMA1.0 Test/1")
        #expect(page.first(.pAssertedIdentity) == "<sip:ann@home.example>")
    }

    @Test(arguments: [
        ("OPTIONS", 200), ("INFO", 405), ("SUBSCRIBE", 405), ("FLY", 501),
    ])
    func `Requests to the server itself`(method: String, status: Int) throws {
        for uri in ["sip:home.example", "sip:127.0.0.1:5060"] {
            let answer = try #require(answers(Client.a.request(method, uri)).first)
            #expect(answer.status == status)
            #expect(answer.contains(.allow))
        }
    }

    @Test func `A user's settings are published by nobody else`() {
        let document = String(decoding: IMServiceSettings().serialized(entity: "x"), as: UTF8.self)
        let publication = Client.a.request(
            "PUBLISH", Client.b.imAddress, sequence: 5, "Event: poc-settings", type: IMServiceSettings.mediaType,
            body: document)
        #expect(answers(publication).map { $0.first(.warning) } == ["399 home.example \"127 Service not authorised\""])
    }

    @Test(arguments: [("Event: presence\nExpires: 600", 489), ("Event: poc-settings\nExpires: 5", 423)])
    func `A publication that cannot be taken is refused`(lines: String, status: Int) {
        let document = String(decoding: IMServiceSettings().serialized(entity: "x"), as: UTF8.self)
        #expect(answers(Client.a.publish(document, sequence: 9, lines)).map(\.status) == [status])
    }

    @Test func `A request that has gone round is 482`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.page("x", to: .b), from: .a)
        let page = try #require(stand.received(by: .b).first)
        // B sends it back to where it came from, as a broken proxy would.
        var again = page
        again.startLine = .request(.message, uri: Client.b.imAddress)
        again.prepend(.via, "SIP/2.0/UDP \(Client.b.sip);branch=z9hG4bKagain")
        stand.send(again, from: .b)
        #expect(stand.received(by: .b).map(\.status) == [482])
    }

    @Test func `The answer goes to the port of the Via, or to where the request came from when it says so`() throws {
        var stand = Stand()
        let elsewhere = Client(name: "ann", address: Client.a.address)
        var request = elsewhere.request("OPTIONS", "sip:home.example")
        let source = SocketAddress(Client.a.address, port: 6000)
        stand.give(.datagram(request.serialized(), from: source, to: Stand.sip))
        #expect(stand.received(by: .a).count == 1)
        request.set(.via, "SIP/2.0/UDP 10.1.1.1:5060;branch=z9hG4bKr;rport")
        stand.give(.datagram(request.serialized(), from: source, to: Stand.sip))
        let answer = try #require(stand.received(at: source).first)
        #expect(try answer.via()?.received == "127.0.0.11")
        #expect(try answer.via()?.rport == 6000)
    }

    @Test func `A page whose next hop is silent is 408, and one whose port is closed 500`() {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.page("x", to: .b), from: .a)
        stand.pass(.seconds(33))
        #expect(stand.received(by: .a).compactMap(\.status) == [408])
        #expect(stand.received(by: .b).count == 11)
        stand.send(
            Client.a.request("MESSAGE", Client.b.imAddress, sequence: 2, "Accept-Contact: *;+g.oma.sip-im"), from: .a)
        stand.give(.undeliverable(to: Client.b.sip, reason: "refused"))
        #expect(stand.received(by: .a).compactMap(\.status) == [500])
        stand.pass(.seconds(100))
        #expect(stand.timerCount == 1)
    }

    @Test func `A contact at a host that has no address is 500`() {
        var stand = Stand()
        stand.logIn(.a)
        var register = Client.b.register()
        register.set(.contact, "<sip:bob@somewhere.example>;+g.oma.sip-im")
        stand.send(register, from: .b)
        stand.send(Client.a.page("x", to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [500])
    }

    @Test func `Beyond its transactions the server answers 503`() throws {
        var configuration = Stand.configuration
        configuration.limits.transactions = 3
        var stand = Stand(configuration)
        for sequence in 1...5 {
            stand.send(Client.a.request("OPTIONS", "sip:home.example", sequence: sequence), from: .a)
        }
        #expect(stand.received(by: .a).compactMap(\.status) == [200, 200, 200, 503, 503])
        stand.pass(.seconds(33))
        stand.send(Client.a.request("OPTIONS", "sip:home.example", sequence: 6), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [200])
    }
}
