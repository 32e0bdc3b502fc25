/// A field value, or one element of a list of them, that knows its grammar.
package protocol SIPFieldValue: Sendable {
    /// Reads one value as far as its grammar goes.
    init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError)

    /// What stands after the value proper; nothing where the grammar has no parameters.
    var parameters: [Parameter] { get }

    /// The address that the value is; nil where it is something else.
    var nameAddress: NameAddress? { get }
}

extension SIPFieldValue {
    package var parameters: [Parameter] { [] }

    package var nameAddress: NameAddress? { nil }

    /// Reads a text that is one value and nothing else.
    package init(parsing text: String) throws(SIPSyntaxError) {
        var scanner = SIPScanner(text)
        try self.init(whole: &scanner)
    }

    init(whole scanner: inout SIPScanner) throws(SIPSyntaxError) {
        try self.init(scanning: &scanner)
        scanner.skipWhitespace()
        if !scanner.isAtEnd { throw scanner.error(.headerValue) }
    }
}

extension SIPMessage {
    /// The first field of this name as a typed value, nil when there is none.
    package func value<Value: SIPFieldValue>(
        _ name: SIPFieldName, as type: Value.Type
    ) throws(SIPSyntaxError) -> Value? {
        guard var scanner = field(name)?.scanner else { return nil }
        return try Value(whole: &scanner)
    }

    /// The first element of the first field of this name, which is a list.
    package func firstElement<Value: SIPFieldValue>(
        _ name: SIPFieldName, as type: Value.Type
    ) throws(SIPSyntaxError) -> Value? {
        guard var scanner = field(name)?.scanner else { return nil }
        let value = try Value(scanning: &scanner)
        guard scanner.isAtEnd || scanner.takeSeparator(UInt8(ascii: ",")) else { throw scanner.error(.headerValue) }
        return value
    }

    /// All elements of all fields of this name.
    package func elements<Value: SIPFieldValue>(
        _ name: SIPFieldName, as type: Value.Type
    ) throws(SIPSyntaxError) -> [Value] {
        var values: [Value] = []
        for field in fields where field.isNamed(name) {
            var scanner = field.scanner
            repeat {
                values.append(try Value(scanning: &scanner))
            } while scanner.takeSeparator(UInt8(ascii: ","))
            if !scanner.isAtEnd { throw scanner.error(.headerValue) }
        }
        return values
    }
}
