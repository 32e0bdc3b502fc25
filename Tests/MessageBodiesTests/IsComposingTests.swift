import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct IsComposingTests {
    private func document(_ content: String) throws -> IsComposing {
        try IsComposing(parsing: Array("<isComposing xmlns='\(IsComposing.namespace)'>\(content)</isComposing>".utf8))
    }

    @Test func `A document tells that somebody writes, what, and for how long to believe it`() throws {
        #expect(
            try IsComposing(parsing: fixture("notifications/composing.xml"))
                == IsComposing(state: .active, contentType: "text/plain", refresh: 90))
    }

    @Test(arguments: [("idle", IsComposing.State.idle), (" active ", .active), ("dreaming", .idle)])
    func `A state that is not known is idle`(text: String, state: IsComposing.State) throws {
        #expect(try document("<state>\(text)</state>").state == state)
    }

    @Test(arguments: [
        ("", XMLBodyError.missing("state", in: "isComposing")),
        ("<state>idle</state><refresh>0</refresh>", .invalid("0", of: "refresh")),
        ("<state>idle</state><refresh>99999999999</refresh>", .invalid("99999999999", of: "refresh")),
    ])
    func `What is not an indication is refused`(content: String, error: XMLBodyError) {
        #expect(throws: error) { try document(content) }
    }

    @Test func `An indication that was written and read is the same`() throws {
        let composing = IsComposing(
            state: .idle, lastActive: "2026-03-01T12:00:00Z", contentType: "text/plain;charset=\"x\"", refresh: 60)
        #expect(try IsComposing(parsing: composing.serialized()) == composing)
    }
}
