/// The kinds of privacy that a user asks for.
///
/// RFC 3323 §4.2
package struct Privacy: Hashable, Sendable, CustomStringConvertible {
    package var values: [String]

    package init(_ values: [String]) {
        self.values = values
    }

    package func contains(_ value: String) -> Bool {
        values.contains { $0.isEqualIgnoringCase(value) }
    }

    package var description: String { values.joined(separator: ";") }
}

extension Privacy: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        var values: [String] = []
        repeat {
            values.append(try scanner.token(.privValue))
        } while scanner.takeSeparator(UInt8(ascii: ";"))
        self.values = values
    }
}
