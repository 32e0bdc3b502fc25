import Bytes
import Testing

@Suite struct TextTests {
    @Test(
        arguments: [
            [], [0x41], [0xC3, 0xA9], [0xC3], [0xC3, 0x41], [0x80, 0x80], [0xE2, 0x82], [0xE2, 0x82, 0xAC],
            [0xE2, 0x28, 0xA1],
            [0xF0, 0x9F, 0x98, 0x80], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x41, 0x98], [0xED, 0xA0, 0x80], [0xC0, 0xAF],
            [0xF5, 0x80, 0x80, 0x80], [0xFF, 0xFE, 0x00], [0xF4, 0x90, 0x80, 0x80],
        ] as [[UInt8]])
    func `What is no UTF-8 is shown as the standard library shows it`(bytes: [UInt8]) {
        #expect(bytes.text == String(decoding: bytes, as: UTF8.self))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `Any bytes have a text, which is that of the standard library`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for length in 0..<100 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(bytes.text == String(decoding: bytes, as: UTF8.self))
        }
    }
}
