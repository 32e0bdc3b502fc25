import Network

/// Puts the fragments of IP packets together again, in whatever order they come.
///
/// RFC 791 §3.2, RFC 8200 §4.5
struct Defragmenter {
    private struct Key: Hashable {
        var source: IPAddress
        var destination: IPAddress
        /// nil in IPv6, where the fragments of a packet may differ in it.
        var protocolNumber: UInt8?
        var identification: UInt32
    }

    /// How long the pieces of one packet may be apart; later ones belong to another with the same identification.
    private static let patience = Duration.seconds(60)

    private var pending: [Key: FragmentedPacket] = [:]
    /// Packets of which a fragment was missing or did not fit.
    private(set) var losses = 0

    /// How many packets still lack fragments.
    var incomplete: Int { losses + pending.count }

    /// Takes a packet.
    ///
    /// - Returns: The whole packet if this is one or completes one.
    mutating func add(_ packet: IPPacket, at time: Instant) -> IPPacket? {
        guard let fragment = packet.fragment else { return packet }
        let key = Key(
            source: packet.source, destination: packet.destination,
            protocolNumber: packet.source.isIPv6 ? nil : packet.protocolNumber,
            identification: fragment.identification)
        if let known = pending[key], time - known.first > Self.patience {
            pending[key] = nil
            losses += 1
        }
        var parts = pending.removeValue(forKey: key) ?? FragmentedPacket(first: time)
        let isComplete = packet.payload.count == packet.originalLength
        guard isComplete, parts.add(packet, fragment) else {
            losses += 1
            return nil
        }
        guard let payload = parts.whole else {
            pending[key] = parts
            return nil
        }
        var whole = packet
        whole.protocolNumber = parts.protocolNumber ?? packet.protocolNumber
        whole.payload = payload[...]
        whole.originalLength = payload.count
        whole.fragment = nil
        return whole.withoutExtensionHeaders()
    }
}
