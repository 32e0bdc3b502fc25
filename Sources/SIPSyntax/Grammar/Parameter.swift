import Bytes

/// One parameter of a field or a URI, its value as on the wire: a quoted value keeps its quotes.
///
/// RFC 3261 §25.1 generic-param
package struct Parameter: Hashable, Sendable {
    package var name: String
    package var value: String?

    package init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
    }

    /// The value without quotes and escapes, should it have them.
    package var text: String? {
        guard let value, value.utf8.first == .doubleQuote else { return value }
        var scanner = SIPScanner(value)
        return (try? scanner.quotedString()) ?? value
    }

    var written: String {
        if let value { name + "=" + value } else { name }
    }
}

extension [Parameter] {
    /// The first parameter of this name, whatever the case of its letters.
    package func first(_ name: String) -> Parameter? {
        first { $0.name.isEqualIgnoringCase(name) }
    }

    /// Replaces the value of the parameter, which is added at the end when there is none.
    package mutating func set(_ name: String, _ value: String?) {
        if let index = firstIndex(where: { $0.name.isEqualIgnoringCase(name) }) {
            self[index].value = value
        } else {
            append(Parameter(name, value))
        }
    }

    package mutating func remove(_ name: String) {
        removeAll { $0.name.isEqualIgnoringCase(name) }
    }

    var written: String {
        map { ";" + $0.written }.joined()
    }
}

extension SIPScanner {
    /// Reads `*( SEMI generic-param )`.
    package mutating func parameters() throws(SIPSyntaxError) -> [Parameter] {
        var parameters: [Parameter] = []
        while takeSeparator(UInt8(ascii: ";")) {
            if parameters.isEmpty { parameters.reserveCapacity(4) }
            parameters.append(try parameter())
        }
        return parameters
    }

    /// Reads `generic-param = token [ EQUAL gen-value ]`.
    package mutating func parameter() throws(SIPSyntaxError) -> Parameter {
        let name = try token(.genericParameter)
        guard takeSeparator(UInt8(ascii: "=")) else { return Parameter(name) }
        return Parameter(name, text(try genericValueRange()))
    }

    /// Reads `gen-value = token / host / quoted-string`.
    mutating func genericValueRange() throws(SIPSyntaxError) -> Range<Int> {
        switch next {
        case UInt8.doubleQuote: return try quotedStringRange()
        case UInt8(ascii: "["): return try hostRange()
        default: return try tokenRange(.genericParameter)
        }
    }
}
