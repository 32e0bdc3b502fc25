import Bytes
import HTTPSyntax
import Network
import Testing
import XCAP

@testable import ReferenceServer

/// Connections to the document servers, from the first byte to the end.
@Suite struct XCAPConnectionTests {
    private var stand = Stand()
    private static let lists = "/resource-lists/users/sip:ann@home.example/index"
    private static let identity = "X-3GPP-Intended-Identity: \"sip:ann@home.example\"\r\n"

    private mutating func connect() -> ConnectionID { stand.connect(.a, to: Stand.xcap) }

    private func get(_ target: String = "/xcap-caps/global/index", _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(fields)\r\n"
    }

    private func put(_ fields: String = "") -> String {
        let text = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"/>"
        return
            "PUT \(Self.lists) HTTP/1.1\r\nHost: h\r\nContent-Type: application/resource-lists+xml\r\n\(Self.identity)"
            + "Content-Length: \(text.utf8.count)\r\n\(fields)\r\n\(text)"
    }

    private mutating func send(_ text: String, on id: ConnectionID) {
        stand.give(.received(id, Array(text.utf8)))
    }

    private mutating func responses(on id: ConnectionID) throws -> [HTTPMessage] {
        var framer = HTTPStreamFramer()
        framer.append(stand.bytes(on: id))
        var responses: [HTTPMessage] = []
        while let whole = try framer.next() { responses.append(try HTTPMessage(parsing: whole)) }
        #expect(framer.remaining.isEmpty)
        return responses
    }

    private mutating func statuses(on id: ConnectionID) throws -> [Int?] { try responses(on: id).map(\.status) }

    @Test mutating func `Requests of one connection are answered in their order`() throws {
        let id = connect()
        send(put() + get(Self.lists, Self.identity) + get("/nothing") + get(Self.lists), on: id)
        #expect(try statuses(on: id) == [201, 200, 404, 403])
        send(get(), on: id)
        #expect(try statuses(on: id) == [200])
        #expect(stand.closed.isEmpty)
    }

    @Test mutating func `Requests may come in drops`() throws {
        let id = connect()
        for byte in (put() + get(Self.lists, Self.identity)).utf8 { stand.give(.received(id, [byte])) }
        #expect(try statuses(on: id) == [201, 200])
    }

    @Test mutating func `Ten thousand requests in one piece are all answered`() throws {
        let id = connect()
        send(String(repeating: "GET / HTTP/1.1\r\nHost:\r\n\r\n", count: 10_000), on: id)
        #expect(try statuses(on: id).count == 10_000)
    }

    @Test mutating func `A response says which server it is from, and whether the connection ends`() throws {
        let id = connect()
        send(get(), on: id)
        let response = try #require(try responses(on: id).first)
        #expect(response.first(.server) == "IM-serv/OMA1.0")
        #expect(response.first(.connection) == nil)
        send(get("/xcap-caps/global/index", "Connection: close\r\n") + get(), on: id)
        let last = try responses(on: id)
        #expect(last.map(\.status) == [200])
        #expect(last.first?.first(.connection) == "close")
        #expect(stand.closed == [id])
    }

    @Test mutating func `A request of HTTP/1.0 needs no Host and is the last`() throws {
        let id = connect()
        send("GET /xcap-caps/global/index HTTP/1.0\r\n\r\n", on: id)
        #expect(try statuses(on: id) == [200])
        #expect(stand.closed == [id])
    }

    @Test mutating func `A response to HEAD has no content`() throws {
        let id = connect()
        send("HEAD /xcap-caps/global/index HTTP/1.1\r\nHost: h\r\n\r\n", on: id)
        let text = stand.bytes(on: id).text
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.hasSuffix("\r\n\r\n"))
        #expect(!text.contains("Content-Length: 0"))
    }

    @Test mutating func `A client that waits to be told to go on is told so once`() throws {
        let id = connect()
        let request = put("Expect: 100-continue\r\n")
        let end = try #require(request.firstRange(of: "\r\n\r\n")?.upperBound)
        send(String(request[..<end]), on: id)
        #expect(try statuses(on: id) == [100])
        send(String(request[end...].prefix(5)), on: id)
        #expect(try statuses(on: id) == [])
        send(String(request[end...].dropFirst(5)), on: id)
        #expect(try statuses(on: id) == [201])
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("nonsense\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\n\r\n", 505), ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 40_000))", 431),
    ])
    mutating func `What cannot be understood is refused, and ends the connection`(text: String, status: Int) throws {
        let id = connect()
        send(get() + text + get(), on: id)
        #expect(try statuses(on: id) == [200, status])
        #expect(stand.closed == [id])
        send(get(), on: id)
        #expect(stand.bytes(on: id).isEmpty)
    }

    @Test mutating func `A connection without a whole request ends when its time is over`() throws {
        let (silent, slow, done) = (connect(), connect(), connect())
        send("GET / HT", on: slow)
        send(get(), on: done)
        stand.pass(.seconds(29))
        send("TP/1.1\r\n", on: slow)
        #expect(stand.closed.isEmpty)
        stand.pass(.seconds(2))
        #expect(Set(stand.closed) == [silent, slow, done])
        #expect(try statuses(on: slow) == [408])
        #expect(try statuses(on: done) == [200])
        #expect(stand.bytes(on: silent).isEmpty)
        #expect(stand.timerCount == 0)
    }

    @Test mutating func `Each answer gives the connection its time again`() throws {
        let id = connect()
        for _ in 0..<5 {
            stand.pass(.seconds(29))
            send(get(), on: id)
        }
        #expect(try statuses(on: id).count == 5)
        #expect(stand.closed.isEmpty)
    }

    @Test mutating func `A connection that has ended leaves nothing behind`() {
        let id = connect()
        send("GET", on: id)
        stand.give(.closed(id, reason: nil))
        #expect(stand.server.xcap.connectionCount == 0)
        #expect(stand.timerCount == 0)
    }

    @Test mutating func `There are no more connections than the limit allows`() {
        var configuration = Stand.configuration
        configuration.limits.connections = 1
        stand = Stand(configuration)
        _ = connect()
        let second = connect()
        #expect(stand.closed == [second])
    }

    @Test(arguments: [
        ("X-3GPP-Intended-Identity: \"sip:ann@home.example\"", 404),
        ("X-XCAP-Asserted-Identity: sip:ann@home.example", 404),
        ("X-3GPP-Asserted-Identity: \"sip:ann@home.example\", \"tel:+1\"", 404), ("X-Other: a", 403),
        ("X-3GPP-Intended-Identity: \"sip:bob@home.example\"", 403), ("X-3GPP-Intended-Identity:", 403),
        (
            "X-XCAP-Asserted-Identity: \"sip:bob@home.example\"\r\nX-3GPP-Intended-Identity: \"sip:ann@home.example\"",
            403
        ),
    ])
    mutating func `Who asks is whom the proxy or the client names`(fields: String, status: Int) throws {
        let id = connect()
        send(get(Self.lists, fields + "\r\n"), on: id)
        #expect(try statuses(on: id) == [status])
    }

    @Test mutating func `What a user has written is kept, and so is that it is gone`() {
        var server = ReferenceServer(configuration: Stand.configuration, seed: 1)
        let id = ConnectionID(1)
        let (local, remote) = (Stand.xcap, SocketAddress(Client.a.address, port: 40_000))
        _ = server.respond(to: .node(.accepted(id, local: local, remote: remote)), at: stand.now)
        func records(_ text: String) -> [JournalRecord] {
            server.respond(to: .node(.received(id, Array(text.utf8))), at: stand.now).compactMap { effect in
                if case .persist(let record) = effect { record } else { nil }
            }
        }
        let written = records(put())
        #expect(written.count == 1)
        var next = ReferenceServer(configuration: Stand.configuration, seed: 2)
        next.restore(written)
        #expect(next.xdms.document(auid: .resourceLists, xui: "sip:ann@home.example", name: "index") != nil)
        next.restore(records("DELETE \(Self.lists) HTTP/1.1\r\nHost: h\r\n\(Self.identity)\r\n"))
        #expect(next.xdms.document(auid: .resourceLists, xui: "sip:ann@home.example", name: "index") == nil)
        #expect(records(get()).isEmpty)
    }
}
