import Network
import PacketCapture

extension Capture {
    /// The packets as a pcap file, which holds nothing but packets: what a vendor's capture looks like.
    var asForeignFile: [UInt8] {
        func word(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } }
        var file = word(0xA1B2_C3D4) + [2, 0, 4, 0] + word(0) + word(0) + word(262_144)
        file += word(Int(interfaces.first?.linkType.rawValue ?? 1))
        for packet in packets {
            let microseconds = Int(packet.time.nanoseconds / 1000)
            file += word(microseconds / 1_000_000) + word(microseconds % 1_000_000)
            file += word(packet.bytes.count) + word(packet.originalLength) + packet.bytes
        }
        return file
    }
}
