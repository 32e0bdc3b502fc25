package import Network

extension Instant {
    /// The moment in UTC to the nanosecond, as RFC 3339 writes it: `2026-08-21T14:30:00.000000000Z`.
    package var timestamp: String {
        let parts = CivilTime(self)
        return "\(parts.date)T\(parts.time).\(padded(parts.nanosecond, 9))Z"
    }

    /// The moment in UTC to the second, for people: `2026-08-21 14:30:00 UTC`.
    package var readable: String {
        let parts = CivilTime(self)
        return "\(parts.date) \(parts.time) UTC"
    }

    /// The moment in UTC to the second and without a zone, as JUnit files write it.
    package var zonelessTimestamp: String {
        let parts = CivilTime(self)
        return "\(parts.date)T\(parts.time)"
    }

    /// The moment that the text of `timestamp` writes.
    ///
    /// - Returns: nil for any other form.
    package init?(timestamp: String) {
        let bytes = Array(timestamp.utf8)
        guard bytes.count == 30, String(timestamp.suffix(1)) == "Z" else { return nil }
        for (offset, mark) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, ".")] {
            guard bytes[offset] == mark.utf8.first else { return nil }
        }
        func number(_ range: Range<Int>) -> Int64? {
            let digits = bytes[range]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return Int64(String(decoding: digits, as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let nanosecond = number(20..<29), (1...12).contains(month), (1...31).contains(day),
            hour < 24, minute < 60, second < 60, (1678...2261).contains(year)
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        self.init(nanoseconds: seconds * 1_000_000_000 + nanosecond)
    }

    /// Days since 1970-01-01 of a year of our era in the Gregorian calendar; years are counted from March, so that leap days come last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Duration {
    /// The seconds with three decimals and no unit, as in `31.500`.
    package var seconds: String {
        let milliseconds = (nanoseconds.magnitude + 500_000) / 1_000_000
        return "\(nanoseconds < 0 ? "-" : "")\(milliseconds / 1000).\(padded(Int64(milliseconds % 1000), 3))"
    }

    /// The duration for people: `430 ms`, `3.2 s`, `2 min 5 s`.
    package var readable: String {
        let milliseconds = Int64((nanoseconds.magnitude + 500_000) / 1_000_000)
        let sign = nanoseconds < 0 ? "−" : ""
        switch milliseconds {
        case 0 where nanoseconds != 0: return "\(sign)< 1 ms"
        case ..<1000: return "\(sign)\(milliseconds) ms"
        case ..<60_000:
            let decimals = milliseconds / 10 % 100
            let fraction = decimals == 0 ? "" : decimals % 10 == 0 ? ".\(decimals / 10)" : ".\(padded(decimals, 2))"
            return "\(sign)\(milliseconds / 1000)\(fraction) s"
        case ..<3_600_000:
            return "\(sign)\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s"
        default:
            return "\(sign)\(milliseconds / 3_600_000) h \(milliseconds / 60_000 % 60) min"
        }
    }
}

private func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
