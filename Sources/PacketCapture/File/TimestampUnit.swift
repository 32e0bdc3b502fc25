import Network

/// The unit in which a capture counts time, and from when.
struct TimestampUnit: Equatable {
    static let microseconds = TimestampUnit(perSecond: 1_000_000)
    static let nanoseconds = TimestampUnit(perSecond: 1_000_000_000)

    /// No capture is later than this, so that the sums of times in it cannot overflow: the year 2198.
    private static let latest: Int64 = 7_200_000_000_000_000_000

    var perSecond: UInt64
    /// Seconds to be added.
    var offset: Int64 = 0

    init(perSecond: UInt64) {
        self.perSecond = perSecond
    }

    /// The unit that the option `if_tsresol` writes: a negative power of 10, or of 2 with the highest bit set.
    ///
    /// - Returns: nil for powers that 64 bits do not hold.
    init?(resolution: UInt8) {
        let exponent = Int(resolution & 0x7F)
        if resolution & 0x80 != 0 {
            guard exponent < 64 else { return nil }
            perSecond = 1 << UInt64(exponent)
        } else {
            guard exponent <= 19 else { return nil }
            perSecond = (0..<exponent).reduce(1) { power, _ in power * 10 }
        }
    }

    /// The moment of a count; one outside the years 1970 to 2198 becomes the nearer of the two.
    func instant(_ count: UInt64) -> Instant {
        let (whole, part) = count.quotientAndRemainder(dividingBy: perSecond)
        let product = part.multipliedFullWidth(by: 1_000_000_000)
        let nanoseconds = perSecond.dividingFullWidth(product).quotient
        let (seconds, overflow) = Int64(clamping: whole).addingReportingOverflow(offset)
        guard !overflow, seconds < Self.latest / 1_000_000_000 else { return Instant(nanoseconds: Self.latest) }
        guard seconds >= 0 else { return Instant(nanoseconds: 0) }
        return Instant(nanoseconds: seconds * 1_000_000_000 + Int64(nanoseconds))
    }
}
