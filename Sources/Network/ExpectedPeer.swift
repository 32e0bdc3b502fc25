/// Who has to be at the other end of a secured connection.
package enum ExpectedPeer: Hashable, Sendable {
    /// Whoever is there; who accepts the connection does not even ask for a certificate.
    case anybody
    /// Whoever has a certificate; who accepts the connection learns its fingerprint.
    case certified
    /// Whoever has a certificate of an authority that is trusted, for whatever name.
    case trusted
    /// Who has a certificate of an authority that is trusted, for this domain, host or address.
    ///
    /// RFC 5922 §7
    case name(String)
    /// Who has the certificate with this fingerprint, whoever has signed it.
    ///
    /// RFC 8122 §5
    case fingerprint(CertificateFingerprint)
}
