/// What keeps a text from being an expression of items.
package struct SCRExpressionError: Error, Equatable, CustomStringConvertible {
    /// What should have come.
    package let expected: String
    /// What came, or nil for the end.
    package let found: String?

    package var description: String {
        "expected \(expected), found \(found.map { "“\($0)”" } ?? "the end")"
    }
}
