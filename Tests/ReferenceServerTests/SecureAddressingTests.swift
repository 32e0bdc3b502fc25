import Bytes
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// RFC 3261 §26.2.2 and RFC 5630: what the scheme sips asks of a server.
@Suite struct SecureAddressingTests {
    private var stand: Stand
    private var connections: [String: ConnectionID] = [:]

    init() throws {
        var configuration = Stand.configuration
        configuration.certificate = CertificateFingerprint(.sha256, [UInt8](repeating: 7, count: 32))
        configuration.sipPort = 5061
        stand = Stand(configuration)
    }

    private mutating func send(_ message: SIPMessage, from client: Client) {
        let place = SocketAddress(Stand.address, port: 5061)
        let id = connections[client.name] ?? stand.connect(client, to: place)
        connections[client.name] = id
        stand.give(.received(id, message.serialized()))
    }

    /// What has come to a client since the last look.
    private mutating func received(by client: Client) throws -> [SIPMessage] {
        var framer = SIPStreamFramer()
        framer.append(stand.bytes(on: try #require(connections[client.name])))
        var messages: [SIPMessage] = []
        while let whole = try framer.next() { messages.append(try SIPMessage(parsing: whole)) }
        return messages
    }

    private mutating func register(_ client: Client, as scheme: String) throws {
        var request = client.register()
        request.startLine = .request(.register, uri: "\(scheme):home.example")
        request.set(.to, "<\(client.imAddress.replacing("sip:", with: "\(scheme):"))>")
        request.set(.contact, "<\(client.contact.replacing("sip:", with: "\(scheme):"))>;+g.oma.sip-im")
        send(request, from: client)
        #expect(try received(by: client).map(\.status) == [200])
    }

    private func page(to scheme: String) -> SIPMessage {
        var page = Client.a.page("Hello", to: .b)
        page.startLine = .request(.message, uri: Client.b.imAddress.replacing("sip:", with: "\(scheme):"))
        return page
    }

    @Test(arguments: [
        ("sips", "sips", "sips:bob@127.0.0.12:5060"), ("sips", "sip", "sip:bob@127.0.0.12:5060;transport=tls"),
    ])
    mutating func `A page goes on in the scheme in which it has come, to the same user`(
        contact: String, page scheme: String, uri: String
    ) throws {
        try register(.a, as: "sip")
        try register(.b, as: contact)
        send(page(to: scheme), from: .a)
        let page = try #require(try received(by: .b).last)
        #expect(page.requestURI == uri)
        #expect(page.first(.pAssertedIdentity)?.contains("sip:ann@home.example") == true)
    }

    @Test(arguments: [
        ("sip", ["sips:bob@127.0.0.12:5060"]), ("sips", ["sips:bob@127.0.0.12:5060", "sip:bob@127.0.0.12:5062"]),
    ])
    mutating func `A contact for sips is refused where anything else in the registration is not for sips`(
        scheme: String, contacts: [String]
    ) throws {
        var request = Client.b.register()
        request.startLine = .request(.register, uri: "\(scheme):home.example")
        request.set(.contact, contacts.map { "<\($0)>" }.joined(separator: ", "))
        send(request, from: .b)
        let refusal = try #require(try received(by: .b).last)
        #expect(refusal.status == 400)
        #expect(refusal.first(.warning)?.contains("sips in the Request-URI and in all contacts") == true)
    }

    @Test mutating func `Nothing for sips goes to a contact for sip`() throws {
        try register(.a, as: "sip")
        try register(.b, as: "sip")
        send(page(to: "sips"), from: .a)
        let refusal = try #require(try received(by: .a).last)
        #expect(refusal.status == 480)
        #expect(refusal.first(.warning) == "380 home.example \"SIPS Not Allowed\"")
        #expect(try received(by: .b).isEmpty)
    }

    @Test mutating func `In a session for sips the server is reached for sips too`() throws {
        try register(.a, as: "sips")
        try register(.b, as: "sips")
        var invite = Client.a.invite(.b)
        invite.startLine = .request(.invite, uri: "sips:bob@home.example")
        invite.body = Array(
            invite.body.text.replacing("TCP/MSRP", with: "TCP/TLS/MSRP").replacing("msrp://", with: "msrps://").utf8)
        invite.remove(.contentLength)
        send(invite, from: .a)
        let passed = try #require(try received(by: .b).last)
        #expect(passed.requestURI == "sips:bob@127.0.0.12:5060")
        let contact = try #require(passed.first(.contact))
        #expect(contact.hasPrefix("<sips:") && !contact.contains("transport"), "\(contact)")
        let proxied = stand.server.proxy.copy(of: invite, to: nil, recordRoute: true)
        #expect(proxied.first(.recordRoute) == "<sips:127.0.0.1:5061;lr>")
    }

    @Test func `A server without TLS says that sips needs it`() throws {
        var stand = Stand()
        stand.send(page(to: "sips"), from: .a)
        let refusal = try #require(stand.received(by: .a).last)
        #expect(refusal.status == 416)
        #expect(refusal.first(.warning)?.contains("sips needs TLS on all hops") == true)
    }
}
