import SDP
import SIPSyntax

/// What a refusal says about that which would be allowed.
extension ServicePolicy {
    /// The description of a message session that the policy allows.
    ///
    /// RFC 3264 §9: with port 0, because it says only what can be done
    func supportedDescription(host: String) -> SessionDescription {
        var attributes = [Attribute("accept-types", (acceptedMediaTypes ?? ["*"]).joined(separator: " "))]
        if let maximumSessionSize { attributes.append(Attribute("max-size", String(maximumSessionSize))) }
        let media = MediaDescription(
            kind: "message", port: 0, transport: mediaSecurity == .secured ? "TCP/TLS/MSRP" : "TCP/MSRP",
            formats: ["*"], attributes: attributes)
        let own = Connection(host: host)
        return SessionDescription(
            origin: Origin(sessionID: "0", sessionVersion: "0", address: own), connection: own, media: [media])
    }

    /// The refusal of an offer, with what would be acceptable.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.1 step 4b and §6.1.2.1 step 3b
    func refusalOfOffer(because explanation: String, host: String) -> Refusal {
        var refusal = Refusal(488, because: explanation)
        refusal.fields = [SIPField(.contentType, "application/sdp")]
        refusal.body = supportedDescription(host: host).serialized()
        return refusal
    }
}
