import Authentication
import Testing

struct DigestCredentialsTests {
    struct Example: CustomStringConvertible {
        let description: String
        let challenge: DigestChallenge
        let use: DigestCredentials.Use?
        let password: String
        let response: String
    }

    private static let nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
    private static let use = DigestCredentials.Use(
        .authentication, count: "00000001", clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")

    @Test(arguments: [
        Example(
            description: "RFC 7616 §3.9.1, MD5",
            challenge: DigestChallenge(realm: "http-auth@example.org", nonce: nonce, algorithm: .md5), use: use,
            password: "Circle of Life", response: "8ca523f5e9506fed4657c9700eebdbec"),
        Example(
            description: "RFC 7616 §3.9.1, SHA-256",
            challenge: DigestChallenge(realm: "http-auth@example.org", nonce: nonce, algorithm: .sha256), use: use,
            password: "Circle of Life", response: "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        Example(
            description: "RFC 2617 §3.5",
            challenge: DigestChallenge(realm: "testrealm@host.com", nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093"),
            use: .init(.authentication, count: "00000001", clientNonce: "0a4f113b"), password: "Circle Of Life",
            response: "6629fae49393a05397450978507c4ef1"),
        Example(
            description: "RFC 2617 without a quality of protection",
            challenge: DigestChallenge(
                realm: "testrealm@host.com", nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093", qualities: []),
            use: nil, password: "Circle Of Life", response: "670fd8c2df070c60b045671b8b24ff02"),
    ])
    func `An answer is that of the RFC's example`(_ example: Example) {
        let credentials = DigestCredentials(
            answering: example.challenge, use: example.use, username: "Mufasa", password: Array(example.password.utf8),
            method: "GET", uri: "/dir/index.html", content: [])
        #expect(credentials.response == example.response)
        #expect(DigestCredentials(parsing: credentials.description) == credentials)
    }

    @Test func `With auth-int, the content counts`() {
        let challenge = DigestChallenge(realm: "r", nonce: "n", qualities: [.integrity])
        func response(_ content: String) -> String {
            DigestCredentials(
                answering: challenge, use: .init(.integrity, count: "00000001", clientNonce: "c"), username: "u",
                password: Array("p".utf8), method: "PUT", uri: "/x", content: Array(content.utf8)
            ).response
        }
        #expect(response("a") != response("b"))
    }

    @Test func `Names and realms of any characters survive`() {
        let challenge = DigestChallenge(realm: "a \"b\" \\ ü", nonce: "n,=", opaque: "o\"")
        let credentials = DigestCredentials(
            answering: challenge, use: nil, username: "u\\\"ü", password: Array("p".utf8), method: "GET", uri: "/\"",
            content: [])
        #expect(DigestCredentials(parsing: credentials.description) == credentials)
        #expect(DigestChallenge.all(in: challenge.description) == [challenge])
    }

    private static let plain = "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\"0\""

    @Test(arguments: [
        plain, plain.replacing("Digest", with: "dIGEST"), plain.replacing(", ", with: ",\t "),
        plain.replacing("=", with: " = "),
        plain + ", algorithm=\"md5\"", plain + ",", plain + ", unknown=\"x, y=z\"", plain.replacing("\"n\"", with: "n"),
        plain + ", qop=AUTH, nc=0000000a, cnonce=\"c\"", plain.replacing("nonce", with: "NONCE"),
    ])
    func `Credentials are read however they are written`(text: String) {
        #expect(DigestCredentials(parsing: text)?.nonce == "n")
    }

    @Test(arguments: [
        "", "Digest", "Basic dTpw", plain.replacing("Digest", with: "Basic"), plain.replacing("nonce", with: "once"),
        plain + ", nonce=\"m\"", plain + ", algorithm=SHA-512", plain + ", qop=auth",
        plain + ", qop=auth, nc=1, cnonce=\"c\"",
        plain + ", qop=auth, nc=0000000g, cnonce=\"c\"", plain + ", qop=other, nc=00000001, cnonce=\"c\"", plain + "\"",
        plain + ", x", plain + ", x=\"", plain + ", x=\"\\", plain + ", x=y z", "Digest " + plain, "=", "Digest =a",
        "Digest a==b", plain + " " + plain,
    ])
    func `What cannot be verified is no credentials`(text: String) {
        #expect(DigestCredentials(parsing: text) == nil)
    }

    @Test(arguments: [
        ("Digest realm=\"r\", nonce=\"n\"", 1), ("Digest realm=\"a\", nonce=\"n\", Digest realm=\"b\", nonce=\"m\"", 2),
        ("Basic realm=\"r\", Digest realm=\"b\", nonce=\"m\"", 1), ("Negotiate, Digest realm=\"b\", nonce=\"m\"", 1),
        ("Digest realm=\"r\", nonce=\"n\", algorithm=AKAv2-SHA-256", 0), ("Digest realm=\"r\"", 0),
        ("Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf\"", 0),
        ("Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf, Auth-Int\"", 1),
        ("nonsense \"", 0), ("", 0),
    ])
    func `A field may hold several challenges`(text: String, count: Int) {
        #expect(DigestChallenge.all(in: text).count == count)
    }

    @Test func `A challenge says all that it has to`() {
        let challenge = DigestChallenge(
            realm: "r", nonce: "n", algorithm: .sha256, qualities: [.authentication, .integrity], opaque: "o",
            isStale: true)
        let text = "Digest realm=\"r\", nonce=\"n\", opaque=\"o\", stale=true, algorithm=SHA-256, qop=\"auth,auth-int\""
        #expect(challenge.description == text)
        #expect(DigestChallenge.all(in: text) == [challenge])
    }
}
