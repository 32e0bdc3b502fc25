import Bytes
import Conformance
import MSRP
import Network
import SDP
import Testing

@testable import Actors

/// RFC 4975 §14.4: the user plane of a client whose messages go over TLS.
@Suite struct SecuredMediaTests {
    private static let remote = MSRPURI(isSecure: true, host: "127.0.0.10", port: 2855, sessionID: "theirs")
    private static let local = MSRPURI(isSecure: true, host: "127.0.0.11", port: 2855, sessionID: "ours")

    private var plane: UserPlane
    private let own: CertificateFingerprint
    private let other: CertificateFingerprint

    init() throws {
        own = try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 7, count: 32)))
        other = try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 8, count: 32)))
        var profile = IMClient.Profile(
            party: PartyName("A"), imAddress: "sip:alice@example.com", displayName: "Alice", address: World.alice,
            server: SocketAddress(World.core, port: 5061), registrarURI: "sip:example.com", sipTransport: .tls)
        profile.certificate = own
        plane = UserPlane(profile, defects: [], generator: SeededGenerator(seed: 1))
    }

    private mutating func describe() {
        plane.note(
            SessionDescription(
                origin: Origin(sessionID: "1", sessionVersion: "1", address: Connection(host: "127.0.0.10")),
                connection: nil, attributes: [Attribute("fingerprint", own.description)],
                media: [.msrp(port: 2855, path: [Self.remote.description], acceptTypes: ["*"])]))
    }

    private func leg(_ role: MSRPSession.Role) -> MediaCommand {
        .open(MediaLeg(localURI: Self.local, remotePath: [Self.remote], role: role, acceptedTypes: ["*"]))
    }

    private mutating func network(_ effects: [UserPlane.Effect]) -> [NodeEffect] {
        effects.compactMap { if case .network(let effect) = $0 { effect } else { nil } }
    }

    @Test mutating func `The client opens its connection to whoever the description gives the fingerprint of`() {
        describe()
        guard case .connectSecurely(_, _, let to, let peer)? = network(plane.perform(leg(.opens))).first else {
            Issue.record("Nothing was opened securely")
            return
        }
        #expect(to.description == "127.0.0.10:2855")
        #expect(peer == .fingerprint(own))
    }

    @Test mutating func `Without a fingerprint the certificate has to be for the host`() {
        guard case .connectSecurely(_, _, _, .name("127.0.0.10"))? = network(plane.perform(leg(.opens))).first else {
            Issue.record("Somebody else was expected")
            return
        }
    }

    @Test(arguments: [true, false])
    mutating func `Who opens a connection is refused unless he shows the described certificate`(isOther: Bool) {
        describe()
        _ = plane.perform(leg(.waits))
        let id = ConnectionID(1)
        _ = plane.accepted(id)
        plane.certified(id, [isOther ? other : own])
        let lines = [
            "MSRP t1 SEND", "To-Path: \(Self.local)", "From-Path: \(Self.remote)", "Message-ID: 1",
            "Byte-Range: 1-0/0", "-------t1$", "",
        ]
        let effects = plane.received(Array(lines.joined(separator: "\r\n").utf8), on: id)
        #expect(network(effects).contains(.close(id)) == isOther)
        let isTold = effects.contains { if case .trouble = $0 { true } else { false } }
        #expect(isTold == isOther)
    }
}
