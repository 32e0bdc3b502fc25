import Network
import SIPSyntax

/// Days and times of day of instants that count from the Unix epoch.
extension SIPDate {
    /// The whole second in which an instant lies.
    init(_ instant: Instant) {
        let civil = CivilTime(instant)
        self.init(
            year: Int(civil.year), month: Int(civil.month), day: Int(civil.day), hour: Int(civil.hour),
            minute: Int(civil.minute), second: Int(civil.second))
    }

    /// The second as an instant.
    var instant: Instant {
        let year = month <= 2 ? year - 1 : year
        let era = Int64(year).flooredQuotient(by: 400)
        let yearOfEra = Int64(year) - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        // Dates may be of the years 1 to 9999, of which an instant holds the three hundred around 1970 only.
        return Instant(nanoseconds: min(max(seconds, -9_000_000_000), 9_000_000_000) * 1_000_000_000)
    }

    /// The same as an xs:dateTime.
    ///
    /// RFC 3339 §5.6
    var dateTime: String {
        func padded(_ number: Int, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(padded(hour)):\(padded(minute)):\(padded(second))Z"
    }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
