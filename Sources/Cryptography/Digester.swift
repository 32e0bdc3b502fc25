import COpenSSL

/// Computes one digest of bytes that come in pieces; owns the state that libcrypto keeps of it.
package struct Digester: ~Copyable {
    private let context: OpaquePointer

    package init(_ algorithm: Digest.Algorithm) {
        let method =
            switch algorithm {
            case .md5: EVP_md5()
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            }
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, method, nil) == 1 else {
            preconditionFailure("libcrypto gives no \(algorithm.rawValue)")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    package mutating func update(_ bytes: some Sequence<UInt8>) {
        let absorbed: Void? = bytes.withContiguousStorageIfAvailable { absorb(UnsafeRawBufferPointer($0)) }
        if absorbed == nil { Array(bytes).withUnsafeBytes { absorb($0) } }
    }

    package consuming func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &digest, &count) == 1 else { preconditionFailure("libcrypto ends no digest") }
        return Array(digest.prefix(Int(count)))
    }

    private func absorb(_ bytes: UnsafeRawBufferPointer) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
            preconditionFailure("libcrypto takes no more bytes")
        }
    }
}
