import Bytes

/// A digest of a certificate, by which the other end of a connection is known.
///
/// RFC 8122 §5
package struct CertificateFingerprint: Hashable, Sendable, CustomStringConvertible {
    /// The digests that are taken; MD5 and MD2 prove nothing any more.
    package enum Hash: String, Sendable, CaseIterable {
        case sha1 = "sha-1"
        case sha224 = "sha-224"
        case sha256 = "sha-256"
        case sha384 = "sha-384"
        case sha512 = "sha-512"

        package var length: Int {
            switch self {
            case .sha1: 20
            case .sha224: 28
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }
    }

    package let hash: Hash
    package let bytes: [UInt8]

    /// - Returns: nil when there are not as many bytes as the digest has.
    package init?(_ hash: Hash, _ bytes: [UInt8]) {
        guard bytes.count == hash.length else { return nil }
        self.hash = hash
        self.bytes = bytes
    }

    /// The fingerprint that the value of an attribute writes: the name of the digest, a space, and pairs of digits.
    ///
    /// - Returns: nil for anything else.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let hash = Hash(rawValue: words[0].lowercased()) else { return nil }
        let pairs = words[1].split(separator: ":", omittingEmptySubsequences: false)
        let bytes = pairs.compactMap { pair in
            pair.utf8.count == 2 && pair.utf8.allSatisfy(\.isHexDigit) ? UInt8(pair, radix: 16) : nil
        }
        guard bytes.count == pairs.count else { return nil }
        self.init(hash, bytes)
    }

    /// The value of the attribute, with digits in upper case.
    package var description: String {
        "\(hash.rawValue) \(bytes.map(\.hexPair).joined(separator: ":"))"
    }
}
