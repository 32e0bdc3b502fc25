import Conformance
import Testing

struct SCRExpressionTests {
    private static func item(_ id: String) -> SCRExpression { .item(SCRItemID(id)) }

    @Test(
        arguments: [
            ("A", item("A")), (" A ", item("A")), ("((A))", item("A")),
            ("A AND B", .all([item("A"), item("B")])), ("A OR B OR C", .any([item("A"), item("B"), item("C")])),
            ("A OR B AND C", .any([item("A"), .all([item("B"), item("C")])])),
            ("(A OR B) AND C", .all([.any([item("A"), item("B")]), item("C")])),
            ("(A OR B)AND(C)", .all([.any([item("A"), item("B")]), item("C")])),
        ] as [(String, SCRExpression)])
    func `An expression is items, AND before OR, and parentheses`(text: String, expected: SCRExpression) throws {
        #expect(try SCRExpression(parsing: text) == expected)
        let again = try SCRExpression(parsing: expected.text(\.description))
        #expect(again == expected)
    }

    @Test(arguments: [
        ("", "expected an item, found the end"), ("A AND", "expected an item, found the end"),
        ("AND A", "expected an item, found “AND”"), ("A B", "expected AND, OR or the end, found “B”"),
        ("(A", "expected “)”, found the end"), ("A)", "expected AND, OR or the end, found “)”"),
        ("()", "expected an item, found “)”"), ("(A B)", "expected “)”, found “B”"),
    ])
    func `Anything else is refused with what should have come`(text: String, message: String) {
        #expect {
            try SCRExpression(parsing: text)
        } throws: {
            "\($0)" == message
        }
    }

    @Test func `Parentheses are nested eight deep and no deeper`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "A" + String(repeating: ")", count: depth)
        }
        #expect(try SCRExpression(parsing: nested(8)) == Self.item("A"))
        #expect(throws: SCRExpressionError.self) { try SCRExpression(parsing: nested(9)) }
        #expect(throws: SCRExpressionError.self) { try SCRExpression(parsing: nested(100_000)) }
    }

    @Test(
        arguments: [
            ("A", "A", nil), ("A", "", "A"), ("A AND B", "A B", nil), ("A AND B", "A", "B"),
            ("A AND B AND C", "B", "A AND C"),
            ("A OR B", "B", nil), ("A OR B", "C", "A OR B"), ("(A OR B) AND C", "A", "C"),
            ("(A OR B) AND C", "C", "A OR B"), ("(A OR B) AND C", "", "(A OR B) AND C"),
            ("A AND B OR C", "A", "A AND B OR C"),
        ] as [(String, String, String?)])
    func `What the claims leave unmet is named, and nothing else`(
        text: String, claims: String, expected: String?
    ) throws {
        let claimed = Set(claims.split(separator: " ").map { SCRItemID(String($0)) })
        let unmet = try SCRExpression(parsing: text).unmet(by: claimed.contains)
        #expect(unmet?.text(\.description) == expected)
    }

    @Test func `Its items come in its order`() throws {
        let expression = try SCRExpression(parsing: "C AND (B OR A)")
        #expect(expression.items.map(\.description) == ["C", "B", "A"])
    }
}
