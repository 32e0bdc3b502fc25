/// A date of the Gregorian calendar and a time of day, both in UTC.
package struct CivilTime: Hashable, Sendable {
    package var year: Int64
    package var month: Int64
    package var day: Int64
    package var hour: Int64
    package var minute: Int64
    package var second: Int64
    package var nanosecond: Int64

    package init(_ instant: Instant) {
        let (seconds, nanosecond) = Self.floorDivide(instant.nanoseconds, 1_000_000_000)
        let (days, second) = Self.floorDivide(seconds, 86_400)
        // The calendar repeats after 400 years; its years begin in March here, so that leap days come last.
        let (era, dayOfEra) = Self.floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = (shiftedMonth + 2) % 12 + 1
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        hour = second / 3600
        minute = second / 60 % 60
        self.second = second % 60
        self.nanosecond = nanosecond
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// The date as `2026-08-21`.
    package var date: String { "\(Self.padded(year, 4))-\(Self.padded(month))-\(Self.padded(day))" }

    /// The time of day to the second, as `14:30:00`.
    package var time: String { "\(Self.padded(hour)):\(Self.padded(minute)):\(Self.padded(second))" }

    private static func padded(_ number: Int64, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Instant {
    /// The moment to the second, as `2026-08-21T14:30:00Z`.
    ///
    /// RFC 3339 §5.6
    package var dateTime: String {
        let civil = CivilTime(self)
        return "\(civil.date)T\(civil.time)Z"
    }
}
