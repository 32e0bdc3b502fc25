import MSRP
import Network
import SDP

/// Where the server receives messages, and by which certificate it is known there.
struct MediaPlace: Hashable {
    let address: SocketAddress
    /// The fingerprint of the certificate; nil where messages come unsecured.
    let certificate: CertificateFingerprint?

    /// The path of the server in the session of this id.
    func uri(session: String) -> MSRPURI {
        MSRPURI(
            isSecure: certificate != nil, host: address.address.host, port: address.port, sessionID: session)
    }

    /// The attributes of the server in every description.
    ///
    /// RFC 8122 §5; RFC 4975 §14.4 for the self-signed
    var attributes: [Attribute] { certificate.map { [Attribute("fingerprint", $0.description)] } ?? [] }
}

extension [Attribute] {
    /// Those that say nothing of the certificate of their author.
    var withoutFingerprints: [Attribute] { filter { $0.name != "fingerprint" } }
}
