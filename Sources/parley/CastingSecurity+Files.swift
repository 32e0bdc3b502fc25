import Conformance
import Execution
import Foundation
import Network
import Transport

extension CastingSecurity {
    /// What the files hold that the description of a system names.
    init(_ tls: SystemProfile.TLS) throws(UsageError) {
        self.init()
        if let certificates = try TLSFile.authorities(of: tls) { authorities = certificates }
        if let certificate = tls.certificate, let key = tls.key {
            identity = try TLSFile.identity(
                certificate: tls.file(certificate, under: "certificate"), key: tls.file(key, under: "key"))
        }
        switch tls.check {
        case .full: expected = tls.name.map { .name($0) }
        case .authority: expected = .trusted
        case .none: expected = .anybody
        }
    }
}

/// Files with certificates and keys, whose contents are never printed.
enum TLSFile {
    static func identity(certificate: NamedFile, key: NamedFile) throws(UsageError) -> TLSIdentity {
        let (certificates, keyText) = (try text(of: certificate), try text(of: key))
        do throws(TLSIdentity.Flaw) {
            return try TLSIdentity(certificates: certificates, key: keyText)
        } catch {
            let file = error == .noCertificate ? certificate : key
            throw UsageError(input: "“\(file.path)” \(error.words).")
        }
    }

    /// The authorities that are trusted; nil for those of this machine.
    static func authorities(of tls: SystemProfile.TLS) throws(UsageError) -> [TLSCertificate]? {
        guard let path = tls.authorities else { return nil }
        let certificates = TLSCertificate.all(in: try text(of: tls.file(path, under: "ca")))
        guard !certificates.isEmpty else {
            throw UsageError(input: "“\(path)” has no certificate in PEM; “ca” names the authorities to trust.")
        }
        return certificates
    }

    static func text(of file: NamedFile) throws(UsageError) -> String {
        String(decoding: try file.contents("“\(file.path)”, which TLS needs,"), as: UTF8.self)
    }
}
