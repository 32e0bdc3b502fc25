import Foundation
import Network
import Transport

/// By which certificate `parley serve` is known, and whose it takes.
struct ServerSecurity {
    let context: TLSContext
    let fingerprint: CertificateFingerprint
    let admittedClients: ExpectedPeer

    /// What the options say, or nil where they do not speak of TLS.
    init?(_ arguments: Arguments, domain: String, address: IPAddress) throws(UsageError) {
        let certificate = arguments.value("--tls-certificate")
        let (key, authorityPath) = (arguments.value("--tls-key"), arguments.value("--tls-ca-file"))
        guard (certificate == nil) == (key == nil) else {
            throw UsageError("--tls-certificate and --tls-key go together.")
        }
        guard !arguments.has("--tls") || certificate == nil else {
            throw UsageError("--tls makes a certificate, and --tls-certificate names one; give one of the two.")
        }
        guard authorityPath == nil || arguments.has("--tls") else { throw UsageError("--tls-ca-file needs --tls.") }
        let clientAuthorities = arguments.value("--tls-client-ca")
        guard arguments.has("--tls") || certificate != nil else {
            guard clientAuthorities == nil else {
                throw UsageError("--tls-client-ca needs --tls or --tls-certificate.")
            }
            return nil
        }
        let identity: TLSIdentity
        var trusted: [TLSCertificate] = []
        if let certificate, let key {
            identity = try TLSFile.identity(
                certificate: NamedFile(certificate, namedBy: "--tls-certificate"),
                key: NamedFile(key, namedBy: "--tls-key"))
        } else {
            let authority = TLSAuthority()
            identity = authority.issue([domain, address.description])
            trusted = [authority.certificate]
            if let authorityPath { try Self.write(authority.certificate, to: authorityPath) }
        }
        if let clientAuthorities {
            let file = NamedFile(clientAuthorities, namedBy: "--tls-client-ca")
            trusted = TLSCertificate.all(in: try TLSFile.text(of: file))
        }
        guard clientAuthorities == nil || !trusted.isEmpty else {
            throw UsageError(
                input: "“\(clientAuthorities ?? "")” has no certificate in PEM, so that nobody could come in.")
        }
        context = TLSContext(identity, trust: .certificates(trusted))
        fingerprint = identity.certificate.fingerprint(.sha256)
        admittedClients = clientAuthorities == nil ? .anybody : .trusted
    }

    private static func write(_ certificate: TLSCertificate, to path: String) throws(UsageError) {
        do {
            try certificate.text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw UsageError(input: "“\(path)” cannot be written to.")
        }
    }
}
