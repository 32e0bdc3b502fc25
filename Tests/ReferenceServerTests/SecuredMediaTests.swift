import Bytes
import MSRP
import Network
import SDP
import SIPSyntax
import Testing

@testable import ReferenceServer

/// RFC 4975 §14.4: messages over TLS.
@Suite struct SecuredMediaTests {
    private static let path = "msrps://127.0.0.11:2855/ann;tcp"
    private static let own = CertificateFingerprint(.sha256, [UInt8](repeating: 7, count: 32))
    private static let other = CertificateFingerprint(.sha256, [UInt8](repeating: 8, count: 32))

    private var transport = MSRPTransport(limits: .init(), security: .fingerprints)
    private var numbers = ConnectionNumbers()
    private let remote = SocketAddress(IPAddress(127, 0, 0, 11), port: 2855)

    private mutating func describe() throws {
        let fingerprint = try #require(Self.own)
        transport.certificates.note(
            SessionDescription(
                origin: Origin(sessionID: "1", sessionVersion: "1", address: Connection(host: "127.0.0.11")),
                connection: nil, attributes: [Attribute("fingerprint", fingerprint.description)],
                media: [.msrp(port: 2855, path: [Self.path], acceptTypes: ["*"])]))
    }

    @Test mutating func `A connection opens to whoever the description gives the fingerprint of`() throws {
        try describe()
        let (id, activities) = try #require(transport.open(along: [Self.path], for: "one", numbers: &numbers))
        #expect(activities == [.connectSecurely(id, remote, expecting: .fingerprint(try #require(Self.own)))])
    }

    @Test mutating func `Without a fingerprint the certificate has to be for the host`() throws {
        let (id, activities) = try #require(transport.open(along: [Self.path], for: "one", numbers: &numbers))
        #expect(activities == [.connectSecurely(id, remote, expecting: .name("127.0.0.11"))])
    }

    @Test mutating func `No connection opens that would not be secured`() {
        #expect(transport.open(along: ["msrp://127.0.0.11:2855/ann;tcp"], for: "one", numbers: &numbers) == nil)
    }

    @Test mutating func `Who opens a connection is known by the fingerprint of his description`() throws {
        try describe()
        let message = Client.a.text("Hello", to: ["msrps://127.0.0.1:2855/x;tcp"])
        var forged = message
        forged.fromPath = [Self.path]
        let id = ConnectionID(1)
        _ = transport.accept(id)
        #expect(!transport.isGenuine(forged, on: id), "Nothing was shown")
        transport.certified(id, [try #require(Self.other)])
        #expect(!transport.isGenuine(forged, on: id), "Another certificate was shown")
        transport.certified(id, [try #require(Self.other), try #require(Self.own)])
        #expect(transport.isGenuine(forged, on: id))
    }

    @Test func `A server that secures everything listens for nothing else, and says so in its URIs`() {
        var configuration = Stand.configuration
        configuration.certificate = Self.own
        configuration.sipPort = 5061
        let server = ReferenceServer(configuration: configuration, seed: 1)
        #expect(server.listeningPoints.map(\.transport) == [.tls, .tls, .tls])
        #expect(server.contact.contains("sip:127.0.0.1:5061;transport=tls"))
        let proxied = server.proxy.copy(of: Client.a.invite(.b), to: nil, recordRoute: true)
        #expect(proxied.first(.recordRoute) == "<sip:127.0.0.1:5061;transport=tls;lr>")
    }

    @Test func `An offer of messages over TLS is refused by a server without it, with what would do`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        var invite = Client.a.invite(.b)
        invite.body = Array(
            invite.body.text.replacing("TCP/MSRP", with: "TCP/TLS/MSRP").replacing("msrp://", with: "msrps://").utf8)
        invite.remove(.contentLength)
        stand.send(invite, from: .a)
        let refusal = try #require(stand.received(by: .a).last)
        #expect(refusal.status == 488)
        #expect(refusal.first(.warning)?.contains("Only MSRP over TCP is possible") == true)
        #expect(refusal.body.text.contains("m=message 0 TCP/MSRP *"))
    }
}
