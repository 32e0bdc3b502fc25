import Testing

@testable import Conformance

struct MediaContentTests {
    @Test func `A text has the size that is asked for, and tells its own name`() {
        for size in [1, 10, 1000, 20_000] {
            let content = MediaContent(name: "notes.txt", type: "text/plain", size: size)
            #expect(content.bytes.count == size)
            #expect(content.bytes.starts(with: Array("notes.txt, line 1\r\n".utf8).prefix(size)))
        }
    }

    @Test func `A picture is a PNG of at least the size that is asked for, and little more`() {
        for size in [1, 100, 1300, 20_000, 100_000] {
            let bytes = MediaContent(name: "picture.png", type: "image/png", size: size).bytes
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            #expect(bytes.count >= size && bytes.count < size + 300)
            #expect(bytes.suffix(8) == [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
        }
    }

    @Test func `Contents of different names differ, and the same content is always the same`() {
        let one = MediaContent(name: "one.png", type: "image/png", size: 2000)
        #expect(one.bytes == one.bytes)
        #expect(one.bytes != MediaContent(name: "two.png", type: "image/png", size: 2000).bytes)
    }
}
