import Bytes
import MessageBodies
import Testing

@Suite struct ExternalBodyTests {
    @Test func `A body tells where the content is, and what it is`() throws {
        let body = ExternalBody(
            url: "http://im.example/form?a=1;b", expiration: "Sun, 01 Mar 2026 12:00:00 GMT", size: 4096,
            contentFields: [BodyField("Content-Type", "text/html"), BodyField("Content-ID", "<f1@im.example>")])
        #expect(
            body.contentType
                == "message/external-body;access-type=URL;expiration=\"Sun, 01 Mar 2026 12:00:00 GMT\""
                + ";url=\"http://im.example/form?a=1;b\";size=4096")
        #expect(body.serialized().text == "Content-Type: text/html\r\nContent-ID: <f1@im.example>\r\n\r\n")
        #expect(try ExternalBody(parsing: body.serialized(), contentType: body.contentType) == body)
    }

    @Test func `A URL may be folded, and the empty line after the fields may be missing`() throws {
        let body = try ExternalBody(
            parsing: Array("Content-Type: text/html\r\n".utf8),
            contentType: "Message/External-Body; ACCESS-TYPE=\"url\"; URL=\"http://im.example/ a\tb\"")
        #expect(body.url == "http://im.example/ab")
        #expect(body.contentFields == [BodyField("Content-Type", "text/html")])
    }

    @Test(arguments: [
        "text/html", "message/external-body", "message/external-body;access-type=URL",
        "message/external-body;access-type=FTP;URL=\"x\"", "message/external-body;access-type=URL;URL=\" \"", "",
    ])
    func `A type that does not tell where is refused`(contentType: String) {
        #expect(throws: MessageBodyError.notExternal(contentType: contentType)) {
            try ExternalBody(parsing: [], contentType: contentType)
        }
    }

    @Test func `Lines that are no fields are refused`() {
        #expect(throws: MessageBodyError.malformedField("<html>")) {
            try ExternalBody(parsing: Array("<html>".utf8), contentType: "message/external-body;access-type=URL;URL=x")
        }
    }
}
