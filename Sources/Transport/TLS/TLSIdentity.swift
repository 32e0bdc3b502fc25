import COpenSSL

/// What a party proves by who it is: a key, its certificate, and those that lead to an authority.
///
/// Unchecked: it does not change once it is made, and libcrypto counts references for all threads.
package final class TLSIdentity: @unchecked Sendable {
    /// Why files are no identity, in words.
    package enum Flaw: Error, Equatable {
        case noCertificate
        case noKey
        /// The key belongs to another certificate.
        case foreignKey

        /// What is wrong and what to do, after the name of the file.
        package var words: String {
            switch self {
            case .noCertificate: "has no certificate; give one in PEM, then those that lead to its authority"
            case .noKey: "has no private key without a passphrase; give one in PEM"
            case .foreignKey: "has a private key that belongs to another certificate; give that of this one"
            }
        }
    }

    package let certificate: TLSCertificate
    let chain: [TLSCertificate]
    let key: OpaquePointer

    /// Takes over a reference to the key.
    init(_ certificate: TLSCertificate, chain: [TLSCertificate] = [], owningKey key: OpaquePointer) {
        self.certificate = certificate
        self.chain = chain
        self.key = key
    }

    /// The identity that files in PEM hold.
    package convenience init(certificates: String, key text: String) throws(Flaw) {
        let certificates = TLSCertificate.all(in: certificates)
        guard let first = certificates.first else { throw .noCertificate }
        // Nobody is asked for a passphrase: an empty one is given.
        let key = TLSCertificate.parsing(text) { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in 0 }, nil) }
        guard let key else { throw .noKey }
        self.init(first, chain: Array(certificates.dropFirst()), owningKey: key)
        guard X509_check_private_key(first.native, key) == 1 else { throw .foreignKey }
    }

    deinit { EVP_PKEY_free(key) }

    /// The private key in PEM.
    package var keyText: String {
        TLSCertificate.reading { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
    }
}
