import COpenSSL
package import Network

/// One certificate, owned by libcrypto.
///
/// Unchecked: it does not change once it is made, and libcrypto counts references for all threads.
package final class TLSCertificate: @unchecked Sendable {
    let native: OpaquePointer

    /// Takes over a reference.
    init(owning native: OpaquePointer) {
        self.native = native
    }

    deinit { X509_free(native) }

    /// Whom it is for, for people.
    var subject: String { Self.text(of: X509_get_subject_name(native)) }

    /// Who has signed it, for people.
    var issuer: String { Self.text(of: X509_get_issuer_name(native)) }

    var isSelfSigned: Bool { X509_NAME_cmp(X509_get_subject_name(native), X509_get_issuer_name(native)) == 0 }

    var beginning: String { Self.text(of: X509_get0_notBefore(native)) }

    var end: String { Self.text(of: X509_get0_notAfter(native)) }

    package func fingerprint(_ hash: CertificateFingerprint.Hash) -> CertificateFingerprint {
        let method =
            switch hash {
            case .sha1: EVP_sha1()
            case .sha224: EVP_sha224()
            case .sha256: EVP_sha256()
            case .sha384: EVP_sha384()
            case .sha512: EVP_sha512()
            }
        var bytes = [UInt8](repeating: 0, count: hash.length)
        guard X509_digest(native, method, &bytes, nil) == 1, let fingerprint = CertificateFingerprint(hash, bytes)
        else { preconditionFailure("libcrypto digests every certificate") }
        return fingerprint
    }

    /// Whether it is for the domain, host or address.
    ///
    /// RFC 5922 §7.1: a URI of the scheme sip names a domain as a host name does, and wildcards are no names of domains.
    func isFor(_ name: String) -> Bool {
        if let address = IPAddress(host: name) {
            return X509_check_ip(native, address.bytes, address.bytes.count, 0) == 1
        }
        if X509_check_host(native, name, name.utf8.count, UInt32(X509_CHECK_FLAG_NO_WILDCARDS), nil) == 1 {
            return true
        }
        return names.contains { $0.lowercased() == "sip:\(name.lowercased())" }
    }

    /// The names that it is for: those of subjectAltName, or else that of the subject.
    package var names: [String] {
        guard let pointer = X509_get_ext_d2i(native, NID_subject_alt_name, nil, nil) else { return [subject] }
        let list = OpaquePointer(pointer)
        defer { GENERAL_NAMES_free(list) }
        return (0..<parley_name_count(list)).compactMap { index in
            guard let name = parley_name(list, index), let text = parley_text_of_name(name) else { return nil }
            let bytes = Array(
                UnsafeBufferPointer(start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text))))
            return name.pointee.type == GEN_IPADD
                ? IPAddress(bytes: bytes)?.description : String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The certificates of a file in PEM.
    package static func all(in text: String) -> [TLSCertificate] {
        parsing(text) { memory in
            var certificates: [TLSCertificate] = []
            while let native = PEM_read_bio_X509(memory, nil, nil, nil) {
                certificates.append(TLSCertificate(owning: native))
            }
            return certificates
        }
    }

    /// The certificate in PEM.
    package var text: String { Self.reading { PEM_write_bio_X509($0, native) } }

    private static func text(of name: OpaquePointer?) -> String {
        guard let name else { return "" }
        return reading { parley_print_name($0, name) }
    }

    private static func text(of time: UnsafePointer<ASN1_TIME>?) -> String { reading { ASN1_TIME_print($0, time) } }

    /// What libcrypto reads in a text.
    static func parsing<Result>(_ text: String, _ read: (OpaquePointer) -> Result) -> Result {
        // Also where there is no text there is an address.
        let bytes = Array(text.utf8) + [0]
        return bytes.withUnsafeBytes { bytes in
            guard let memory = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count - 1)) else {
                preconditionFailure("libcrypto gives no memory")
            }
            defer {
                BIO_free(memory)
                ERR_clear_error()
            }
            return read(memory)
        }
    }

    /// What libcrypto writes.
    static func reading(_ write: (OpaquePointer?) -> Int32) -> String {
        guard let memory = BIO_new(BIO_s_mem()) else { preconditionFailure("libcrypto gives no memory") }
        defer { BIO_free(memory) }
        _ = write(memory)
        var bytes = [UInt8](repeating: 0, count: BIO_ctrl_pending(memory))
        let count = BIO_read(memory, &bytes, Int32(clamping: bytes.count))
        return String(decoding: bytes.prefix(max(0, Int(count))), as: UTF8.self)
    }
}
