import Bytes

/// A day and a time in GMT.
///
/// RFC 3261 §20.17, §25.1 SIP-date
package struct SIPDate: Hashable, Sendable, CustomStringConvertible {
    package var year: Int
    /// From 1 to 12.
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int

    package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The three letters of the day of the week, computed from the date.
    package var weekday: String {
        // Zeller's congruence, with January and February as months of the year before.
        let shifted = month < 3 ? (year - 1, month + 12) : (year, month)
        let (year, month) = shifted
        let sum = day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400
        return Self.weekdays[(sum + 6) % 7]
    }

    package var description: String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = [hour, minute, second].map(padded).joined(separator: ":")
        return "\(weekday), \(padded(day)) \(Self.months[month - 1]) \(year) \(time) GMT"
    }
}

extension SIPDate: SIPFieldValue {
    /// Reads `rfc1123-date`, whose parts are of fixed width and case.
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        _ = try scanner.name(among: Self.weekdays)
        try scanner.expect(", ")
        day = try scanner.digits(2, 1...31)
        try scanner.expect(" ")
        month = try scanner.name(among: Self.months) + 1
        try scanner.expect(" ")
        year = try scanner.digits(4, 1...9999)
        try scanner.expect(" ")
        hour = try scanner.digits(2, 0...23)
        try scanner.expect(":")
        minute = try scanner.digits(2, 0...59)
        try scanner.expect(":")
        second = try scanner.digits(2, 0...60)
        try scanner.expect(" GMT")
    }
}

extension SIPScanner {
    fileprivate mutating func name(among names: [String]) throws(SIPSyntaxError) -> Int {
        let start = position
        let name = text(take(while: \.isAlpha))
        guard let index = names.firstIndex(of: name) else { throw SIPSyntaxError(.sipDate, at: start) }
        return index
    }

    fileprivate mutating func expect(_ text: StaticString) throws(SIPSyntaxError) {
        let after = position + text.utf8CodeUnitCount
        guard after <= end, matches(position..<after, text) else { throw error(.sipDate) }
        back(to: after)
    }

    fileprivate mutating func digits(_ count: Int, _ values: ClosedRange<Int>) throws(SIPSyntaxError) -> Int {
        let start = position
        let digits = take(while: \.isDigit)
        guard digits.count == count, let number = Int(text(digits)), values.contains(number) else {
            throw SIPSyntaxError(.sipDate, at: start)
        }
        return number
    }
}
