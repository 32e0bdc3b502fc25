import Bytes
import Testing

/// Bytes as text and back, by RFC 4648 §4 and §10.
struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `The vectors of the specification are written and read`(text: String, encoded: String) {
        #expect(Base64.text(of: text.utf8) == encoded)
        #expect(Base64.bytes(of: encoded) == Array(text.utf8))
    }

    @Test func `Every byte comes back, at every length`() {
        let bytes = (0...255).map { UInt8($0) }
        for length in 0...256 {
            #expect(Base64.bytes(of: Base64.text(of: bytes.suffix(length))) == bytes.suffix(length))
        }
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Z===", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zm9*"])
    func `What is no base64 with its padding has no bytes`(text: String) {
        #expect(Base64.bytes(of: text) == nil)
    }
}
