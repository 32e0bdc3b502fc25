import Conformance
import Network
import Testing

@testable import PacketCapture

@Suite struct PcapngTests {
    private let datagram: [UInt8] = {
        var builder = PacketBuilder()
        return builder.datagram(Array("OPTIONS".utf8), from: Wire.address(Wire.a, 1), to: Wire.address(Wire.b, 2))
    }()

    @Test func `What is written is read again`() throws {
        let capture = Capture(
            comments: ["first line\nsecond line – ü", "another"], application: "Parley",
            interfaces: [
                Capture.Interface(linkType: .raw, name: "actors"),
                Capture.Interface(linkType: .ethernet, name: "lo", filter: "host 127.0.0.1", dropped: 0),
            ],
            names: [
                Capture.Name(address: Wire.a, name: "A"),
                Capture.Name(address: try #require(IPAddress("2001:db8::1")), name: "server"),
            ],
            packets: [
                Capture.Packet(time: Wire.at(1), bytes: datagram, direction: .outbound, comments: ["step 1"]),
                Capture.Packet(time: Wire.at(2), interface: 1, bytes: [1, 2, 3], originalLength: 60),
                Capture.Packet(
                    time: Wire.at(3) + .nanoseconds(7), bytes: [], direction: .inbound, comments: ["a", "b"]),
            ])
        #expect(try Capture(parsing: capture.serialized()) == capture)
    }

    @Test(arguments: [FileBuilder.Order.little, .big])
    func `A file of another program is read in either byte order`(order: FileBuilder.Order) throws {
        var file = FileBuilder(order)
        file.section(options: [(1, Array("a comment".utf8)), (4, Array("Dumpcap".utf8)), (3, Array("Linux".utf8))])
        file.block(0x0000_0BAD, [1, 2, 3, 4, 5])
        file.interface(101, options: [(2, Array("lo".utf8)), (9, [9]), (11, [0] + Array("udp".utf8))])
        file.packet(
            datagram, time: 1_500_000_000_123_456_789,
            options: [(1, Array("mark".utf8)), (2, file.body { $0.put(UInt32(2)) })])
        let capture = try Capture(parsing: file.bytes)
        #expect(capture.comments == ["a comment"])
        #expect(capture.application == "Dumpcap")
        #expect(capture.interfaces == [Capture.Interface(linkType: .raw, name: "lo", filter: "udp")])
        #expect(
            capture.packets == [
                Capture.Packet(
                    time: Instant(nanoseconds: 1_500_000_000_123_456_789), bytes: datagram, direction: .outbound,
                    comments: ["mark"])
            ])
        #expect(capture.defects.isEmpty)
    }

    @Test func `Sections of different byte orders and link types are read as one capture`() throws {
        var first = FileBuilder(.little)
        first.section()
        first.interface(101)
        first.packet(datagram, time: 1)
        var second = FileBuilder(.big)
        second.section(options: [(1, Array("second".utf8))])
        second.interface(1)
        second.interface(228)
        second.packet(Array(repeating: 0, count: 12) + [8, 0] + datagram, time: 2)
        second.packet(datagram, time: 3, interface: 1)
        let capture = try Capture(parsing: first.bytes + second.bytes)
        #expect(capture.interfaces.map(\.linkType) == [.raw, .ethernet, .ipv4])
        #expect(capture.packets.map(\.interface) == [0, 1, 2])
        #expect(capture.trace().entries.map(\.content) == Array(repeating: .datagram(Array("OPTIONS".utf8)), count: 3))
    }

    @Test(
        arguments: [
            ([(9, [6])], 1_500_000, 1_500_000_000), ([], 1_500_000, 1_500_000_000), ([(9, [3])], 1_500, 1_500_000_000),
            ([(9, [9])], 7, 7), ([(9, [12])], 7_000, 7), ([(9, [0x8A])], 1_536, 1_500_000_000),
            ([(9, [0])], 2, 2_000_000_000), ([(9, [0xBF])], 1 << 62, 500_000_000),
            ([(9, [0]), (14, [10, 0, 0, 0, 0, 0, 0, 0])], 2, 12_000_000_000),
            ([(9, [0]), (14, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])], 2, 1_000_000_000),
            ([(9, [0]), (14, [0, 0, 0, 0, 0, 0, 0, 0x80])], 2, 0), ([(9, [0])], UInt64.max, 7_200_000_000_000_000_000),
            ([(14, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])], .max, 7_200_000_000_000_000_000),
        ] as [([(UInt16, [UInt8])], UInt64, Int64)])
    func `Times are in the unit and from the moment that the interface says`(
        options: [(UInt16, [UInt8])], count: UInt64, nanoseconds: Int64
    ) throws {
        var file = FileBuilder(.little)
        file.section()
        file.interface(101, options: options)
        file.packet(datagram, time: count)
        #expect(try Capture(parsing: file.bytes).packets.map(\.time.nanoseconds) == [nanoseconds])
    }

    @Test func `Packets of the older blocks are read`() throws {
        var file = FileBuilder(.little)
        file.section()
        file.interface(101)
        let data = datagram + [0]
        file.block(
            2,
            file.body {
                $0.put(
                    UInt16(0), UInt16(0), UInt32(0), UInt32(9), UInt32(datagram.count), UInt32(datagram.count))
                $0.put(data)
            })
        file.block(3, file.body { $0.put(UInt32(datagram.count)) } + data)
        let capture = try Capture(parsing: file.bytes)
        #expect(capture.packets.map(\.bytes) == [datagram, datagram])
        #expect(capture.packets.map(\.time.nanoseconds) == [9_000, 9_000])
        #expect(capture.defects == ["Some packets have no time of their own."])
    }

    @Test func `Packets that the capturing program has dropped are a defect`() throws {
        var file = FileBuilder(.little)
        file.section()
        file.interface(101, options: [(2, Array("lo".utf8))])
        file.block(
            5,
            file.body {
                $0.put(UInt32(0), UInt32(0), UInt32(0))
                $0.put(UInt16(5), UInt16(8), UInt64(2), UInt16(7), UInt16(8), UInt64(3), UInt32(0))
            })
        let capture = try Capture(parsing: file.bytes)
        #expect(capture.defects == ["5 packets on interface lo passed by without being captured."])
        #expect(capture.trace().defects == capture.defects)
    }

    @Test func `A file cut anywhere gives everything before the cut, and says that it was cut`() throws {
        let trace = Wire.trace([
            Wire.entry(0, Wire.address(Wire.a, 1), Wire.address(Wire.b, 2), .datagram([1, 2, 3]), step: "1"),
            Wire.entry(1, Wire.address(Wire.a, 3), Wire.address(Wire.b, 4), .opened),
            Wire.entry(2, Wire.address(Wire.a, 3), Wire.address(Wire.b, 4), .stream([5])),
        ])
        let whole = Recording(of: trace).capture
        let file = whole.serialized()
        for length in 12..<file.count {
            let capture = try Capture(parsing: Array(file[..<length]))
            #expect(whole.packets.starts(with: capture.packets))
            #expect(capture.packets.count < whole.packets.count)
            let isBetweenBlocks = capture.defects.isEmpty
            #expect(isBetweenBlocks || capture.defects[0].hasSuffix("everything before it has been read."))
        }
    }

    @Test(arguments: [0, 4, 8, 11, 13, 0xFFFF_FFFC, 0xFFFF_FFFF] as [UInt32])
    func `A block of an impossible length ends the reading`(length: UInt32) throws {
        var file = FileBuilder(.little)
        file.section()
        file.interface(101)
        file.packet(datagram, time: 1)
        let offset = file.bytes.count
        file.put(UInt32(6), length, UInt32(0), UInt32(0), UInt32(0))
        let capture = try Capture(parsing: file.bytes)
        #expect(capture.packets.count == 1)
        #expect(capture.defects.count == 1)
        #expect(capture.defects[0].hasSuffix("at byte \(offset); everything before it has been read."))
    }

    @Test func `Damaged blocks are left out, and what follows them is read`() throws {
        var file = FileBuilder(.little)
        file.section()
        file.interface(101)
        file.packet([1, 2], time: 1, captured: 0xFFFF_FFF0)
        file.packet([1, 2], time: 1, interface: 9)
        file.block(6, [1, 2, 3])
        file.block(5, file.body { $0.put(UInt32(7), UInt32(0), UInt32(0)) })
        file.block(4, file.body { $0.put(UInt16(1), UInt16(60_000), UInt32(0)) })
        file.block(1, [1])
        file.packet(datagram, time: 2, options: [(1, Array("kept".utf8))])
        let capture = try Capture(parsing: file.bytes)
        #expect(capture.packets.map(\.bytes) == [datagram])
        #expect(capture.defects.count == 6)
        #expect(capture.defects[0] == "The block of type 6 at byte 48 is damaged and left out.")
    }

    @Test func `An option that reaches beyond its block is not read`() throws {
        var file = FileBuilder(.little)
        file.section()
        file.interface(101)
        file.block(
            6,
            file.body {
                $0.put(UInt32(0), UInt32(0), UInt32(1), UInt32(0), UInt32(0), UInt16(1), UInt16(65_535), UInt32(1))
            })
        #expect(try Capture(parsing: file.bytes).packets.map(\.comments) == [[]])
    }

    @Test(
        arguments: [
            ([], "it has 0 bytes"), ([0x0A, 0x0D, 0x0D], "it has 3 bytes"),
            (Array("GET / HTTP".utf8), "it begins with 0x47455420"),
            ([0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 1, 2, 3, 4], "the byte-order magic of its section is missing"),
        ] as [([UInt8], String)])
    func `What is no capture is refused with the reason`(bytes: [UInt8], reason: String) {
        #expect(throws: CaptureError.notACapture(reason: reason)) { try Capture(parsing: bytes) }
    }
}
