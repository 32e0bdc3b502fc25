/// The counts with which a nonce has been used; requests may overtake each other a little.
///
/// RFC 7616 §3.4 nc
struct NonceCounts: Equatable, Sendable {
    private var highest: UInt32 = 0
    /// Which of the 64 counts up to the highest have been used, the highest in the lowest bit.
    private var used: UInt64 = 0

    /// Notes a use.
    ///
    /// - Returns: false when the count has been used before, or may have been, for it is too far back.
    mutating func insert(_ count: UInt32) -> Bool {
        guard count > 0 else { return false }
        if count > highest {
            let step = count - highest
            used = step >= 64 ? 0 : used << UInt64(step)
            used |= 1
            highest = count
            return true
        }
        let distance = highest - count
        guard distance < 64, used & (1 << UInt64(distance)) == 0 else { return false }
        used |= 1 << UInt64(distance)
        return true
    }
}
