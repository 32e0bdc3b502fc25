import Bytes

/// Fields by name, as text.
extension SIPMessage {
    /// The value of the first field of this name.
    package func first(_ name: SIPFieldName) -> String? {
        field(name)?.value
    }

    /// The values of all fields of this name, one for each line.
    package func all(_ name: SIPFieldName) -> [String] {
        fields.filter { $0.isNamed(name) }.map(\.value)
    }

    /// The elements of a field that is a comma-separated list, over all its lines.
    ///
    /// RFC 3261 §7.3.1
    package func list(_ name: SIPFieldName) -> [String] {
        fields.filter { $0.isNamed(name) }.flatMap { $0.scanner.elements() }
    }

    package func field(_ name: SIPFieldName) -> SIPField? {
        index(of: name).map { fields[$0] }
    }

    package func contains(_ name: SIPFieldName) -> Bool {
        index(of: name) != nil
    }

    private func index(of name: SIPFieldName) -> Int? {
        for index in fields.indices where fields[index].isNamed(name) { return index }
        return nil
    }

    /// Puts one field in the place of all of this name, or at the end when there is none.
    package mutating func set(_ name: SIPFieldName, _ value: String) {
        let place = index(of: name)
        remove(name)
        fields.insert(SIPField(name, value), at: place ?? fields.endIndex)
    }

    package mutating func add(_ name: SIPFieldName, _ value: String) {
        fields.append(SIPField(name, value))
    }

    /// Adds a field before all others, where a proxy puts its Via and Record-Route.
    package mutating func prepend(_ name: SIPFieldName, _ value: String) {
        fields.insert(SIPField(name, value), at: 0)
    }

    package mutating func remove(_ name: SIPFieldName) {
        fields.removeAll { $0.isNamed(name) }
    }
}

extension SIPScanner {
    /// The texts between the commas that stand outside of quotes and angle brackets.
    func elements() -> [String] {
        var elements: [String] = []
        var start = position
        var isQuoted = false
        var isBracketed = false
        var index = position
        func take(upTo limit: Int) {
            let text = SIPField(bytes, line: start..<limit, name: start..<start, colon: start - 1).value
            if !text.isEmpty { elements.append(text) }
        }
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isQuoted: index += 1
            case .doubleQuote where !isBracketed: isQuoted.toggle()
            case UInt8(ascii: "<") where !isQuoted: isBracketed = true
            case UInt8(ascii: ">") where !isQuoted: isBracketed = false
            case UInt8(ascii: ",") where !isQuoted && !isBracketed:
                take(upTo: index)
                start = index + 1
            default: break
            }
            index += 1
        }
        take(upTo: end)
        return elements
    }
}
