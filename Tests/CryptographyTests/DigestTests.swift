import Cryptography
import Testing

/// The examples of RFC 1321 §A.5 and FIPS 180-4, and others at the edges of a block.
struct DigestTests {
    @Test(arguments: [
        (Digest.Algorithm.md5, "", "d41d8cd98f00b204e9800998ecf8427e"),
        (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
        (.md5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `a digest is that of its standard`(algorithm: Digest.Algorithm, message: String, expected: String) {
        #expect(Digest(algorithm, of: message.utf8).hexadecimal == expected)
    }

    @Test func `a million letters have the digest of the standard`() {
        let digest = Digest(.sha256, of: [UInt8](repeating: 0x61, count: 1_000_000))
        #expect(digest.hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test(arguments: Digest.Algorithm.allCases)
    func `a message in pieces has the digest of the whole`(algorithm: Digest.Algorithm) {
        let message = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        for size in [1, 7, 63, 64, 65] {
            var digester = Digester(algorithm)
            for start in stride(from: 0, to: message.count, by: size) {
                digester.update(message[start..<min(start + size, message.count)])
            }
            #expect(digester.finish() == Digest(algorithm, of: message).bytes)
        }
    }

    @Test(arguments: [
        ([], [], true), ([1], [1], true), ([1], [2], false), ([1, 2], [1], false), ([1], [1, 2], false),
    ])
    func `bytes are equal or not`(first: [UInt8], second: [UInt8], expected: Bool) {
        #expect(first.isEqualInConstantTime(to: second) == expected)
    }
}
