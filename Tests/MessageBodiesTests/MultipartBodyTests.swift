import Bytes
import MessageBodies
import Testing

@Suite struct MultipartBodyTests {
    private typealias BodyPart = MultipartBody.BodyPart

    private func parts(_ name: String) throws -> [MultipartBody.BodyPart] {
        try MultipartBody(parsing: fixture("multipart/\(name).mixed"), boundary: "next").parts
    }

    @Test func `Parts have fields and bodies; preamble and epilogue are skipped`() throws {
        let parts = try parts("invitation")
        #expect(parts.map(\.contentType) == ["application/sdp", "application/resource-lists+xml"])
        #expect(parts.last?.fields.first("content-disposition") == "recipient-list")
    }

    @Test func `The line end before a delimiter belongs to the delimiter`() throws {
        #expect(try parts("invitation").first?.body.text == "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n")
    }

    @Test func `A part needs neither fields nor a body`() throws {
        let parts = try parts("bare")
        #expect(parts.map(\.contentType) == ["text/plain", "text/html"])
        #expect(parts.map(\.body.text) == ["plain text without fields", ""])
    }

    @Test func `A line that only begins like a delimiter is content`() throws {
        #expect(
            try parts("foreign-delimiters").map(\.body.text) == ["--nextish is not a delimiter\r\n-- nor this"])
    }

    @Test(arguments: [
        ("unclosed", MessageBodyError.truncated(offset: 50)), ("no-delimiter", .noDelimiter),
        ("bad-field", .malformedField("not a field\r\n\r\nx")),
    ])
    func `What is not a multipart body is refused`(name: String, error: MessageBodyError) throws {
        let bytes = try fixture("multipart/\(name).mixed")
        #expect(throws: error) { try MultipartBody(parsing: bytes, boundary: "next") }
    }

    @Test func `More than a hundred parts are refused`() {
        let body = MultipartBody(
            boundary: "b", parts: Array(repeating: MultipartBody.BodyPart(fields: [], body: []), count: 101))
        #expect(throws: MessageBodyError.tooManyParts) {
            try MultipartBody(parsing: body.serialized(), boundary: "b")
        }
    }

    @Test(arguments: ["text/plain;boundary=next", "multipart/mixed", "multipart/mixed;boundary=\"\"", "multipart"])
    func `A Content-Type that names no boundary is refused`(contentType: String) throws {
        let bytes = try fixture("multipart/bare.mixed")
        #expect(throws: MessageBodyError.noBoundary(contentType: contentType)) {
            try MultipartBody(parsing: bytes, contentType: contentType)
        }
    }

    @Test(arguments: [("next", "multipart/mixed;boundary=next"), ("a b", "multipart/mixed;boundary=\"a b\"")])
    func `The Content-Type of a body names its boundary`(boundary: String, contentType: String) throws {
        let body = MultipartBody(boundary: boundary, parts: [BodyPart(contentType: "text/plain", body: [])])
        #expect(body.contentType == contentType)
        #expect(try MultipartBody(parsing: body.serialized(), contentType: contentType) == body)
    }

    @Test(arguments: ["invitation", "bare", "foreign-delimiters"])
    func `A body that was read, written and read again is the same body`(name: String) throws {
        let body = try MultipartBody(parsing: fixture("multipart/\(name).mixed"), boundary: "next")
        #expect(try MultipartBody(parsing: body.serialized(), boundary: "next") == body)
    }
}
