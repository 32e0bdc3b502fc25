import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

@testable import ReferenceServer

/// The flow of IM-2.0-int-403: B asks for what was kept for him.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.1
@Suite struct DeferredRetrievalTests {
    private var stand = Stand()

    init() {
        stand.logIn(.a, absent: .b)
        stand.store("one", "two", "three")
        stand.send(Client.b.register(sequence: 3), from: .b)
        _ = stand.received(by: .b)
    }

    /// Asks, connects and takes what comes.
    private mutating func retrieve(_ list: [String]? = nil, branch: String = "first") throws -> [EncapsulatedMessage] {
        stand.send(Client.b.retrieval(list: list, branch: branch), from: .b)
        let accepted = stand.received(by: .b).first { $0.status == 200 }
        let success = try #require(accepted)
        stand.send(Client.b.inDialog(.ack, of: success, sequence: 1), from: .b)
        let id = stand.connect(.b)
        stand.send(Client.b.naming(to: success.offeredPath), on: id)
        let taken = stand.takeAll(on: id, by: .b)
        let bye = stand.received(by: .b).first { $0.method == .bye }
        stand.send(Client.b.answer(200, to: try #require(bye)), from: .b)
        #expect(stand.closed.contains(id))
        return taken
    }

    @Test mutating func `All that waits comes in the order of arrival, and is gone then`() throws {
        let taken = try retrieve()
        #expect(taken.map(\.payload?.body.text) == ["one", "two", "three"])
        #expect(stand.kept.isEmpty)
        #expect(stand.metadata?.items == [])
        #expect(stand.journal.suffix(3).allSatisfy { if case .discarded = $0 { true } else { false } })
    }

    @Test mutating func `A message comes as it was sent, with the time at which it came`() throws {
        let first = try retrieve().first
        let message = try #require(first)
        #expect(message.request?.method == "MESSAGE")
        #expect(message.value("Call-ID") == "call@127.0.0.11")
        #expect(message.value("From") == "\"ann\" <sip:ann@home.example>;tag=ann-1")
        #expect(message.value("P-Asserted-Identity") == "<sip:ann@home.example>")
        #expect(message.value("Date") == SIPDate(Instant(nanoseconds: 1_000_000_000_000)).description)
    }

    @Test mutating func `What is listed comes, and the rest stays`() throws {
        let reference = stand.references[1]
        #expect(try retrieve([reference]).map(\.payload?.body.text) == ["two"])
        #expect(stand.kept == ["one", "three"])
        #expect(!stand.references.contains(reference))
        #expect(try retrieve(branch: "second").map(\.payload?.body.text) == ["one", "three"])
    }

    @Test mutating func `A reference may come without its scheme, and one that is unknown does not matter`() throws {
        let reference = String(stand.references[0].dropFirst(4))
        #expect(try retrieve([reference, "sip:none@home.example"]).map(\.payload?.body.text) == ["one"])
    }

    @Test mutating func `The answer is that of a machine which only sends`() throws {
        stand.send(Client.b.retrieval(), from: .b)
        let accepted = stand.received(by: .b).first { $0.status == 200 }
        let success = try #require(accepted)
        #expect(try success.contact()?.parameters.first("automata") != nil)
        #expect(success.first(.server) == "IM-serv/OMA1.0")
        let answer = try SessionDescription(parsing: success.body)
        #expect(answer.media.map { answer.direction(of: $0) } == [.sendOnly])
        let offer = try SessionDescription(parsing: Array(Client.b.receiving().utf8))
        #expect(MSRPAnswer(answer, to: offer).problems.isEmpty)
    }

    private mutating func refusal(_ request: SIPMessage) throws -> SIPMessage {
        stand.send(request, from: .b)
        let last = stand.received(by: .b).last
        return try #require(last)
    }

    @Test(arguments: ["a=sendrecv", "a=sendonly", "a=inactive"])
    mutating func `Who does not only receive is told what to offer`(direction: String) throws {
        let description = Client.b.receiving().replacing("a=recvonly", with: direction)
        let refusal = try refusal(Client.b.retrieval(description))
        #expect(refusal.status == 488)
        let wanted = try SessionDescription(parsing: refusal.body)
        #expect(wanted.media.map { wanted.direction(of: $0) } == [.receiveOnly])
        #expect(stand.kept.count == 3)
    }

    @Test mutating func `The direction may be that of the whole session`() throws {
        let description = Client.b.receiving().replacing("a=recvonly\r\n", with: "")
            .replacing("t=0 0\r\n", with: "t=0 0\r\na=recvonly\r\n")
        #expect(try refusal(Client.b.retrieval(description)).status == 200)
    }

    @Test mutating func `Who can take no such message is refused`() throws {
        #expect(try refusal(Client.b.retrieval(Client.b.receiving("text/plain"))).status == 488)
    }

    @Test mutating func `An empty store has no messages`() throws {
        _ = try retrieve()
        let refusal = try refusal(Client.b.retrieval(branch: "again"))
        #expect(refusal.status == 488)
        #expect(refusal.first(.warning) == "399 home.example \"125 No messages\"")
    }

    @Test mutating func `Unknown references alone are not found`() throws {
        #expect(try refusal(Client.b.retrieval(list: ["sip:none@home.example"])).status == 404)
    }

    @Test mutating func `The messages of somebody else are none of his business`() throws {
        stand.logIn(.c)
        stand.send(Client.c.retrieval(list: [stand.references[0]]), from: .c)
        let refusal = stand.received(by: .c).last
        #expect(refusal?.status == 403)
        #expect(refusal?.first(.warning) == "399 home.example \"127 Service not authorised\"")
    }

    @Test mutating func `What the user does not take stays`() throws {
        stand.send(Client.b.retrieval(), from: .b)
        let accepted = stand.received(by: .b).first { $0.status == 200 }
        let success = try #require(accepted)
        stand.send(Client.b.inDialog(.ack, of: success, sequence: 1), from: .b)
        let id = stand.connect(.b)
        stand.send(Client.b.naming(to: success.offeredPath), on: id)
        _ = stand.takeAll(on: id, by: .b, status: 413)
        #expect(stand.received(by: .b).contains { $0.method == .bye })
        #expect(stand.kept == ["one", "two", "three"])
    }

    @Test mutating func `A connection that breaks keeps what was not acknowledged`() throws {
        stand.send(Client.b.retrieval(), from: .b)
        let accepted = stand.received(by: .b).first { $0.status == 200 }
        let success = try #require(accepted)
        stand.send(Client.b.inDialog(.ack, of: success, sequence: 1), from: .b)
        let id = stand.connect(.b)
        stand.send(Client.b.naming(to: success.offeredPath), on: id)
        let sends = stand.messages(on: id)
        let first = try #require(sends.first { $0.body != nil })
        stand.send(MSRPMessage(status: 200, to: first), on: id)
        stand.give(.closed(id, reason: nil))
        #expect(stand.kept == ["two", "three"])
        #expect(stand.received(by: .b).contains { $0.method == .bye })
    }

    @Test mutating func `Who never connects is released, and so is who hangs up`() throws {
        stand.send(Client.b.retrieval(), from: .b)
        let accepted = stand.received(by: .b).first { $0.status == 200 }
        let success = try #require(accepted)
        stand.send(Client.b.inDialog(.ack, of: success, sequence: 1), from: .b)
        stand.pass(.seconds(30))
        let release = stand.received(by: .b).first { $0.method == .bye }
        let bye = try #require(release)
        stand.send(Client.b.answer(200, to: bye), from: .b)
        #expect(stand.server.deliveries.isEmpty)

        stand.send(Client.b.retrieval(branch: "again"), from: .b)
        let acceptedAgain = stand.received(by: .b).first { $0.status == 200 }
        let second = try #require(acceptedAgain)
        stand.send(Client.b.inDialog(.bye, of: second, sequence: 2), from: .b)
        #expect(stand.server.deliveries.isEmpty)
        #expect(stand.kept.count == 3)
    }

    @Test mutating func `What is being handed over is not handed over a second time`() throws {
        stand.send(Client.b.retrieval(), from: .b)
        _ = stand.received(by: .b)
        let refusal = try refusal(Client.b.retrieval(branch: "again"))
        #expect(refusal.status == 488)
    }

    @Test mutating func `Who may not have messages deferred may not ask for them`() throws {
        var configuration = Stand.configuration
        configuration.policy.deferredMessageUsers = []
        stand = Stand(configuration)
        stand.logIn(.b)
        let refusal = try refusal(Client.b.retrieval())
        #expect(refusal.first(.warning) == "399 home.example \"127 Service not authorised\"")
    }
}
