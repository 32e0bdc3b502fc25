import Bytes
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// The flow of IM-2.0-int-201.
@Suite struct PageTests {
    @Test func `A page reaches the other client, and its answer the sender`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        stand.send(Client.a.page("Hello 1", to: .b), from: .a)
        let page = try #require(stand.received(by: .b).first)
        #expect(page.method == .message)
        #expect(page.requestURI == Client.b.contact)
        #expect(page.body.text == "Hello 1")
        #expect(page.first(.pAssertedIdentity) == "<sip:ann@home.example>")
        #expect(page.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(page.first(.userAgent) == "IM-serv/OMA1.0")
        #expect(page.first(.maxForwards) == "69")
        #expect(!page.contains(.contact))
        #expect(page.list(.via).count == 2)

        stand.send(Client.b.answer(200, to: page), from: .b)
        let answers = stand.received(by: .a)
        #expect(answers.map(\.status) == [200])
        #expect(answers.first?.list(.via).count == 1)
        #expect(stand.received(by: .b).isEmpty)
    }
}
