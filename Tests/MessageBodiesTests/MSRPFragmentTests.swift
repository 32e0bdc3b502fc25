import Bytes
import MessageBodies
import Testing

@Suite struct MSRPFragmentTests {
    private func fragment(_ text: String) throws -> MSRPFragment { try MSRPFragment(parsing: Array(text.utf8)) }

    @Test(arguments: [
        ("\r\nHi\r\n-------t1$\r\n", "Hi"), ("\r\nHi\r\n-------t1+", "Hi"), ("\r\nHi", "Hi"), ("-------t1$\r\n", ""),
        ("\r\n\r\n-------t1#\r\n", ""), ("\r\nHi\r\n\r\n-------t1$\r\n", "Hi\r\n"), ("", ""),
        ("\r\n-------t1 no\r\n-------t2$\r\n-------t1$\r\nrest", "-------t1 no\r\n-------t2$"),
    ])
    func `The body ends before the end-line, or with the bytes`(text: String, body: String) throws {
        let request = try fragment("MSRP t1 SEND\r\nMessage-ID: 456\r\n\(text)")
        #expect(request.transactionID == "t1" && request.method == "SEND" && request.value("message-id") == "456")
        #expect(request.body.text == body)
    }

    @Test(arguments: [
        ("", MessageBodyError.truncated(offset: 0)), ("SEND t1 MSRP\r\n", .malformedField("SEND t1 MSRP")),
        ("MSRP t1\r\n", .malformedField("MSRP t1")), ("MSRP t1 SEND\r\nnone\r\n", .malformedField("none")),
        ("MSRP t1 SEND\r\n" + String(repeating: "a: b\r\n", count: MSRPFragment.maximumFields + 1), .tooManyFields),
    ])
    func `What is not a request is refused`(text: String, error: MessageBodyError) {
        #expect(throws: error) { try fragment(text) }
    }

    @Test(arguments: [[], [0, 13, 10], Array("one\ntwo\r\n\r\n".utf8)] as [[UInt8]])
    func `A request that was written and read is the same`(body: [UInt8]) throws {
        let request = MSRPFragment(
            transactionID: "t1", fields: [BodyField("Message-ID", "1"), BodyField("Content-Type", "x/y")], body: body)
        #expect(try MSRPFragment(parsing: request.serialized()) == request)
        let bodyless = MSRPFragment(transactionID: "t1", fields: [BodyField("Message-ID", "1")], body: [])
        #expect(bodyless.serialized().text == "MSRP t1 SEND\r\nMessage-ID: 1\r\n-------t1$\r\n")
        #expect(try MSRPFragment(parsing: bodyless.serialized()) == bodyless)
    }
}
