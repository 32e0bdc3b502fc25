import Bytes

/// Finds a known field by its spelling without making a String.
struct KnownFieldTable: Sendable {
    private struct Entry {
        let field: KnownField
        let length: Int
        /// Where the spelling begins among the spellings.
        let start: Int
    }

    static let shared = KnownFieldTable()

    private let compact: [KnownField?]

    /// The fields by the hash of their names; where two names meet, the second takes the next free place.
    private let places: [Entry?]

    /// All names one after the other, so that comparing one touches no other memory.
    private let spellings: [UInt8]

    private static let mask = 511

    private init() {
        var compact = [KnownField?](repeating: nil, count: 256)
        var places = [Entry?](repeating: nil, count: Self.mask + 1)
        var spellings: [UInt8] = []
        for field in KnownField.allCases {
            if let letter = field.compactForm { compact[Int(letter)] = field }
            let start = spellings.count
            spellings += field.rawValue.utf8
            var place = Self.hash(spellings, in: start..<spellings.count)
            while places[place] != nil { place = (place + 1) & Self.mask }
            places[place] = Entry(field: field, length: spellings.count - start, start: start)
        }
        self.compact = compact
        self.places = places
        self.spellings = spellings
    }

    func field(spelled bytes: [UInt8], in range: Range<Int>) -> KnownField? {
        if range.count < 2 { return range.isEmpty ? nil : compact[Int(bytes[range.lowerBound].lowercased)] }
        var place = Self.hash(bytes, in: range)
        while let entry = places[place] {
            if entry.length == range.count, isSpelled(entry, bytes, at: range.lowerBound) { return entry.field }
            place = (place + 1) & Self.mask
        }
        return nil
    }

    private func isSpelled(_ entry: Entry, _ bytes: [UInt8], at start: Int) -> Bool {
        for index in 0..<entry.length {
            let (given, wanted) = (bytes[start + index], spellings[entry.start + index])
            if given != wanted, given.lowercased != wanted.lowercased { return false }
        }
        return true
    }

    /// The length, the first, a middle and the last letter tell nearly all names apart.
    private static func hash(_ bytes: [UInt8], in range: Range<Int>) -> Int {
        let first = Int(bytes[range.lowerBound] | 0x20)
        let middle = Int(bytes[range.lowerBound + range.count / 2] | 0x20)
        let last = Int(bytes[range.upperBound - 1] | 0x20)
        return (first &* 31 &+ middle &* 7 &+ last &* 3 &+ range.count &* 17) & mask
    }
}
