import HTTPSyntax

extension HTTPMessage {
    /// Who sends the request, as a trusted proxy says, or else as the client itself does.
    ///
    /// OMA XDM Core: X-XCAP-Asserted-Identity of the aggregation proxy; 3GPP TS 24.109 §5.2.3.2: X-3GPP-Asserted-Identity
    /// and X-3GPP-Intended-Identity, with the identities in quotes
    var assertedIdentity: String? {
        let names = ["X-XCAP-Asserted-Identity", "X-3GPP-Asserted-Identity", "X-3GPP-Intended-Identity"]
        let identity = names.lazy.compactMap { list(HTTPFieldName($0)).first }.first
        return identity.map { $0.filter { $0 != "\"" } }
    }
}
