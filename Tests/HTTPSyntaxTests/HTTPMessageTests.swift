import Bytes
import HTTPSyntax
import Testing

struct HTTPMessageTests {
    @Test(arguments: MessageVector.all)
    func `a message holds what its vector says`(_ vector: MessageVector) throws {
        let message = try HTTPMessage(parsing: vector.bytes)
        let expected = vector.expected
        func check<Value: Equatable>(_ value: Value?, _ expected: Value?, _ key: String) {
            if let expected { #expect(value == expected, "\(key)") }
        }
        check(message.method, expected.method, "method")
        check(message.target, expected.target, "target")
        check(message.version, expected.version, "version")
        check(message.status, expected.status, "status")
        if case .response(_, let reason) = message.startLine { check(reason, expected.reason ?? nil, "reason") }
        check(message.mediaType, expected.mediaType, "mediaType")
        check(message.content, expected.content.map { Array($0.utf8) }, "content")
        check(message.closesConnection, expected.closes, "closes")
        check(message.awaitsContinue, expected.awaitsContinue, "awaitsContinue")
    }

    @Test(arguments: MessageVector.all)
    func `a message gives its bytes back`(_ vector: MessageVector) throws {
        #expect(try HTTPMessage(parsing: vector.bytes).serialized() == vector.bytes)
    }

    @Test(arguments: FailureVector.all)
    func `bytes that are no message break the rule their vector names`(_ vector: FailureVector) {
        let error = #expect(throws: HTTPSyntaxError.self) { try HTTPMessage(parsing: Array(vector.raw.utf8)) }
        #expect(error?.rule.rawValue == vector.rule)
        #expect(error?.offset == vector.offset)
    }

    @Test func `a response without a length has all that is there`() throws {
        let text = "HTTP/1.1 200 OK\r\n\r\nabc"
        #expect(try HTTPMessage(parsing: Array(text.utf8)).content == Array("abc".utf8))
    }

    @Test func `a response to HEAD announces what it does not carry`() throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
        #expect(try HTTPMessage(parsing: Array(text.utf8)).content.isEmpty)
    }

    @Test func `what is composed says how long its content is, where it can have any`() {
        let request = HTTPMessage("PUT", "/x", fields: [HTTPField(.host, "h")], content: Array("ab".utf8))
        #expect(request.serialized().text == "PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab")
        #expect(HTTPMessage("GET", "/x").serialized().text == "GET /x HTTP/1.1\r\n\r\n")
        #expect(HTTPMessage(.ok).serialized().text == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(HTTPMessage(.notModified).serialized().text == "HTTP/1.1 304 Not Modified\r\n\r\n")
        #expect(HTTPMessage(.continue).serialized().text == "HTTP/1.1 100 Continue\r\n\r\n")
    }

    @Test func `a list is cut at commas outside of quotes, over all lines of the name`() {
        let message = HTTPMessage(
            "GET", "/",
            fields: [HTTPField(.ifMatch, "\"a,b\", ,W/\"c\""), HTTPField(HTTPFieldName("IF-MATCH"), "\"d\"")])
        #expect(message.list(.ifMatch) == ["\"a,b\"", "W/\"c\"", "\"d\""])
    }

    @Test func `a field set takes the place of all of its name`() {
        var message = HTTPMessage("GET", "/", fields: [HTTPField(.host, "a"), HTTPField(HTTPFieldName("host"), "b")])
        message.set(.host, "c")
        #expect(message.all(.host) == ["c"])
    }

    @Test func `the reason of every status code is said`() {
        #expect(Set(HTTPStatusCode.allCases.map(\.reason)).count == HTTPStatusCode.allCases.count)
    }
}
