import Bytes

extension StoredItemList {
    /// The items in order of their times, those of one time in document order; those that tell none come last.
    package var inOrderOfTime: StoredItemList {
        let timed = items.enumerated().map {
            (place: $0.offset, time: $0.element.time.flatMap(Moment.init), item: $0.element)
        }
        let ordered = timed.sorted { one, other in
            switch (one.time, other.time) {
            case (let mine?, let theirs?): (mine, one.place) < (theirs, other.place)
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): one.place < other.place
            }
        }
        return StoredItemList(ordered.map(\.item))
    }
}

/// A time as metadata writes it, with as many digits after the seconds as there are.
///
/// XML Schema Part 2 §3.2.7 dateTime, or §3.2.9 date alone; a time without a zone counts as UTC.
private struct Moment: Comparable {
    private let seconds: Int
    private let nanoseconds: Int

    init?(_ text: String) {
        var cursor = ByteCursor(Array(text.utf8))
        guard let year = cursor.number(4), cursor.take(UInt8(ascii: "-")), let month = cursor.number(2),
            cursor.take(UInt8(ascii: "-")), let day = cursor.number(2), (1...12).contains(month)
        else { return nil }
        var seconds = Self.days(year, month, day) * 86_400
        var nanoseconds = 0
        if cursor.take(UInt8(ascii: "T")) {
            guard let hour = cursor.number(2), cursor.take(UInt8(ascii: ":")), let minute = cursor.number(2),
                cursor.take(UInt8(ascii: ":")), let second = cursor.number(2)
            else { return nil }
            seconds += hour * 3600 + minute * 60 + second
            if cursor.take(UInt8(ascii: ".")) {
                let digits = cursor.take(while: \.isDigit).prefix(9)
                nanoseconds = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
                for _ in digits.count..<9 { nanoseconds *= 10 }
            }
        }
        if let sign = cursor.next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            _ = cursor.take(sign)
            guard let hour = cursor.number(2), cursor.take(UInt8(ascii: ":")), let minute = cursor.number(2) else {
                return nil
            }
            seconds -= (hour * 3600 + minute * 60) * (sign == UInt8(ascii: "+") ? 1 : -1)
        } else {
            _ = cursor.take(UInt8(ascii: "Z"))
        }
        guard cursor.isAtEnd else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    static func < (one: Moment, other: Moment) -> Bool {
        (one.seconds, one.nanoseconds) < (other.seconds, other.nanoseconds)
    }

    /// The days since the beginning of a year 0, whose years begin in March so that leap days come last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + ((month + 9) % 12 * 306 + 5) / 10 + day
    }
}

extension ByteCursor {
    /// Consumes a number of exactly so many digits.
    fileprivate mutating func number(_ count: Int) -> Int? {
        let digits = take(while: \.isDigit)
        guard digits.count == count else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
