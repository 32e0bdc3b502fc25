/// Writes capture files as other programs would, in either byte order.
struct FileBuilder {
    enum Order {
        case little
        case big
    }

    private(set) var bytes: [UInt8] = []
    private let order: Order

    init(_ order: Order) {
        self.order = order
    }

    mutating func put(_ values: any FixedWidthInteger...) {
        for value in values { bytes += octets(value) }
    }

    mutating func put(_ data: [UInt8]) { bytes += data }

    /// A pcapng block around the body.
    mutating func block(_ type: UInt32, _ body: [UInt8]) {
        let length = UInt32(12 + (body.count + 3) / 4 * 4)
        put(type, length)
        put(body)
        while bytes.count % 4 != 0 { bytes.append(0) }
        put(length)
    }

    mutating func section(options: [(UInt16, [UInt8])] = []) {
        block(0x0A0D_0D0A, body { $0.put(UInt32(0x1A2B_3C4D), UInt16(1), UInt16(0), UInt64.max) } + encode(options))
    }

    mutating func interface(_ linkType: UInt16, options: [(UInt16, [UInt8])] = []) {
        block(1, body { $0.put(linkType, UInt16(0), UInt32(65_535)) } + encode(options))
    }

    mutating func packet(
        _ data: [UInt8], time: UInt64, interface: UInt32 = 0, captured: UInt32? = nil,
        options: [(UInt16, [UInt8])] = []
    ) {
        let padding = [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
        let head = body {
            $0.put(
                interface, UInt32(time >> 32), UInt32(truncatingIfNeeded: time), captured ?? UInt32(data.count),
                UInt32(data.count))
        }
        block(6, head + data + padding + encode(options))
    }

    /// The bytes that the closure puts.
    func body(_ put: (inout FileBuilder) -> Void) -> [UInt8] {
        var builder = FileBuilder(order)
        put(&builder)
        return builder.bytes
    }

    private func encode(_ options: [(UInt16, [UInt8])]) -> [UInt8] {
        guard !options.isEmpty else { return [] }
        return body { builder in
            for (code, value) in options {
                builder.put(code, UInt16(value.count))
                builder.put(value)
                while builder.bytes.count % 4 != 0 { builder.put([0]) }
            }
            builder.put(UInt32(0))
        }
    }

    private func octets(_ value: some FixedWidthInteger) -> [UInt8] {
        let little = (0..<(value.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return order == .little ? little : little.reversed()
    }
}
