import COpenSSL
import Network
import Synchronization

/// An authority in memory, which lasts as long as the program and signs whatever it is asked to.
///
/// For the embedded server and its clients, and for tests; its key is never written anywhere.
package final class TLSAuthority: Sendable {
    /// When a certificate holds, in seconds from now.
    package typealias Validity = ClosedRange<Int>

    /// From yesterday until a month from now.
    package static let usual: Validity = -86_400...2_592_000

    private let identity: TLSIdentity
    private let serial = Mutex(1)

    package init(named name: String = "Parley throwaway CA") {
        identity = Self.make(name, names: [], Self.usual, serial: 1, signedBy: nil, isAuthority: true)
    }

    package var certificate: TLSCertificate { identity.certificate }

    /// A new key with a certificate of this authority for the names: domains, addresses, and SIP URIs.
    package func issue(_ names: [String], validity: Validity = usual) -> TLSIdentity {
        let next = serial.withLock { serial in
            serial += 1
            return serial
        }
        return Self.make(names.first ?? "", names: names, validity, serial: next, signedBy: identity)
    }

    /// A new key with a certificate that it has signed itself.
    package static func selfSigned(_ names: [String], validity: Validity = usual) -> TLSIdentity {
        make(names.first ?? "", names: names, validity, serial: 1, signedBy: nil)
    }

    private static func make(
        _ commonName: String, names: [String], _ validity: Validity, serial: Int, signedBy issuer: TLSIdentity?,
        isAuthority: Bool = false
    ) -> TLSIdentity {
        guard let key = parley_make_key(), let native = X509_new() else {
            preconditionFailure("libcrypto makes no key")
        }
        let certificate = TLSCertificate(owning: native)
        X509_set_version(native, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(native), serial)
        X509_gmtime_adj(X509_getm_notBefore(native), validity.lowerBound)
        X509_gmtime_adj(X509_getm_notAfter(native), validity.upperBound)
        X509_set_pubkey(native, key)
        X509_NAME_add_entry_by_txt(X509_get_subject_name(native), "CN", MBSTRING_UTF8, commonName, -1, -1, 0)
        let issuing = issuer?.certificate.native ?? native
        X509_set_issuer_name(native, X509_get_subject_name(issuing))
        var extensions = [(NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "CA:FALSE")]
        if isAuthority { extensions.append((NID_key_usage, "critical,keyCertSign,cRLSign")) }
        extensions.append((NID_subject_key_identifier, "hash"))
        if !names.isEmpty { extensions.append((NID_subject_alt_name, names.map(alternative).joined(separator: ","))) }
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuing, native, nil, nil, 0)
        for (kind, value) in extensions {
            guard let item = X509V3_EXT_nconf_nid(nil, &context, kind, value) else {
                preconditionFailure("No certificate can be for “\(value)”")
            }
            X509_add_ext(native, item, -1)
            X509_EXTENSION_free(item)
        }
        guard X509_sign(native, issuer?.key ?? key, EVP_sha256()) > 0 else {
            preconditionFailure("libcrypto signs no certificate")
        }
        return TLSIdentity(certificate, chain: [], owningKey: key)
    }

    private static func alternative(_ name: String) -> String {
        if name.hasPrefix("sip:") { return "URI:\(name)" }
        return IPAddress(host: name).map { "IP:\($0)" } ?? "DNS:\(name)"
    }
}
