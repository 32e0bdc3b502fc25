import COpenSSL

/// What the secured connections of one node have in common: what it proves by who it is, and whom it trusts.
///
/// Unchecked: it does not change once it is made, and libssl lets all threads make sessions of it.
package final class TLSContext: @unchecked Sendable {
    /// Which versions a party speaks.
    package enum Versions: Sendable {
        /// TLS 1.2 and 1.3; anything older is refused.
        ///
        /// RFC 8996
        case current
        /// TLS 1.2 alone.
        case only12
        /// TLS 1.1 alone, to play a party that is not up to date.
        case outdated
    }

    /// The authorities that are trusted.
    package enum Trust {
        /// Those that come with the operating system.
        case system
        case certificates([TLSCertificate])
    }

    let native: OpaquePointer
    package let identity: TLSIdentity?

    package init(_ identity: TLSIdentity?, trust: Trust, versions: Versions = .current) {
        self.identity = identity
        guard let native = SSL_CTX_new(TLS_method()) else { preconditionFailure("libssl gives no context") }
        self.native = native
        switch versions {
        case .current: parley_set_versions(native, TLS1_2_VERSION, TLS1_3_VERSION)
        case .only12: parley_set_versions(native, TLS1_2_VERSION, TLS1_2_VERSION)
        case .outdated:
            parley_set_versions(native, TLS1_1_VERSION, TLS1_1_VERSION)
            // The signatures of TLS 1.1 are below what libssl allows by itself.
            SSL_CTX_set_cipher_list(native, "DEFAULT:@SECLEVEL=0")
        }
        // Nothing is renegotiated or resumed: each connection is judged by itself, and its secrets are its own.
        SSL_CTX_set_options(native, parley_no_renegotiation())
        parley_forget_sessions(native)
        if let identity {
            SSL_CTX_use_certificate(native, identity.certificate.native)
            SSL_CTX_use_PrivateKey(native, identity.key)
            for certificate in identity.chain { _ = parley_add_to_chain(native, certificate.native) }
        }
        switch trust {
        case .system: SSL_CTX_set_default_verify_paths(native)
        case .certificates(let certificates):
            // Who names the certificate of the server itself trusts that, whoever has signed it.
            X509_STORE_set_flags(SSL_CTX_get_cert_store(native), UInt(X509_V_FLAG_PARTIAL_CHAIN))
            for certificate in certificates {
                X509_STORE_add_cert(SSL_CTX_get_cert_store(native), certificate.native)
            }
        }
        SSL_CTX_set_cert_verify_callback(native, { store, _ in TLSSession.verify(store) }, nil)
        SSL_CTX_set_keylog_callback(native) { session, line in
            guard let line else { return }
            TLSSession.owner(of: session)?.secrets.append(String(cString: line))
        }
    }

    deinit { SSL_CTX_free(native) }
}
