import Actors
import Conformance
package import Network
import ReferenceServer
package import Transport

/// What clients show to a system under test over TLS, and what they expect of it.
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
        let authority = TLSAuthority()
        var contexts: [PartyName: TLSContext] = [:]
        let trust: TLSContext.Trust =
            server == nil
            ? security.authorities.map { .certificates($0) } ?? .system : .certificates([authority.certificate])
        for index in clients.indices {
            let names = [clients[index].address.description, clients[index].imAddress]
            let identity = server == nil ? security.identity ?? TLSAuthority.selfSigned(names) : authority.issue(names)
            clients[index].certificate = identity.certificate.fingerprint(.sha256)
            contexts[clients[index].party] = TLSContext(identity, trust: trust)
        }
        if let configuration = server {
            let identity = authority.issue([configuration.domain, configuration.address.description])
            server?.certificate = identity.certificate.fingerprint(.sha256)
            contexts[.server] = TLSContext(identity, trust: trust)
        }
        return contexts
    }
}
