import Network

/// The fragments of one packet that have come so far.
struct FragmentedPacket {
    private static let largest = 65_535
    /// More pieces than the smallest link needs for the largest packet are an attack.
    private static let mostPieces = 2_048

    let first: Instant
    /// What the first fragment says the payload is.
    private(set) var protocolNumber: UInt8?
    private var pieces: [(offset: Int, bytes: ArraySlice<UInt8>)] = []
    private var received = 0
    private var length: Int?

    init(first: Instant) {
        self.first = first
    }

    /// Takes a fragment.
    ///
    /// - Returns: Whether it fits those before it.
    mutating func add(_ packet: IPPacket, _ fragment: IPPacket.Fragment) -> Bool {
        let bytes = packet.payload
        let end = fragment.offset + bytes.count
        guard end <= Self.largest, !contradicts(fragment, end) else { return false }
        if fragment.isLast { length = end }
        if fragment.offset == 0 { protocolNumber = packet.protocolNumber }
        guard !pieces.contains(where: { $0.offset == fragment.offset && $0.bytes.count == bytes.count }) else {
            return true
        }
        pieces.append((fragment.offset, bytes))
        received += bytes.count
        return pieces.count <= Self.mostPieces && received <= 2 * Self.largest
    }

    /// The payload once nothing is missing; where pieces overlap, the one that came first counts.
    var whole: [UInt8]? {
        guard let length, received >= length else { return nil }
        var payload = [UInt8](repeating: 0, count: length)
        var isCovered = [Bool](repeating: false, count: length)
        for piece in pieces {
            for (index, byte) in zip(piece.offset..., piece.bytes) where !isCovered[index] {
                payload[index] = byte
                isCovered[index] = true
            }
        }
        return isCovered.allSatisfy(\.self) ? payload : nil
    }

    /// Whether the fragment disagrees with others about where the packet ends.
    private func contradicts(_ fragment: IPPacket.Fragment, _ end: Int) -> Bool {
        if let length { return end > length || (fragment.isLast && end != length) }
        return fragment.isLast && pieces.contains { $0.offset + $0.bytes.count > end }
    }
}
