/// Why a text is not an XML document that this project reads, and where in it.
///
/// Line and column count from 1; both are 0 when the trouble has no place, such as the size of the whole.
package struct XMLSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    package let line: Int
    package let column: Int
    package let message: String

    package init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String { line == 0 ? message : "\(line):\(column): \(message)" }
}
