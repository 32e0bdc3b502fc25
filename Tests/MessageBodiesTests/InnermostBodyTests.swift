import Bytes
import MessageBodies
import Testing

@Suite struct InnermostBodyTests {
    private func wrapped(_ body: [UInt8], times: Int) -> [UInt8] {
        (0..<times).reduce(body) { body, depth in
            CPIMMessage(
                from: "sip:a@x", to: [], contentType: depth == 0 ? "text/plain" : "message/cpim", body: body
            ).serialized()
        }
    }

    @Test func `A body that is not wrapped is the payload`() {
        #expect(innermost(contentType: "text/plain", body: [1]) == ("text/plain", [1]))
    }

    @Test(arguments: 1...8) func `Wrappers are taken off one by one`(times: Int) {
        let body = wrapped(Array("Hello".utf8), times: times)
        let payload = innermost(contentType: "message/cpim", body: body)
        #expect(payload.contentType == "text/plain")
        #expect(payload.body.text == "Hello")
    }

    @Test func `The ninth wrapper stays on`() {
        let payload = innermost(contentType: "Message/CPIM; x=y", body: wrapped([1], times: 9))
        #expect(payload.contentType == "message/cpim")
        #expect(innermost(contentType: payload.contentType, body: payload.body) == ("text/plain", [1]))
    }

    @Test func `A wrapper that does not parse is the payload`() {
        #expect(innermost(contentType: "message/cpim", body: [1]) == ("message/cpim", [1]))
    }
}
