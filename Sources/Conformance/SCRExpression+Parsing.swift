extension SCRExpression {
    /// Reads an expression such as `IMSpec-X-C-001 AND (IMSpec-X-C-002 OR IMSpec-X-C-003)`.
    package init(parsing text: String) throws(SCRExpressionError) {
        var parser = Parser(text)
        self = try parser.expression(depth: 0)
        if let surplus = parser.tokens.first {
            throw SCRExpressionError(expected: "AND, OR or the end", found: surplus)
        }
    }

    private struct Parser {
        /// How deep parentheses may be nested.
        private static let deepest = 8

        private(set) var tokens: ArraySlice<String>

        init(_ text: String) {
            let spaced = text.replacing("(", with: " ( ").replacing(")", with: " ) ")
            tokens = spaced.split(whereSeparator: \.isWhitespace).map(String.init)[...]
        }

        mutating func expression(depth: Int) throws(SCRExpressionError) -> SCRExpression {
            var parts = [try conjunction(depth: depth)]
            while take("OR") { parts.append(try conjunction(depth: depth)) }
            return parts.count == 1 ? parts[0] : .any(parts)
        }

        private mutating func conjunction(depth: Int) throws(SCRExpressionError) -> SCRExpression {
            var parts = [try operand(depth: depth)]
            while take("AND") { parts.append(try operand(depth: depth)) }
            return parts.count == 1 ? parts[0] : .all(parts)
        }

        private mutating func operand(depth: Int) throws(SCRExpressionError) -> SCRExpression {
            if take("(") {
                guard depth < Self.deepest else {
                    throw SCRExpressionError(expected: "at most \(Self.deepest) parentheses within another", found: "(")
                }
                let inner = try expression(depth: depth + 1)
                guard take(")") else { throw SCRExpressionError(expected: "“)”", found: tokens.first) }
                return inner
            }
            guard let token = tokens.first, !["AND", "OR", ")"].contains(token) else {
                throw SCRExpressionError(expected: "an item", found: tokens.first)
            }
            tokens.removeFirst()
            return .item(SCRItemID(token))
        }

        private mutating func take(_ token: String) -> Bool {
            guard tokens.first == token else { return false }
            tokens.removeFirst()
            return true
        }
    }
}
