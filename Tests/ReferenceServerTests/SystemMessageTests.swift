import Bytes
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Messages of the server itself.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.4
@Suite struct SystemMessageTests {
    @Test func `A system message has a tag and an identity of its own`() throws {
        var stand = Stand()
        stand.logIn(.a)
        stand.instruct(.announce(SystemMessage("Back at noon"), to: Client.a.imAddress))
        let message = try #require(stand.received(by: .a).first)
        #expect(message.method == .message)
        #expect(message.requestURI == Client.a.contact)
        #expect(message.all(.acceptContact) == ["*;+g.oma.sip-im.system-message"])
        #expect(message.first(.pAssertedIdentity) == "<sip:home.example>")
        #expect(message.first(.to) == "<sip:ann@home.example>")
        #expect(message.first(.userAgent) == "IM-serv/OMA1.0")
        #expect(message.first(.contentType) == "text/plain;charset=utf-8")
        #expect(message.body.text == "Back at noon")
        stand.send(Client.a.answer(200, to: message), from: .a)
        stand.pass(.seconds(100))
        #expect(stand.received(by: .a).isEmpty)
        #expect(stand.journal.isEmpty)
    }

    @Test(arguments: [(1300, "text/plain;charset=utf-8"), (1301, "message/external-body")])
    func `A long text stays outside`(size: Int, type: String) throws {
        var stand = Stand()
        stand.logIn(.a)
        stand.instruct(.announce(SystemMessage(String(repeating: "x", count: size)), to: Client.a.imAddress))
        let message = try #require(stand.received(by: .a).first)
        #expect(message.first(.contentType)?.hasPrefix(type) == true)
        #expect(message.body.count <= 1300)
    }

    @Test func `What asks for an answer is a document outside, and without the answer the service is refused`() throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        let message = SystemMessage("Do you agree?", response: .required(within: .seconds(30)))
        stand.instruct(.announce(message, to: Client.a.imAddress))
        let request = try #require(stand.received(by: .a).first)
        #expect(request.first(.contentType)?.hasPrefix("message/external-body") == true)
        stand.send(Client.a.answer(200, to: request), from: .a)
        stand.pass(.seconds(30))

        stand.send(Client.a.page("Hello", to: .b), from: .a)
        let refusal = try #require(stand.received(by: .a).first)
        #expect(refusal.status == 403)
        #expect(refusal.contains(.errorInfo))
        stand.send(Client.b.page("Hello", to: .a), from: .b)
        #expect(stand.received(by: .a).map(\.method) == [.message])

        stand.instruct(.noteAnswer(of: Client.a.imAddress))
        stand.send(
            Client.a.request("MESSAGE", Client.b.imAddress, sequence: 2, "Accept-Contact: *;+g.oma.sip-im"), from: .a)
        #expect(stand.received(by: .b).contains { $0.method == .message })
    }

    @Test func `A user who is away gets it with his deferred messages`() throws {
        var stand = Stand()
        stand.instruct(.announce(SystemMessage("Back at noon"), to: Client.a.imAddress))
        guard case .deferred(let message, user: Client.a.imAddress)? = stand.journal.first else {
            Issue.record("Nothing is kept")
            return
        }
        #expect(message.request.body.text == "Back at noon")
    }

    @Test func `Nobody is told anything who may not use the service`() {
        var configuration = Stand.configuration
        configuration.policy.entitledUsers = []
        var stand = Stand(configuration)
        stand.instruct(.announce(SystemMessage("Back at noon"), to: Client.a.imAddress))
        #expect(stand.latest.isEmpty)
    }
}
