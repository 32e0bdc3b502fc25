package import Network

/// The contents of a capture file: packets, and what is said about them.
package struct Capture: Sendable, Equatable {
    /// Where packets were seen.
    package struct Interface: Sendable, Equatable {
        package var linkType: LinkType
        package var name: String?
        package var filter: String?
        /// How many packets passed by without being captured, where the capturing program has counted them.
        package var dropped: UInt64?

        package init(linkType: LinkType, name: String? = nil, filter: String? = nil, dropped: UInt64? = nil) {
            self.linkType = linkType
            self.name = name
            self.filter = filter
            self.dropped = dropped
        }
    }

    package struct Packet: Sendable, Equatable {
        package enum Direction: Sendable {
            case inbound
            case outbound
        }

        package var time: Instant
        /// The index of the interface in the capture.
        package var interface: Int
        package var bytes: [UInt8]
        /// How long the packet was on the wire, which is more than the bytes where they were cut off.
        package var originalLength: Int
        package var direction: Direction?
        package var comments: [String]

        package init(
            time: Instant, interface: Int = 0, bytes: [UInt8], originalLength: Int? = nil,
            direction: Direction? = nil, comments: [String] = []
        ) {
            self.time = time
            self.interface = interface
            self.bytes = bytes
            self.originalLength = originalLength ?? bytes.count
            self.direction = direction
            self.comments = comments
        }
    }

    /// A name for an address, which programs show in its place.
    package struct Name: Sendable, Hashable {
        package var address: IPAddress
        package var name: String

        package init(address: IPAddress, name: String) {
            self.address = address
            self.name = name
        }
    }

    /// What is said about the capture as a whole.
    package var comments: [String]
    /// The program that wrote it.
    package var application: String?
    package var interfaces: [Interface]
    package var names: [Name]
    /// The secrets of the TLS connections, in the format of a key log, one a line; nothing else is kept of others.
    package var secrets: [String] = []
    /// The packets in the order of the file, in which they are counted from 1.
    package var packets: [Packet]
    /// What is missing or wrong in the file, in sentences; empty when it is whole.
    package var defects: [String]

    package init(
        comments: [String] = [], application: String? = nil, interfaces: [Interface] = [], names: [Name] = [],
        packets: [Packet] = [], defects: [String] = []
    ) {
        self.comments = comments
        self.application = application
        self.interfaces = interfaces
        self.names = names
        self.packets = packets
        self.defects = defects
    }

    /// The capture that the bytes of a pcapng or pcap file hold.
    ///
    /// - Throws: When the bytes are neither; a damaged file is read as far as it goes, and has defects.
    package init(parsing bytes: [UInt8]) throws(CaptureError) {
        let start = FieldReader(bytes[...], .bigEndian).uint32(at: 0)
        switch start {
        case PcapngReader.sectionHeader:
            var reader = PcapngReader(bytes)
            self = try reader.read()
        case .some(let magic):
            guard let reader = PcapReader(bytes, magic: magic) else {
                throw .notACapture(reason: "it begins with 0x\(String(magic, radix: 16))")
            }
            self = reader.read()
        case nil:
            throw .notACapture(reason: "it has \(bytes.count) bytes")
        }
        noteDrops()
    }

    mutating func noteDrops() {
        for (index, interface) in interfaces.enumerated() {
            guard let dropped = interface.dropped, dropped > 0 else { continue }
            defects.append(
                "\(dropped) packet\(dropped == 1 ? "" : "s") on interface \(interface.name ?? "\(index)") "
                    + "passed by without being captured.")
        }
    }
}
