import Network
import SIPSyntax

// What the scheme sips asks of the server: TLS on every hop, and URIs of its own that promise the same.

extension SIPURI {
    /// The address by which the server knows a user, whichever scheme it is written in.
    ///
    /// RFC 5630 §5.2: the two that differ in their scheme alone are equivalent to a registrar.
    var userAddress: String {
        var uri = self
        uri.scheme = "sip"
        return uri.addressOfRecord
    }
}

extension SIPMessage {
    /// Whether the request has to be secured on every hop.
    ///
    /// RFC 3261 §26.2.2
    var asksForSecurity: Bool { sipRequestURI?.isSecure ?? false }
}

extension Binding {
    /// The Request-URI of such a request to the contact, in the scheme in which the request has come.
    ///
    /// RFC 5630 §5.3: what was asked for without sips is not upgraded, and goes over TLS all the same.
    func requestURI(for request: SIPMessage) -> String {
        guard uri.isSecure, !request.asksForSecurity, var target = try? SIPURI(parsing: requestURI) else {
            return requestURI
        }
        target.scheme = "sip"
        target.parameters.set("transport", "tls")
        return target.description
    }
}

extension Refusal {
    /// The refusal of a request for sips to a user who has no contact for it.
    ///
    /// RFC 5630 §5.3, with the warning 380 of its §9
    static func sipsNotAllowed(by host: String) -> Refusal {
        Refusal(480, fields: [SIPField(.warning, "380 \(host) \"SIPS Not Allowed\"")])
    }
}

extension String {
    /// One of the server's own contacts for a dialog that a request for sips begins.
    ///
    /// RFC 3261 §12.1.1
    var asSecureContact: String {
        replacing("sip:", with: "sips:", maxReplacements: 1).replacing(TransportProtocol.tls.sipParameter, with: "")
    }
}
