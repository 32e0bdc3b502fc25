import Bytes
import Network

/// Reads pcapng: any number of sections, in either byte order; blocks it does not know are passed over.
///
/// draft-ietf-opsawg-pcapng
struct PcapngReader {
    static let sectionHeader: UInt32 = 0x0A0D_0D0A
    static let decryptionSecrets: UInt32 = 10
    /// `TLSK`: the secrets are a key log.
    static let keyLog: UInt32 = 0x544C_534B

    private let bytes: [UInt8]
    private var order = FieldReader.ByteOrder.littleEndian
    private var capture = Capture()
    /// Where the interfaces of the present section begin among those of the capture.
    private var firstInterface = 0
    private var units: [TimestampUnit] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read() throws(CaptureError) -> Capture {
        var offset = 0
        while offset < bytes.count {
            if FieldReader(bytes[offset...], .bigEndian).uint32(at: 0) == Self.sectionHeader {
                guard let order = byteOrder(ofSectionAt: offset) else {
                    if offset == 0 { throw .notACapture(reason: "the byte-order magic of its section is missing") }
                    note("A section without a byte-order magic begins", offset)
                    break
                }
                self.order = order
            }
            let header = FieldReader(bytes[offset...], order)
            guard let type = header.uint32(at: 0), let length = header.uint32(at: 4).map(Int.init) else {
                note("The file ends in the middle of a block", offset)
                break
            }
            guard length >= 12, length % 4 == 0 else {
                note("A block with the impossible length \(length) begins", offset)
                break
            }
            guard let body = header.slice(at: 8, count: length - 12), let trailer = header.uint32(at: length - 4) else {
                note("The file ends in the middle of a block of \(length) bytes", offset)
                break
            }
            if Int(trailer) != length {
                capture.defects.append("The block at byte \(offset) has two different lengths; the first is believed.")
            }
            readBlock(type, FieldReader(body, order), at: offset)
            offset += length
        }
        return capture
    }

    private func byteOrder(ofSectionAt offset: Int) -> FieldReader.ByteOrder? {
        switch FieldReader(bytes[offset...], .bigEndian).uint32(at: 8) {
        case 0x1A2B_3C4D: .bigEndian
        case 0x4D3C_2B1A: .littleEndian
        default: nil
        }
    }

    private mutating func note(_ what: String, _ offset: Int) {
        capture.defects.append("\(what) at byte \(offset); everything before it has been read.")
    }

    private mutating func readBlock(_ type: UInt32, _ body: FieldReader, at offset: Int) {
        let isRead =
            switch type {
            case Self.sectionHeader: readSection(body)
            case 1: readInterface(body)
            case 2: readObsoletePacket(body)
            case 3: readSimplePacket(body)
            case 4: readNames(body)
            case 5: readStatistics(body)
            case 6: readPacket(body)
            case Self.decryptionSecrets: readSecrets(body)
            default: true
            }
        if !isRead { capture.defects.append("The block of type \(type) at byte \(offset) is damaged and left out.") }
    }

    private mutating func readSection(_ body: FieldReader) -> Bool {
        firstInterface = capture.interfaces.count
        for option in options(of: body, from: 16) {
            switch option.code {
            case 1: capture.comments.append(option.value.text)
            case 4: capture.application = capture.application ?? option.value.text
            default: break
            }
        }
        return body.count >= 16
    }

    private mutating func readInterface(_ body: FieldReader) -> Bool {
        guard let linkType = body.uint16(at: 0), body.count >= 8 else { return false }
        var interface = Capture.Interface(linkType: LinkType(rawValue: linkType))
        var unit = TimestampUnit.microseconds
        for option in options(of: body, from: 8) {
            let value = FieldReader(option.value, order)
            switch option.code {
            case 2: interface.name = option.value.text
            case 9:
                guard let resolution = value.uint8(at: 0), let known = TimestampUnit(resolution: resolution) else {
                    capture.defects.append("The times of interface \(units.count) have an unknown unit.")
                    continue
                }
                unit.perSecond = known.perSecond
            case 11: interface.filter = option.value.dropFirst().text
            case 14: unit.offset = value.uint64(at: 0).map { Int64(bitPattern: $0) } ?? 0
            default: break
            }
        }
        capture.interfaces.append(interface)
        units.append(unit)
        return true
    }

    private mutating func readSecrets(_ body: FieldReader) -> Bool {
        guard let kind = body.uint32(at: 0), let count = body.uint32(at: 4).map(Int.init),
            let text = body.slice(at: 8, count: count)
        else { return false }
        if kind == Self.keyLog { capture.secrets += text.split(separator: 0x0A).map(\.text) }
        return true
    }

    private mutating func readPacket(_ body: FieldReader) -> Bool {
        guard let interface = body.uint32(at: 0), let high = body.uint32(at: 4), let low = body.uint32(at: 8),
            let captured = body.uint32(at: 12).map(Int.init), let original = body.uint32(at: 16)
        else { return false }
        return add(
            body, from: 20, captured: captured, original: Int(original), interface: Int(interface),
            time: UInt64(high) << 32 | UInt64(low))
    }

    /// The Packet Block, which older programs write.
    private mutating func readObsoletePacket(_ body: FieldReader) -> Bool {
        guard let interface = body.uint16(at: 0), let high = body.uint32(at: 4), let low = body.uint32(at: 8),
            let captured = body.uint32(at: 12).map(Int.init), let original = body.uint32(at: 16)
        else { return false }
        return add(
            body, from: 20, captured: captured, original: Int(original), interface: Int(interface),
            time: UInt64(high) << 32 | UInt64(low))
    }

    private mutating func add(
        _ body: FieldReader, from start: Int, captured: Int, original: Int, interface: Int, time: UInt64
    ) -> Bool {
        let index = firstInterface + interface
        guard let data = body.slice(at: start, count: captured), units.indices.contains(index) else { return false }
        var packet = Capture.Packet(
            time: units[index].instant(time), interface: index, bytes: Array(data),
            originalLength: max(original, captured))
        for option in options(of: body, from: start + captured.roundedUpToWord) {
            switch option.code {
            case 1: packet.comments.append(option.value.text)
            case 2:
                switch FieldReader(option.value, order).uint32(at: 0).map({ $0 & 3 }) {
                case 1: packet.direction = .inbound
                case 2: packet.direction = .outbound
                default: break
                }
            default: break
            }
        }
        capture.packets.append(packet)
        return true
    }

    /// The Simple Packet Block, which has no time; that of the packet before it is taken.
    private mutating func readSimplePacket(_ body: FieldReader) -> Bool {
        guard let original = body.uint32(at: 0).map(Int.init), units.indices.contains(firstInterface) else {
            return false
        }
        let captured = min(original, body.count - 4)
        guard let data = body.slice(at: 4, count: captured) else { return false }
        let time = capture.packets.last?.time ?? Instant(nanoseconds: 0)
        capture.packets.append(
            Capture.Packet(time: time, interface: firstInterface, bytes: Array(data), originalLength: original))
        let defect = "Some packets have no time of their own."
        if !capture.defects.contains(defect) { capture.defects.append(defect) }
        return true
    }

    private mutating func readNames(_ body: FieldReader) -> Bool {
        var offset = 0
        while let type = body.uint16(at: offset), let length = body.uint16(at: offset + 2).map(Int.init) {
            if type == 0 { return true }
            guard let value = body.slice(at: offset + 4, count: length) else { return false }
            offset += 4 + length.roundedUpToWord
            let addressLength = type == 1 ? 4 : 16
            guard type <= 2, let address = IPAddress(bytes: Array(value.prefix(addressLength))) else { continue }
            for name in value.dropFirst(addressLength).split(separator: 0) {
                capture.names.append(Capture.Name(address: address, name: name.text))
            }
        }
        return offset == body.count
    }

    private mutating func readStatistics(_ body: FieldReader) -> Bool {
        guard let interface = body.uint32(at: 0).map({ firstInterface + Int($0) }),
            capture.interfaces.indices.contains(interface), body.count >= 12
        else { return false }
        var dropped: UInt64?
        for option in options(of: body, from: 12) where option.code == 5 || option.code == 7 {
            guard let count = FieldReader(option.value, order).uint64(at: 0) else { continue }
            dropped = (dropped ?? 0).addingReportingOverflow(count).partialValue
        }
        capture.interfaces[interface].dropped = dropped ?? capture.interfaces[interface].dropped
        return true
    }

    private func options(of body: FieldReader, from start: Int) -> [(code: UInt16, value: ArraySlice<UInt8>)] {
        var options: [(code: UInt16, value: ArraySlice<UInt8>)] = []
        var offset = start
        while let code = body.uint16(at: offset), code != 0, let length = body.uint16(at: offset + 2).map(Int.init),
            let value = body.slice(at: offset + 4, count: length)
        {
            options.append((code, value))
            offset += 4 + length.roundedUpToWord
        }
        return options
    }
}

extension Int {
    /// The next multiple of four.
    var roundedUpToWord: Int { (self + 3) & ~3 }
}
