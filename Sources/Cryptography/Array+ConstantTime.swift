import COpenSSL

extension [UInt8] {
    /// Whether these are the same bytes, found out in a time that tells nothing but their number.
    package func isEqualInConstantTime(to other: [UInt8]) -> Bool {
        count == other.count && CRYPTO_memcmp(self, other, count) == 0
    }
}
