import Bytes
import Testing

/// The classes of RFC 5234 Appendix B.1.
struct ByteClassTests {
    private func members(_ isMember: (UInt8) -> Bool) -> Set<UInt8> {
        Set((0...255).filter(isMember))
    }

    @Test func `The core classes have the members of the RFC and no others`() {
        #expect(members(\.isDigit) == Set("0123456789".utf8))
        #expect(members(\.isHexDigit) == Set("0123456789ABCDEFabcdef".utf8))
        #expect(members(\.isAlpha) == Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8))
        #expect(members(\.isWhitespace) == [0x20, 0x09])
        #expect(members(\.isVisible) == Set(0x21...0x7E))
        #expect(members(\.isControl) == Set(0x00...0x1F).union([0x7F]))
    }

    @Test(arguments: [(0x00, "00"), (0x0A, "0A"), (0x0F, "0F"), (0x10, "10"), (0xFF, "FF")] as [(UInt8, String)])
    func `A byte is two digits`(byte: UInt8, digits: String) {
        #expect(byte.hexPair == digits)
    }

    @Test func `Lower case changes letters and nothing else`() {
        #expect(Array("AZaz09[@`{".utf8).map(\.lowercased) == Array("azaz09[@`{".utf8))
        #expect(UInt8(0xC0).lowercased == 0xC0)
    }

    @Test func `Bytes that are no UTF-8 are shown as such and not dropped`() {
        #expect([UInt8]([0x61, 0xFF, 0x62]).text == "a\u{FFFD}b")
    }
}
