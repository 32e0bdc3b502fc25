/// The digest of a message.
package struct Digest: Hashable, Sendable {
    package enum Algorithm: String, Sendable, CaseIterable {
        /// RFC 1321
        case md5 = "MD5"
        /// FIPS 180-4 §6.1
        case sha1 = "SHA-1"
        /// FIPS 180-4 §6.2
        case sha256 = "SHA-256"
    }

    package let bytes: [UInt8]

    package init(_ algorithm: Algorithm, of message: some Sequence<UInt8>) {
        var digester = Digester(algorithm)
        digester.update(message)
        bytes = digester.finish()
    }

    /// The digest in hexadecimal, lower case.
    package var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
