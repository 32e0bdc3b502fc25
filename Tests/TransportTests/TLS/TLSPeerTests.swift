import Network
import Testing

@testable import Transport

/// Who is refused, and with which words.
@Suite struct TLSPeerTests {
    private let world = TLSWorld()

    @Test(arguments: [
        (["parley.example"], "parley.example"), (["parley.example"], "PARLEY.example"),
        (["sip:parley.example"], "parley.example"), (["192.0.2.7"], "192.0.2.7"), (["2001:db8::7"], "[2001:db8::7]"),
        (["a.example", "b.example"], "b.example"),
    ])
    func `A certificate is for its names`(names: [String], expected: String) {
        let pair = TLSPair(client: world.client(), expecting: .name(expected), server: world.server(names))
        pair.run()
        #expect(pair.areEstablished)
    }

    @Test(arguments: [
        (["parley.example"], "other.example"), (["*.parley.example"], "im.parley.example"),
        (["sip:other.example"], "parley.example"), (["192.0.2.7"], "192.0.2.8"), (["parley.example"], "192.0.2.7"),
    ])
    func `A certificate for another name is refused, and both ends say why`(names: [String], expected: String) {
        let pair = TLSPair(client: world.client(), expecting: .name(expected), server: world.server(names))
        pair.run()
        #expect(pair.clientFault == .wrongName(of: names, expected: expected))
        #expect(pair.clientFault?.words.contains("not for \(expected)") == true)
        guard case .refused(let alert)? = pair.serverFault else {
            Issue.record("The server heard no alert")
            return
        }
        #expect(alert == "bad certificate")
    }

    @Test func `A certificate that has expired, or does not hold yet, is refused`() {
        let expired = TLSPair(client: world.client(), server: world.server(validity: -172_800 ... -86_400))
        expired.run()
        guard case .expired(let subject, let end)? = expired.clientFault else {
            Issue.record("It was not refused for that")
            return
        }
        #expect(subject == "CN = parley.example" && end.hasSuffix("GMT"))
        let early = TLSPair(client: world.client(), server: world.server(validity: 86_400...172_800))
        early.run()
        guard case .notYetValid? = early.clientFault else {
            Issue.record("It was not refused for that")
            return
        }
    }

    @Test func `A certificate that signs itself is refused where nobody has said to trust it`() {
        let identity = TLSAuthority.selfSigned(["parley.example"])
        let server = TLSContext(identity, trust: .certificates([]))
        let pair = TLSPair(client: world.client(), server: server)
        pair.run()
        #expect(pair.clientFault == .selfSigned(subject: "CN = parley.example"))
        let trusting = TLSContext(nil, trust: .certificates([identity.certificate]))
        let trusted = TLSPair(client: trusting, server: server)
        trusted.run()
        #expect(trusted.areEstablished)
    }

    @Test func `A certificate of an authority that is not trusted is refused by its name`() {
        let stranger = TLSAuthority(named: "Somebody's CA").issue(["parley.example"])
        let pair = TLSPair(client: world.client(), server: TLSContext(stranger, trust: .certificates([])))
        pair.run()
        #expect(pair.clientFault == .untrusted(subject: "CN = parley.example", issuer: "CN = Somebody's CA"))
    }

    @Test func `Whoever expects anybody takes any certificate`() {
        let stranger = TLSAuthority.selfSigned(["other.example"], validity: -172_800 ... -86_400)
        let pair = TLSPair(
            client: world.client(), expecting: .anybody, server: TLSContext(stranger, trust: .certificates([])))
        pair.run()
        #expect(pair.areEstablished)
    }

    @Test(arguments: CertificateFingerprint.Hash.allCases)
    func `A certificate is taken by its fingerprint alone, and no other is`(hash: CertificateFingerprint.Hash) {
        let identity = TLSAuthority.selfSigned(["anything"], validity: -172_800 ... -86_400)
        let fingerprint = identity.certificate.fingerprint(hash)
        let server = TLSContext(identity, trust: .certificates([]))
        let pair = TLSPair(client: world.client(), expecting: .fingerprint(fingerprint), server: server)
        pair.run()
        #expect(pair.areEstablished)
        #expect(pair.client.peerCertificate?.fingerprint(hash) == fingerprint)
        let other = TLSContext(TLSAuthority.selfSigned(["anything"]), trust: .certificates([]))
        let refused = TLSPair(client: world.client(), expecting: .fingerprint(fingerprint), server: other)
        refused.run()
        guard case .wrongFingerprint(_, fingerprint)? = refused.clientFault else {
            Issue.record("It was not refused for that")
            return
        }
    }

    @Test(arguments: [TLSContext.Versions.current, .only12])
    func `Who has to show a certificate and has none is refused`(versions: TLSContext.Versions) {
        let pair = TLSPair(client: world.client(), server: world.server(versions: versions), admitting: .trusted)
        pair.run()
        #expect(pair.serverFault == .noCertificate)
        guard case .refused(let alert)? = pair.clientFault else {
            Issue.record("The client heard no alert")
            return
        }
        #expect(alert == (versions == .current ? "certificate required" : "handshake failure"))
    }

    @Test func `Both ends prove who they are`() {
        let client = world.client(identity: world.authority.issue(["sip:ann@parley.example"]))
        let pair = TLSPair(client: client, server: world.server(), admitting: .trusted)
        pair.run()
        #expect(pair.areEstablished)
        #expect(pair.server.peerCertificate?.names == ["sip:ann@parley.example"])
        let stranger = world.client(identity: TLSAuthority.selfSigned(["ann"]))
        let refused = TLSPair(client: stranger, server: world.server(), admitting: .trusted)
        refused.run()
        #expect(refused.serverFault == .selfSigned(subject: "CN = ann"))
        let known = TLSPair(client: stranger, server: world.server(), admitting: .certified)
        known.run()
        #expect(known.areEstablished)
    }

    @Test func `A peer that speaks TLS 1.1 alone is refused at either end`() {
        let oldClient = TLSPair(client: world.client(versions: .outdated), server: world.server())
        oldClient.run()
        #expect(oldClient.serverFault == .outdated)
        #expect(oldClient.clientFault == .refused(alert: "protocol version"))
        let oldServer = TLSPair(client: world.client(), server: world.server(versions: .outdated))
        oldServer.run()
        #expect([.outdated, .refused(alert: "protocol version")].contains(oldServer.clientFault))
        #expect(!oldServer.client.isEstablished)
    }

    @Test func `Files in PEM make an identity, and say what is wrong with them`() throws {
        let identity = world.authority.issue(["parley.example"])
        let read = try TLSIdentity(certificates: identity.certificate.text, key: identity.keyText)
        #expect(read.certificate.names == ["parley.example"])
        #expect(throws: TLSIdentity.Flaw.noCertificate) { try TLSIdentity(certificates: "", key: identity.keyText) }
        #expect(throws: TLSIdentity.Flaw.noKey) { try TLSIdentity(certificates: identity.certificate.text, key: "") }
        #expect(throws: TLSIdentity.Flaw.foreignKey) {
            try TLSIdentity(
                certificates: identity.certificate.text, key: world.authority.issue(["other.example"]).keyText)
        }
    }
}
