import Bytes
import MSRP
import MessageBodies
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Whatever comes to the functions that keep and spread messages, they refuse it or go on, and lose nothing.
@Suite struct HostileStoreTests {
    private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int(generator.next() % 4) where !bytes.isEmpty {
            let place = Int(generator.next() % UInt64(bytes.count))
            switch generator.next() % 4 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            case 1: bytes.remove(at: place)
            case 2: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 30)], at: place)
            }
        }
        return bytes
    }

    @Test(arguments: [1, 7, 42] as [UInt64]) func `Mutated requests lose nothing that is kept`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var stand = Stand()
        stand.logIn(.a, absent: .b)
        stand.store("one", "two")
        stand.send(Client.b.register(sequence: 3), from: .b)
        let references = stand.references
        let requests = [
            Client.b.retrieval(list: references), Client.b.refer(to: "cid:list@x", list: ["sip:none@home.example"]),
            Client.b.refer(to: "<sip:x@127.0.0.1;method=INVITE>", at: "sip:History@home.example"),
            Client.b.retrieval(at: "sip:History@home.example", list: references),
            Client.b.page("x", toList: [Client.a.imAddress, "sip:x@y"]), Client.b.largeMessage(to: .c),
        ]
        for round in 0..<120 {
            let request = requests[round % requests.count]
            stand.give(.datagram(mutated(request.serialized(), &generator), from: Client.b.sip, to: Stand.sip))
            if round % 30 == 0 { stand.pass(.seconds(5)) }
            _ = stand.received(by: .a)
            _ = stand.received(by: .b)
        }
        #expect(stand.references == references)
        #expect(stand.server.deferred[Client.b.imAddress].map(\.id) == references)
        stand.pass(.seconds(10_000))
        #expect(stand.server.deliveries.isEmpty && stand.server.subscriptions.count == 0)
        #expect(stand.server.aggregatedMessages.isEmpty && stand.server.recordings.count == 0)
    }

    @Test(arguments: [1, 7] as [UInt64]) func `Mutated answers in a delivery lose nothing`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<10 {
            var stand = Stand()
            stand.logIn(.a, absent: .b)
            stand.store("one", "two")
            stand.send(Client.b.register(sequence: 3), from: .b)
            stand.send(Client.b.retrieval(branch: "r\(round)"), from: .b)
            let responses = stand.received(by: .b)
            let success = try #require(responses.first { $0.status == 200 && $0.first(.cSeq) == "1 INVITE" })
            let id = stand.connect(.b)
            stand.send(Client.b.naming(to: success.offeredPath), on: id)
            var acknowledged = 0
            for send in stand.messages(on: id) where send.body != nil {
                let answer = MSRPMessage(status: 200, to: send).serialized()
                let mutated = mutated(answer, &generator)
                if mutated == answer { acknowledged += 1 }
                stand.give(.received(id, mutated))
            }
            stand.pass(.seconds(100))
            #expect(stand.kept.count >= 1 - acknowledged)
            #expect(Set(stand.references) == Set(stand.server.deferred[Client.b.imAddress].map(\.id)))
        }
    }

    @Test func `Many messages for one user stay within their bounds, and the first ones are kept`() {
        var configuration = Stand.configuration
        configuration.limits.deferredMessagesPerUser = 20
        var stand = Stand(configuration)
        stand.logIn(.a, absent: .b)
        for number in 0..<40 {
            var page = Client.a.page("\(number)", to: .b)
            page.set(.via, "SIP/2.0/UDP \(Client.a.sip);branch=z9hG4bKmany\(number)")
            stand.send(page, from: .a)
        }
        let statuses = stand.received(by: .a).compactMap(\.status)
        #expect(statuses == Array(repeating: 202, count: 20) + Array(repeating: 480, count: 20))
        #expect(stand.kept == (0..<20).map(String.init))
    }

    @Test func `Messages whose reports are gathered are bounded`() {
        var configuration = Stand.configuration
        configuration.limits.aggregatedMessages = 3
        var stand = Stand(configuration)
        stand.logIn(.a, .b)
        for number in 0..<6 {
            var cpim = CPIMMessage(from: Client.a.imAddress, to: ["x"], contentType: "text/plain", body: [])
            cpim.request(IMDNRequest(messageID: "id\(number)", dispositions: [.positiveDelivery]), dateTime: "x")
            var page = Client.a.page(cpim.serialized().text, toList: [Client.b.imAddress], type: "message/cpim")
            page.set(.via, "SIP/2.0/UDP \(Client.a.sip);branch=z9hG4bKreports\(number)")
            stand.send(page, from: .a)
        }
        #expect(stand.server.aggregatedMessages.count == 3)
        #expect(stand.received(by: .a).map(\.status) == Array(repeating: 202, count: 6))
        stand.pass(.seconds(100))
        #expect(stand.server.aggregatedMessages.isEmpty && stand.server.aggregationsByMessage.isEmpty)
    }

    @Test func `A group within a group, or the exploder itself, multiplies nothing`() {
        var stand = Stand()
        stand.logIn(.a, .b)
        let recipients = ["sip:exploder@home.example", "sip:Conference-factory@home.example", Client.b.imAddress]
        stand.send(Client.a.page("x", toList: recipients), from: .a)
        #expect(stand.received(by: .b).count == 1)
        #expect(stand.received(by: .a).map(\.status) == [202])
    }

    @Test(arguments: ["cid:", "cid:%", "cid:%zz@x", "<>", "sip:", "sip:@", ";", "sip:Delete@home.example"])
    func `Refer-To may be anything`(target: String) {
        var stand = Stand()
        stand.logIn(.b)
        for function in ["sip:Delete@home.example", "sip:History@home.example"] {
            var refer = Client.b.refer(to: "sip:x@y", at: function)
            refer.set(.referTo, target)
            stand.send(refer, from: .b)
            let status = stand.received(by: .b).first?.status ?? 0
            #expect((200...499).contains(status))
            stand.pass(.seconds(40))
        }
    }

    @Test func `A name for a recording may be anything, and no longer than it may be`() throws {
        let names = ["%", "%4", "%zz", "%00", "a%20b", String(repeating: "x", count: 1000)]
        for name in names {
            let uri = try? SIPURI(parsing: "sip:History@home.example;historyfilename=\(name)")
            #expect((uri?.historyFileName?.utf8.count ?? 0) <= 255)
        }
        let uri = try SIPURI(parsing: "sip:History@home.example;HistoryFileName=a%20b")
        #expect(uri.historyFileName == "a b")
    }
}
