import HTTPSyntax
import Testing

struct EntityTagTests {
    @Test(arguments: [
        ("\"abc\"", "abc", false), ("W/\"abc\"", "abc", true), ("\"\"", "", false), ("\"a'b\\\"", "a'b\\", false),
    ])
    func `a tag is read and written`(text: String, opaque: String, isWeak: Bool) {
        let tag = EntityTag(parsing: text)
        #expect(tag?.opaque == opaque)
        #expect(tag?.isWeak == isWeak)
        #expect(tag?.description == text)
    }

    @Test(arguments: ["", "abc", "\"", "\"a", "a\"", "w/\"a\"", "\"a\"b\"", "\"a b\"", "*"])
    func `anything else is no tag`(text: String) {
        #expect(EntityTag(parsing: text) == nil)
    }

    @Test(
        arguments: [
            ("\"a\"", "\"a\"", true, true), ("\"b\", \"a\"", "\"a\"", true, true), ("\"b\"", "\"a\"", false, false),
            ("W/\"a\"", "\"a\"", false, true), ("\"a\"", "W/\"a\"", false, true), ("*", "\"a\"", true, true),
            ("*", nil, false, false), ("\"a\"", nil, false, false), ("nonsense", "\"a\"", false, false),
        ] as [(String, String?, Bool, Bool)])
    func `a condition matches strongly or weakly`(value: String, tag: String?, strongly: Bool, weakly: Bool) throws {
        let message = HTTPMessage("GET", "/", fields: [HTTPField(.ifMatch, value)])
        let condition = try #require(EntityTagCondition(.ifMatch, of: message))
        #expect(condition.matchesStrongly(tag.flatMap(EntityTag.init(parsing:))) == strongly)
        #expect(condition.matchesWeakly(tag.flatMap(EntityTag.init(parsing:))) == weakly)
    }

    @Test func `a message without the field states no condition`() {
        #expect(EntityTagCondition(.ifMatch, of: HTTPMessage("GET", "/")) == nil)
    }
}
