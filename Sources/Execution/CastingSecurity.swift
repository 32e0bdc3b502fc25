import Actors
import Conformance
package import Network
import ReferenceServer
package import Transport

/// What clients show to a system under test over TLS, and what they expect of it.
///
/// Against the embedded server little of this is needed: an authority signs a certificate for everybody.
package struct CastingSecurity: Sendable {
    /// What the clients prove by who they are; nil lets each make a certificate of its own.
    package var identity: TLSIdentity?
    /// The authorities that are trusted; nil for those of the operating system.
    package var authorities: [TLSCertificate]?
    /// Who the server has to be; nil for the domain.
    ///
    /// RFC 5922 §7
    package var expected: ExpectedPeer?

    /// Who signs for everybody who meets the embedded server; nil for an authority of each performance.
    package var authority: TLSAuthority?

    package init() {}
}

extension Casting {
    /// Gives everybody a certificate, and notes its fingerprint where others look for it.
    ///
    /// - Returns: what the connections of each party need; nothing where none is secured.
    mutating func certify() -> [PartyName: TLSContext] {
        guard let security else { return [:] }
        // Who signs for everybody, where it is Parley that secures both ends.
        let authority = server == nil ? nil : security.authority ?? TLSAuthority()
        var contexts: [PartyName: TLSContext] = [:]
        let trusted = authority.map { [$0.certificate] } ?? security.authorities
        let trust = trusted.map { TLSContext.Trust.certificates($0) } ?? .system
        func certify(_ profile: inout IMClient.Profile) {
            let names = [profile.address.description, profile.imAddress]
            let identity = authority?.issue(names) ?? security.identity ?? TLSAuthority.selfSigned(names)
            profile.certificate = identity.certificate.fingerprint(.sha256)
            contexts[profile.party] = TLSContext(identity, trust: trust)
        }
        for index in clients.indices { certify(&clients[index]) }
        for party in stewards.keys.sorted() {
            if var steward = stewards[party] {
                certify(&steward)
                stewards[party] = steward
            }
        }
        if let configuration = server, let authority {
            let identity = authority.issue([configuration.domain, configuration.address.description])
            server?.certificate = identity.certificate.fingerprint(.sha256)
            contexts[.server] = TLSContext(identity, trust: trust)
        }
        return contexts
    }
}
