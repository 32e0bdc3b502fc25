package import Network

/// Why a connection cannot be secured, or is not any more.
package enum TLSFault: Error, Equatable {
    case wrongName(of: [String], expected: String)
    case wrongFingerprint(CertificateFingerprint, expected: CertificateFingerprint)
    case expired(subject: String, end: String)
    case notYetValid(subject: String, beginning: String)
    case selfSigned(subject: String)
    case untrusted(subject: String, issuer: String)
    /// The certificate is wrong in another way, in the words of libcrypto.
    case badCertificate(subject: String, reason: String)
    case noCertificate
    case outdated
    /// The peer has refused the handshake, in the words of its alert.
    case refused(alert: String)
    case notTLS
    case endedEarly
    /// The stream ended without close_notify.
    case truncated
    case tooSlow
    /// Anything else, in the words of libssl.
    case other(String)

    /// What the peer has done, and what to do about it.
    package var words: String {
        switch self {
        case .wrongName(let names, let expected):
            "its certificate is for \(names.joined(separator: ", ")), not for \(expected); expect the name that it "
                + "has, or give it a certificate for this one"
        case .wrongFingerprint(let fingerprint, let expected):
            "its certificate has the fingerprint \(fingerprint), not \(expected), which its description gives"
        case .expired(let subject, let end):
            "its certificate (\(subject)) has expired on \(end); renew it, or set the clock of this machine"
        case .notYetValid(let subject, let beginning):
            "its certificate (\(subject)) holds from \(beginning) on; wait, or set the clock of this machine"
        case .selfSigned(let subject):
            "its certificate (\(subject)) is signed by itself, and nobody has said to trust it; name it as an "
                + "authority if it is the right one"
        case .untrusted(let subject, let issuer):
            "its certificate (\(subject)) is signed by \(issuer), which is not trusted; name the certificate of "
                + "that authority, or have the peer send those in between"
        case .badCertificate(let subject, let reason): "its certificate (\(subject)) does not hold: \(reason)"
        case .noCertificate: "it has shown no certificate, and has to; give it one"
        case .outdated: "it wants a version of TLS before 1.2, which is refused; let it speak TLS 1.2 or 1.3"
        case .refused(let alert): "it refuses the handshake with the alert “\(alert)”\(Self.hint(about: alert))"
        case .notTLS: "it does not speak TLS; name a port where it does"
        case .endedEarly: "it has ended the connection during the TLS handshake; its log may say why"
        case .truncated: "it has ended the connection without close_notify, so that something may be missing"
        case .tooSlow: "it has not finished the TLS handshake in time; look whether it speaks TLS there"
        case .other(let reason): "TLS fails: \(reason)"
        }
    }

    /// Whether the peer does not take what this side proves by who it is.
    ///
    /// RFC 8446 §6.2
    var deniesThisSide: Bool {
        guard case .refused(let alert) = self else { return false }
        return Self.hintAboutCertificate(alert) != nil
    }

    private static func hint(about alert: String) -> String {
        switch alert {
        case "protocol version": "; it speaks no version that this side does, which are TLS 1.2 and 1.3"
        case "handshake failure":
            "; it may want a certificate of this side, or speak no cipher suite that this side does"
        default: hintAboutCertificate(alert) ?? ""
        }
    }

    private static func hintAboutCertificate(_ alert: String) -> String? {
        switch alert {
        case "certificate required": "; give this side a certificate"
        case "unknown CA", "bad certificate", "unsupported certificate", "certificate unknown", "access denied":
            "; it does not take the certificate of this side: let it trust that, or give another"
        case "certificate expired", "certificate revoked": "; renew the certificate of this side"
        default: nil
        }
    }
}
