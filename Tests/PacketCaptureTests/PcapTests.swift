import Network
import Testing

@testable import PacketCapture

@Suite struct PcapTests {
    @Test(
        arguments: [
            (.little, 0xA1B2_C3D4, 1_000), (.big, 0xA1B2_C3D4, 1_000), (.little, 0xA1B2_3C4D, 1),
            (.big, 0xA1B2_3C4D, 1),
        ] as [(FileBuilder.Order, UInt32, Int64)])
    func `Both byte orders and both units are read`(
        order: FileBuilder.Order, magic: UInt32, nanoseconds: Int64
    ) throws {
        let capture = try Capture(parsing: file(order, magic, lengths: [(3, 3), (2, 90)]))
        #expect(capture.interfaces.map(\.linkType) == [.linuxSLL2])
        #expect(capture.packets.map(\.bytes) == [[1, 2, 3], [1, 2]])
        #expect(capture.packets.map(\.originalLength) == [3, 90])
        let time = 1_500_000_000 * 1_000_000_000 + 123_456 * nanoseconds
        #expect(capture.packets.map(\.time.nanoseconds) == [time, time])
        #expect(capture.defects.isEmpty)
    }

    @Test func `A file cut anywhere gives everything before the cut, and says that it was cut`() throws {
        let whole = file(.little, 0xA1B2_C3D4, lengths: [(3, 3), (5, 5)])
        for length in 4..<whole.count {
            let capture = try Capture(parsing: Array(whole[..<length]))
            #expect(capture.packets.count == (length < 43 ? 0 : 1))
            #expect(capture.defects.isEmpty == [24, 43].contains(length))
        }
        #expect(
            try Capture(parsing: Array(whole[..<50])).defects == [
                "The file ends in the middle of packet 2, at byte 43; everything before it has been read."
            ])
    }

    @Test func `A length beyond the file ends the reading`() throws {
        var builder = FileBuilder(.little)
        builder.put(file(.little, 0xA1B2_C3D4, lengths: [(3, 3)]))
        builder.put(UInt32(0), UInt32(0), UInt32.max, UInt32.max, UInt32(0))
        let capture = try Capture(parsing: builder.bytes)
        #expect(capture.packets.count == 1)
        #expect(capture.defects.count == 1)
    }

    private func file(_ order: FileBuilder.Order, _ magic: UInt32, lengths: [(UInt32, UInt32)]) -> [UInt8] {
        var builder = FileBuilder(order)
        builder.put(magic, UInt16(2), UInt16(4), UInt32(0), UInt32(0), UInt32(65_535), UInt32(276))
        for (captured, original) in lengths {
            builder.put(UInt32(1_500_000_000), UInt32(123_456), captured, original)
            builder.put((0..<captured).map { UInt8($0 + 1) })
        }
        return builder.bytes
    }
}
