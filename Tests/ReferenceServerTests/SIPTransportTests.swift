import Bytes
import MSRP
import Network
import ReferenceServer
import SIPSyntax
import Testing

/// SIP over TCP: RFC 3261 §18.
@Suite struct SIPTransportTests {
    private func overTCP(_ request: SIPMessage) -> SIPMessage {
        var request = request
        request.set(.via, (request.first(.via) ?? "").replacing("/UDP", with: "/TCP"))
        if let contact = request.first(.contact) {
            request.set(.contact, contact.replacing(":5060>", with: ":5060;transport=tcp>"))
        }
        return request
    }

    private func messages(_ bytes: [UInt8]) -> [SIPMessage] {
        var framer = SIPStreamFramer()
        framer.append(bytes)
        var messages: [SIPMessage] = []
        while let whole = try? framer.next(), let message = try? SIPMessage(parsing: whole) { messages.append(message) }
        return messages
    }

    @Test func `A client that has registered over a connection is reached by it`() throws {
        var stand = Stand()
        stand.logIn(.a)
        let b = stand.connect(.b, to: Stand.sip)
        stand.give(.received(b, overTCP(Client.b.register()).serialized()))
        #expect(messages(stand.bytes(on: b)).map(\.status) == [200])
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        let page = try #require(messages(stand.bytes(on: b)).first)
        #expect(page.body.text == "Hello")
        #expect(try page.via()?.transport == "TCP")
        stand.give(.received(b, Client.b.answer(200, to: page).serialized()))
        #expect(stand.received(by: .a).map(\.status) == [200])
        #expect(stand.connects.isEmpty)
    }

    @Test func `A client whose connection is over is called back at its contact`() throws {
        var stand = Stand()
        stand.logIn(.a)
        let b = stand.connect(.b, to: Stand.sip)
        stand.give(.received(b, overTCP(Client.b.register()).serialized()))
        stand.give(.closed(b, reason: nil))
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        let call = try #require(stand.connects.last)
        #expect(call.to == Client.b.sip)
        #expect(stand.bytes(on: call.id).isEmpty)
        _ = stand.acceptConnection()
        #expect(messages(stand.bytes(on: call.id)).map(\.body.text) == ["Hello"])
    }

    @Test func `A client that cannot be called back is 500 to the sender of a page`() throws {
        var stand = Stand()
        stand.logIn(.a)
        let b = stand.connect(.b, to: Stand.sip)
        stand.give(.received(b, overTCP(Client.b.register()).serialized()))
        stand.give(.closed(b, reason: nil))
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        stand.give(.closed(stand.connects[0].id, reason: "refused"))
        #expect(stand.received(by: .a).map(\.status) == [500])
    }

    @Test func `A session runs over connections as over datagrams`() throws {
        var stand = Stand()
        stand.logIn(.b)
        let a = stand.connect(.a, to: Stand.sip)
        stand.give(.received(a, overTCP(Client.a.register()).serialized() + overTCP(Client.a.invite(.b)).serialized()))
        let invite = try #require(stand.received(by: .b).first)
        stand.send(Client.b.answer(200, to: invite), from: .b)
        let success = try #require(messages(stand.bytes(on: a)).last)
        #expect(success.status == 200)
        #expect(try success.contact()?.uri.hasSuffix(";transport=tcp") == true)
        stand.give(.received(a, overTCP(Client.a.inDialog(.ack, of: success, sequence: 1)).serialized()))
        stand.give(.received(a, overTCP(Client.a.inDialog(.bye, of: success, sequence: 2)).serialized()))
        #expect(messages(stand.bytes(on: a)).map(\.status) == [200])
        #expect(stand.received(by: .b).map(\.method) == [.ack, .bye])
    }

    @Test func `Messages arrive however they are cut`() {
        let bytes = overTCP(Client.a.register()).serialized()
        for cut in stride(from: 1, to: bytes.count, by: 7) {
            var stand = Stand()
            let a = stand.connect(.a, to: Stand.sip)
            stand.give(.received(a, Array(bytes[..<cut])))
            #expect(stand.bytes(on: a).isEmpty)
            stand.give(.received(a, Array(bytes[cut...]) + [0x0D, 0x0A, 0x0D, 0x0A]))
            #expect(messages(stand.bytes(on: a)).map(\.status) == [200])
        }
    }

    @Test func `A connection without a message in time is closed, and one with a message stays`() {
        var stand = Stand()
        let silent = stand.connect(.a, to: Stand.sip)
        let speaking = stand.connect(.b, to: Stand.sip)
        stand.give(.received(speaking, overTCP(Client.b.request("OPTIONS", "sip:home.example")).serialized()))
        stand.pass(.seconds(31))
        #expect(stand.closed == [silent])
        #expect(stand.timerCount == 0)
    }

    @Test(arguments: [Stand.sip, Stand.msrp, Stand.xcap])
    func `Whoever sends a byte a second is closed when the time for a message is over`(address: SocketAddress) {
        var stand = Stand()
        let id = stand.connect(.a, to: address)
        let text =
            switch address {
            case Stand.sip: "OPTIONS sip:home.example SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.11;branch=z9hG4bKslow\r\n"
            case Stand.msrp:
                "MSRP slow SEND\r\nTo-Path: msrp://127.0.0.1:2855/x;tcp\r\nFrom-Path: msrp://127.0.0.11/a\r\n"
            default: "GET /resource-lists/users/sip:ann@home.example/index HTTP/1.1\r\nHost: home.example\r\n"
            }
        for byte in text.utf8 {
            stand.pass(.seconds(1))
            if stand.closed.isEmpty { stand.give(.received(id, [byte])) }
        }
        #expect(stand.closed == [id])
        #expect(stand.timerCount == 0)
    }

    @Test(arguments: [Stand.sip, Stand.msrp, Stand.xcap])
    func `Half-open connections beyond their limit leave room for another, which is served`(address: SocketAddress) {
        var configuration = Stand.configuration
        configuration.limits.halfOpenConnections = 20
        var stand = Stand(configuration)
        let ids = (0..<100).map { _ in stand.connect(.b, to: address) }
        #expect(stand.closed == Array(ids.dropLast(20)))
        let honest = stand.connect(.a, to: address)
        let text =
            switch address {
            case Stand.sip:
                String(decoding: overTCP(Client.a.request("OPTIONS", "sip:home.example")).serialized(), as: UTF8.self)
            case Stand.msrp:
                "MSRP t SEND\r\nTo-Path: msrp://127.0.0.1:2855/x;tcp\r\nFrom-Path: msrp://127.0.0.11:1/a;tcp\r\n"
                    + "Message-ID: 1\r\nByte-Range: 1-0/0\r\n-------t$\r\n"
            default: "GET /xcap-caps/global/index HTTP/1.1\r\nHost: home.example\r\n\r\n"
            }
        stand.give(.received(honest, Array(text.utf8)))
        #expect(!stand.bytes(on: honest).isEmpty)
        stand.pass(configuration.limits.halfOpenConnection)
        #expect(Set(stand.closed).isSuperset(of: ids))
    }

    @Test(arguments: [Stand.sip, Stand.msrp, Stand.xcap])
    func `Messages without an end take so much room together, and the oldest make room`(address: SocketAddress) {
        var configuration = Stand.configuration
        configuration.limits.halfOpenBytes = 10_000
        var stand = Stand(configuration)
        let start =
            switch address {
            case Stand.sip: "OPTIONS sip:home.example SIP/2.0\r\nContent-Length: 100000\r\n\r\n"
            case Stand.msrp: "MSRP t SEND\r\nTo-Path: msrp://a;tcp\r\nFrom-Path: msrp://b;tcp\r\n\r\n"
            default: "PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
            }
        let ids = (0..<4).map { _ in
            let id = stand.connect(.b, to: address)
            for part in [Array(start.utf8), [UInt8](repeating: 0x78, count: 4000)] { stand.give(.received(id, part)) }
            return id
        }
        #expect(stand.closed == Array(ids.prefix(2)))
        stand.pass(configuration.limits.halfOpenConnection)
        #expect(stand.closed == ids)
        #expect(stand.timerCount == 0)
    }

    @Test func `A stream that is not SIP, or never ends a message, is closed`() {
        var stand = Stand()
        let first = stand.connect(.a, to: Stand.sip)
        stand.give(.received(first, Array("OPTIONS sip:x SIP/2.0\r\nContent-Length: many\r\n\r\n".utf8)))
        #expect(stand.closed == [first])
        let second = stand.connect(.a, to: Stand.sip)
        stand.give(.received(second, Array("OPTIONS sip:x SIP/2.0\r\nContent-Length: 9000000\r\n\r\n".utf8)))
        #expect(stand.closed == [first])
        stand.give(.received(second, [UInt8](repeating: 0x20, count: 5 << 20)))
        #expect(stand.closed == [first, second])
    }

    @Test func `There is room for so many connections`() {
        var configuration = Stand.configuration
        configuration.limits.connections = 2
        var stand = Stand(configuration)
        let ids = (0..<3).map { _ in stand.connect(.a, to: Stand.sip) }
        #expect(stand.closed == [ids[2]])
    }
}
