import SIPSyntax

/// What product and release a party says it is.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix F.1
struct ReleaseVersion: Equatable {
    /// The value that this server writes.
    static let server = "IM-serv/OMA1.0"

    /// `client`, `serv` or another token.
    let device: String
    /// Such as `OMA1.0`.
    let version: String

    /// The release that the first product of a User-Agent or Server field names.
    ///
    /// - Returns: nil unless it is an IM product with a version; blanks around the slash are legal in SIP.
    init?(_ value: String) {
        let parts = value.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let product = parts[0].filter { !$0.isWhitespace }
        let version = parts[1].split(whereSeparator: \.isWhitespace).first
        guard product.uppercased().hasPrefix("IM-"), let version else { return nil }
        device = String(product.dropFirst(3))
        self.version = String(version)
    }
}
