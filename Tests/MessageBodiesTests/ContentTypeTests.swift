import MessageBodies
import Testing

@Suite struct ContentTypeTests {
    @Test(arguments: [
        ("text/plain", "text/plain", []),
        (" Message/CPIM ", "message/cpim", []),
        ("text/plain;charset=UTF-8", "text/plain", [ContentType.Parameter("charset", "UTF-8")]),
        (
            "multipart/mixed ; Boundary=\"a b\\\"c\" ;x=y", "multipart/mixed",
            [ContentType.Parameter("boundary", "a b\"c"), ContentType.Parameter("x", "y")]
        ),
        ("text/plain;x=\"\"", "text/plain", [ContentType.Parameter("x", "")]),
    ])
    func `A value has an essence and parameters`(
        text: String, essence: String, parameters: [ContentType.Parameter]
    ) throws {
        let type = try #require(ContentType(parsing: text))
        #expect(type.essence == essence)
        #expect(type.parameters == parameters)
    }

    @Test(arguments: [
        "", "text", "text/", "/plain", "text/plain;", "text/plain;x", "text/plain;x=", "text/plain;x=\"a",
        "text/plain x",
    ])
    func `A value that is not type and subtype with parameters is none`(text: String) {
        #expect(ContentType(parsing: text) == nil)
    }

    @Test func `A parameter is found in any case`() {
        #expect(ContentType(parsing: "a/b;Boundary=X")?.parameter("BOUNDARY") == "X")
    }
}
