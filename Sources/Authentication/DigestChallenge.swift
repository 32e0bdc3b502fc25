import Bytes

/// What a server asks for: the value of WWW-Authenticate or Proxy-Authenticate.
///
/// RFC 7616 §3.3, RFC 3261 §22.4
package struct DigestChallenge: Hashable, Sendable, CustomStringConvertible {
    package var realm: String
    package var nonce: String
    package var algorithm: DigestAlgorithm
    /// Empty where the server knows none, as in RFC 2069.
    package var qualities: [QualityOfProtection]
    package var opaque: String?
    /// Whether only the nonce was wrong.
    package var isStale: Bool

    package init(
        realm: String, nonce: String, algorithm: DigestAlgorithm = .md5,
        qualities: [QualityOfProtection] = [.authentication], opaque: String? = nil, isStale: Bool = false
    ) {
        self.realm = realm
        self.nonce = nonce
        self.algorithm = algorithm
        self.qualities = qualities
        self.opaque = opaque
        self.isStale = isStale
    }

    /// The challenges in a field that can be answered; those of other schemes and algorithms are passed over.
    package static func all(in text: String) -> [DigestChallenge] {
        (AuthenticationParameters.all(in: text) ?? []).compactMap(DigestChallenge.init)
    }

    private init?(_ parameters: AuthenticationParameters) {
        guard parameters.scheme.lowercased() == "digest", let realm = parameters["realm"],
            let nonce = parameters["nonce"], let algorithm = DigestAlgorithm(parameter: parameters["algorithm"])
        else { return nil }
        let offered = parameters["qop"].map { $0.split { $0 == "," || $0.isWhitespace }.map { $0.lowercased() } }
        qualities = QualityOfProtection.allCases.filter { offered?.contains($0.rawValue) == true }
        if offered != nil, qualities.isEmpty { return nil }
        self.realm = realm
        self.nonce = nonce
        self.algorithm = algorithm
        opaque = parameters["opaque"]
        isStale = parameters["stale"]?.lowercased() == "true"
    }

    package var description: String {
        var text =
            "Digest realm=\(AuthenticationParameters.quoted(realm)), nonce=\(AuthenticationParameters.quoted(nonce))"
        if let opaque { text += ", opaque=\(AuthenticationParameters.quoted(opaque))" }
        if isStale { text += ", stale=true" }
        text += ", algorithm=\(algorithm.rawValue)"
        if !qualities.isEmpty { text += ", qop=\"\(qualities.map(\.rawValue).joined(separator: ","))\"" }
        return text
    }
}
