import Actors
import Conformance
package import Network
import ReferenceServer
package import Transport

/// What clients show to a system under test over TLS and https, and what they expect of it.
///
/// Against the embedded server none of this is needed: an authority made for the run signs a certificate for everybody.
package struct CastingSecurity: Sendable {
    /// What the clients prove by who they are; nil lets each make a certificate of its own.
    package var identity: TLSIdentity?
    /// The authorities that are trusted; nil for those of the operating system.
    package var authorities: [TLSCertificate]?
    /// Who the server has to be; nil for the domain.
    ///
    /// RFC 5922 §7
    package var expected: ExpectedPeer?

    package init() {}
}

extension Casting {
    /// Gives everybody a certificate, and notes its fingerprint where others look for it.
    ///
    /// - Returns: what the connections of each party need; nothing where none is secured.
    mutating func certify() -> [PartyName: TLSContext] {
        guard let security else { return [:] }
        // The authority of this case, where it is Parley that secures both ends.
        let authority = server == nil ? nil : TLSAuthority()
        var contexts: [PartyName: TLSContext] = [:]
        let trusted = authority.map { [$0.certificate] } ?? security.authorities
        let trust = trusted.map { TLSContext.Trust.certificates($0) } ?? .system
        for index in clients.indices {
            let names = [clients[index].address.description, clients[index].imAddress]
            let identity = authority?.issue(names) ?? security.identity ?? TLSAuthority.selfSigned(names)
            // Where XCAP alone is secured there is nothing to be known of it in SDP.
            if clients[index].certificate != nil {
                clients[index].certificate = identity.certificate.fingerprint(.sha256)
            }
            contexts[clients[index].party] = TLSContext(identity, trust: trust)
        }
        if let configuration = server, let authority {
            let identity = authority.issue([configuration.domain, configuration.address.description])
            server?.certificate = identity.certificate.fingerprint(.sha256)
            contexts[.server] = TLSContext(identity, trust: trust)
        }
        return contexts
    }
}
