import Bytes
import Cryptography

extension StyleSheet {
    /// The content security policy of a page with this style sheet.
    ///
    /// The digest lets the style sheet in and nothing else: whatever else a page can fetch or run is forbidden.
    static var policy: String {
        let digest = Base64.text(of: Digest(.sha256, of: text.utf8).bytes)
        return "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
    }
}
