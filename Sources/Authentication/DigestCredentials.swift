import Bytes

/// The answer to a challenge: the value of Authorization or Proxy-Authorization.
///
/// RFC 7616 §3.4
package struct DigestCredentials: Hashable, Sendable, CustomStringConvertible {
    /// What makes every use of a nonce another one.
    package struct Use: Hashable, Sendable {
        package var quality: QualityOfProtection
        /// How often the nonce has been used with this, as eight hexadecimal digits.
        package var count: String
        package var clientNonce: String

        package init(_ quality: QualityOfProtection, count: String, clientNonce: String) {
            self.quality = quality
            self.count = count
            self.clientNonce = clientNonce
        }
    }

    package var username: String
    package var realm: String
    package var nonce: String
    package var uri: String
    package var algorithm: DigestAlgorithm
    package var opaque: String?
    /// Nil where the server knows no quality of protection.
    package var use: Use?
    /// The proof that its sender knows the password, in hexadecimal.
    package var response: String
    /// AUTS, by which a SIM card tells a network that is behind it how far, in Base64 (RFC 3310 §3.4).
    package var synchronization: String?

    /// Answers a challenge.
    package init(
        answering challenge: DigestChallenge, use: Use?, username: String, password: [UInt8],
        synchronization: [UInt8]? = nil, method: String, uri: String, content: [UInt8]
    ) {
        self.username = username
        realm = challenge.realm
        nonce = challenge.nonce
        self.uri = uri
        algorithm = challenge.algorithm
        opaque = challenge.opaque
        self.use = use
        self.synchronization = synchronization.map { Base64.text(of: $0) }
        response = ""
        response = expectedResponse(password: password, method: method, content: content)
    }

    /// The credentials that a field value holds, or nil when it holds none that can be verified.
    package init?(parsing text: String) {
        guard let all = AuthenticationParameters.all(in: text), all.count == 1,
            let parameters = all.first, parameters.scheme.lowercased() == "digest",
            let username = parameters["username"], let realm = parameters["realm"], let nonce = parameters["nonce"],
            let uri = parameters["uri"], let response = parameters["response"],
            let algorithm = DigestAlgorithm(parameter: parameters["algorithm"])
        else { return nil }
        self.username = username
        self.realm = realm
        self.nonce = nonce
        self.uri = uri
        self.algorithm = algorithm
        self.response = response
        opaque = parameters["opaque"]
        synchronization = parameters["auts"]
        guard let quality = parameters["qop"] else { return }
        guard let known = QualityOfProtection(rawValue: quality.lowercased()), let count = parameters["nc"],
            count.utf8.count == 8, count.utf8.allSatisfy(\.isHexDigit), let clientNonce = parameters["cnonce"]
        else { return nil }
        use = Use(known, count: count, clientNonce: clientNonce)
    }

    /// The response that a request gets from a sender who knows the password.
    ///
    /// RFC 7616 §3.4.1 to §3.4.3
    func expectedResponse(password: [UInt8], method: String, content: [UInt8]) -> String {
        let secret = algorithm.digest(Array("\(username):\(realm):".utf8) + password)
        switch use {
        case nil:
            return algorithm.digest("\(secret):\(nonce):\(algorithm.digest("\(method):\(uri)"))")
        case let use?:
            let subject =
                switch use.quality {
                case .authentication: "\(method):\(uri)"
                case .integrity: "\(method):\(uri):\(algorithm.digest(content))"
                }
            let freshness = "\(nonce):\(use.count):\(use.clientNonce):\(use.quality.rawValue)"
            return algorithm.digest("\(secret):\(freshness):\(algorithm.digest(subject))")
        }
    }

    package var description: String {
        let quoted = AuthenticationParameters.quoted
        var text = "Digest username=\(quoted(username)), realm=\(quoted(realm)), nonce=\(quoted(nonce))"
        text += ", uri=\(quoted(uri)), response=\"\(response)\", algorithm=\(algorithm.rawValue)"
        if let opaque { text += ", opaque=\(quoted(opaque))" }
        if let synchronization { text += ", auts=\(quoted(synchronization))" }
        if let use {
            text += ", qop=\(use.quality.rawValue), nc=\(use.count), cnonce=\(quoted(use.clientNonce))"
        }
        return text
    }
}
