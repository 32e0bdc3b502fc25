import Cryptography

/// What digests are computed with.
///
/// RFC 7616 §6.1
package enum DigestAlgorithm: String, Sendable, CaseIterable {
    case md5 = "MD5"
    case sha256 = "SHA-256"
    /// MD5, with what a SIM card answers in the place of the password (RFC 3310).
    case akaV1MD5 = "AKAv1-MD5"

    /// Whether it takes a SIM card to answer, and not a password.
    var needsSubscriber: Bool { self == .akaV1MD5 }

    /// The algorithm of a parameter; without one it is MD5.
    init?(parameter: String?) {
        guard let parameter else {
            self = .md5
            return
        }
        guard let known = Self.allCases.first(where: { $0.rawValue.lowercased() == parameter.lowercased() }) else {
            return nil
        }
        self = known
    }

    /// The function H of the RFC, in hexadecimal.
    func digest(_ text: String) -> String { digest(Array(text.utf8)) }

    func digest(_ bytes: [UInt8]) -> String {
        switch self {
        case .md5, .akaV1MD5: Digest(.md5, of: bytes).hexadecimal
        case .sha256: Digest(.sha256, of: bytes).hexadecimal
        }
    }
}

/// What a digest protects.
///
/// RFC 7616 §3.3 qop
package enum QualityOfProtection: String, Sendable, CaseIterable {
    case authentication = "auth"
    /// The content of the request as well.
    case integrity = "auth-int"
}
