/// What in a document is not as a schema demands, and on which line.
package struct XMLSchemaViolation: Equatable, Sendable, CustomStringConvertible {
    package let line: Int
    package let message: String

    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }

    package var description: String { "\(line): \(message)" }
}
