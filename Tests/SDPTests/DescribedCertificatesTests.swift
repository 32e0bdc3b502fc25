import Bytes
import SDP
import Testing

@Suite struct DescribedCertificatesTests {
    private func description(_ lines: String...) throws -> SessionDescription {
        let start = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0"]
        return try SessionDescription(parsing: Array((start + lines).map { $0 + "\r\n" }.joined().utf8))
    }

    @Test func `The fingerprint of a line goes before that of the session`() throws {
        var certificates = DescribedCertificates(capacity: 10)
        certificates.note(
            try description(
                "a=fingerprint:sha-1 AA", "m=message 2855 TCP/TLS/MSRP *", "a=path:msrps://192.0.2.1:2855/one;tcp",
                "m=message 2855 TCP/TLS/MSRP *", "a=path:msrps://192.0.2.1:2855/two;tcp", "a=fingerprint:sha-1 BB",
                "m=message 2855 TCP/MSRP *", "a=path:msrp://192.0.2.1:2855/three;tcp"))
        #expect(certificates.fingerprint(of: "msrps://192.0.2.1:2855/one;tcp") == "sha-1 AA")
        #expect(certificates.fingerprint(of: "msrps://192.0.2.1:2855/two;tcp") == "sha-1 BB")
        #expect(certificates.fingerprint(of: "msrp://192.0.2.1:2855/three;tcp") == nil)
    }

    @Test func `Only so many are remembered, and of each the latest`() throws {
        var certificates = DescribedCertificates(capacity: 2)
        for (name, fingerprint) in [("one", "AA"), ("two", "BB"), ("two", "CC"), ("three", "DD")] {
            certificates.note(
                try description(
                    "m=message 2855 TCP/TLS/MSRP *", "a=path:msrps://192.0.2.1:2855/\(name);tcp",
                    "a=fingerprint:sha-1 \(fingerprint)"))
        }
        let known = ["one", "two", "three"].map { certificates.fingerprint(of: "msrps://192.0.2.1:2855/\($0);tcp") }
        #expect(known == [nil, "sha-1 CC", "sha-1 DD"])
    }
}
