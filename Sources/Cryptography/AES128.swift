import COpenSSL

/// The block cipher AES with a key of 128 bits, a block at a time.
///
/// FIPS 197
package struct AES128: Hashable, Sendable {
    package static let blockSize = 16

    private let key: [UInt8]

    /// - Returns: nil unless the key has 16 bytes.
    package init?(key: [UInt8]) {
        guard key.count == Self.blockSize else { return nil }
        self.key = key
    }

    /// Encrypts one block of 16 bytes.
    package func encrypt(_ block: [UInt8]) -> [UInt8] {
        precondition(block.count == Self.blockSize, "A block of AES has 16 bytes")
        guard let context = EVP_CIPHER_CTX_new() else { preconditionFailure("libcrypto gives no cipher") }
        defer { EVP_CIPHER_CTX_free(context) }
        var output = [UInt8](repeating: 0, count: 2 * Self.blockSize)
        var count: Int32 = 0
        guard EVP_EncryptInit_ex(context, EVP_aes_128_ecb(), nil, key, nil) == 1,
            EVP_CIPHER_CTX_set_padding(context, 0) == 1,
            EVP_EncryptUpdate(context, &output, &count, block, Int32(block.count)) == 1
        else { preconditionFailure("libcrypto encrypts no block") }
        return Array(output.prefix(Int(count)))
    }
}
