import Network
import Testing

@Suite struct CertificateFingerprintTests {
    private static let text = "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB"

    @Test func `A fingerprint is written as it is read`() throws {
        let fingerprint = try #require(CertificateFingerprint(Self.text))
        #expect(fingerprint.hash == .sha1)
        #expect(fingerprint.bytes.first == 0x4A && fingerprint.bytes.last == 0xAB)
        #expect(fingerprint.description == Self.text)
        #expect(CertificateFingerprint(Self.text.lowercased()) == fingerprint)
    }

    @Test(arguments: [
        "", "sha-1", "sha-1 ", "sha-1 4A", "md5 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B",
        "sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
        "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:XX",
        "sha-1 4AAD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB", "sha-1 4A AD",
    ])
    func `Anything else is none`(text: String) {
        #expect(CertificateFingerprint(text) == nil)
    }
}
