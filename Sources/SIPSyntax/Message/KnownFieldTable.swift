import Bytes

/// Finds a known field by its spelling without making a String.
enum KnownFieldTable {
    private struct Entry {
        let field: KnownField
        let spelling: [UInt8]
    }

    private static let compact: [KnownField?] = {
        var fields = [KnownField?](repeating: nil, count: 256)
        for field in KnownField.allCases {
            if let letter = field.compactForm { fields[Int(letter)] = field }
        }
        return fields
    }()

    /// The fields by length and first letter: no bucket has more than a few.
    private static let buckets: [[Entry]] = {
        var buckets = [[Entry]](repeating: [], count: 1024)
        for field in KnownField.allCases {
            let spelling = field.rawValue.utf8.map(\.lowercased)
            buckets[bucket(length: spelling.count, first: spelling[0])].append(Entry(field: field, spelling: spelling))
        }
        return buckets
    }()

    private static func bucket(length: Int, first: UInt8) -> Int {
        (length & 31) << 5 | Int(first & 31)
    }

    static func field(spelled bytes: [UInt8], in range: Range<Int>) -> KnownField? {
        if range.isEmpty { return nil }
        let first = bytes[range.lowerBound].lowercased
        if range.count == 1 { return compact[Int(first)] }
        for entry in buckets[bucket(length: range.count, first: first)] where entry.spelling.count == range.count {
            var index = 0
            while index < range.count, bytes[range.lowerBound + index].lowercased == entry.spelling[index] {
                index += 1
            }
            if index == range.count { return entry.field }
        }
        return nil
    }
}
