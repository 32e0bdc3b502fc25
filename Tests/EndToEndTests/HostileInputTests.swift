import Foundation
import Network
import TestSupport
import Testing

/// What no client sends, over real sockets: a clear refusal or silence, and everybody else is served as before.
@Suite(.waitsForOthers)
struct HostileInputTests {
    private let server: ServedServer
    private let ann: IPAddress

    private static let lists = "/resource-lists/users/sip:ann@home.example/index"
    private static let identity = "X-3GPP-Intended-Identity: \"sip:ann@home.example\""

    init() throws {
        server = try ServedServer()
        ann = AddressBlock.next().client("A")
    }

    // MARK: Those who keep to the protocols

    private func request(_ method: String, _ uri: String, sequence: Int = 1, _ fields: String = "", _ body: String = "")
        -> String
    {
        """
        \(method) \(uri) SIP/2.0\r
        Via: SIP/2.0/UDP \(ann):5060;branch=z9hG4bK\(method)\(sequence);rport\r
        Max-Forwards: 70\r
        From: <sip:ann@home.example>;tag=a\r
        To: <\(method == "REGISTER" ? "sip:ann@home.example" : uri)>\r
        Call-ID: hostile-\(method)\r
        CSeq: \(sequence) \(method)\r
        \(fields)Content-Length: \(body.utf8.count)\r
        \r
        \(body)
        """
    }

    /// Leaves a document and a message for Bob, who is away, with the server.
    private func leaveSomething() throws {
        let peer = try RawPeer(.udp, to: server.address, port: 5060, from: ann)
        peer.send(
            request("REGISTER", "sip:home.example", "Contact: <sip:ann@\(ann)>;+g.oma.sip-im\r\nExpires: 600\r\n"))
        #expect(peer.receive()?.hasPrefix("SIP/2.0 200 ") == true)
        let fields = "Accept-Contact: *;+g.oma.sip-im\r\nContent-Type: text/plain\r\n"
        peer.send(request("MESSAGE", "sip:bob@home.example", fields, "Kept for Bob"))
        #expect(peer.receive()?.hasPrefix("SIP/2.0 202 ") == true)
        let document =
            "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"kept\"/></resource-lists>"
        #expect(try exchange(put(document)).hasPrefix("HTTP/1.1 201 "))
    }

    /// Whether the server answers, and still has what was left with it.
    private func expectService(sequence: Int = 1) throws {
        let peer = try RawPeer(.udp, to: server.address, port: 5060, from: ann)
        peer.send(request("OPTIONS", "sip:home.example", sequence: sequence))
        #expect(peer.receive()?.hasPrefix("SIP/2.0 200 ") == true)
        #expect(try exchange(get(Self.lists, as: "ann")).contains("<list name=\"kept\"/>"))
        let list = "/org.openmobilealliance.deferred-list/users/sip:bob@home.example/deferred-list"
        #expect(try exchange(get(list, as: "bob")).contains("sip:ann@home.example"))
        let msrp = try RawPeer(.tcp, to: server.address, port: 2855)
        msrp.send(
            "MSRP t1 SEND\r\nTo-Path: msrp://\(server.address):2855/nobody;tcp\r\nFrom-Path: msrp://\(ann):2855/a;tcp\r\nMessage-ID: 1\r\nByte-Range: 1-0/0\r\n-------t1$\r\n"
        )
        #expect(msrp.receive()?.hasPrefix("MSRP t1 481") == true)
    }

    private func get(_ path: String, as user: String) -> String {
        "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-3GPP-Intended-Identity: \"sip:\(user)@home.example\"\r\n\r\n"
    }

    private func put(_ content: String, to path: String = Self.lists, type: String = "application/resource-lists+xml")
        -> String
    {
        """
        PUT \(path) HTTP/1.1\r
        Host: x\r
        Connection: close\r
        \(Self.identity)\r
        Content-Type: \(type)\r
        Content-Length: \(content.utf8.count)\r
        \r
        \(content)
        """
    }

    /// What a document server answers until it closes.
    private func exchange(_ text: String) throws -> String {
        let peer = try RawPeer(.tcp, to: server.address, port: 8080)
        peer.send(text)
        return try #require(peer.receiveAll(), "The connection stays open after \(text.prefix(40))")
    }

    // MARK: Those who do not

    @Test func `Datagrams of all kinds do no harm`() throws {
        try leaveSomething()
        let peer = try RawPeer(.udp, to: server.address, port: 5060)
        let whole = request("INVITE", "sip:bob@home.example")
        var datagrams = ["\0", "\r\n\r\n", "SIP/2.0 200 OK\r\n\r\n", "INVITE sip:x SIP/2.0\r\n\r\n"]
        datagrams += stride(from: 1, to: whole.utf8.count, by: 7).map { String(whole.prefix($0)) }
        datagrams += [
            whole.replacing("Content-Length: 0", with: "Content-Length: 99999999999999999999"),
            whole.replacing("Content-Length: 0", with: "Content-Length: 60000"),
            whole.replacing("Content-Length: 0", with: "X: \(String(repeating: "x", count: 64_000))"),
            whole.replacing(
                "Content-Length: 0", with: String(repeating: "v: SIP/2.0/UDP h;branch=z9\r\n", count: 2000)),
            request("NOTIFY", "sip:home.example", "Event: presence\r\nSubscription-State: active\r\n"),
            request("BYE", "sip:home.example"), request("PRACK", "sip:home.example"),
            request("FOO", "sip:home.example"),
        ]
        for datagram in datagrams { peer.send(datagram.utf8.prefix(65_507)) }
        try expectService()
    }

    @Test func `Streams that are not SIP, or never end, are closed`() throws {
        try leaveSomething()
        let field = "X: \(String(repeating: "x", count: 1000))\r\n"
        for text in [
            "GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
            "OPTIONS sip:x SIP/2.0\r\nContent-Length: -1\r\n\r\n",
            "OPTIONS sip:x SIP/2.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "OPTIONS sip:x SIP/2.0\r\n" + String(repeating: field, count: 6000),
            "OPTIONS sip:x SIP/2.0\r\nContent-Length: 9000000\r\n\r\n" + String(repeating: field, count: 6000),
        ] {
            let peer = try RawPeer(.tcp, to: server.address, port: 5060)
            peer.send(text)
            #expect(peer.receiveAll() != nil, "\(text.prefix(60))")
        }
        let truncated = try RawPeer(.tcp, to: server.address, port: 5060)
        truncated.send("OPTIONS sip:home.example SIP/2.0\r\nVia: SIP/2.0/T")
        truncated.finish()
        #expect(truncated.receiveAll() == "")
        try expectService()
    }

    @Test func `Streams that are not MSRP, or never end, are closed`() throws {
        try leaveSomething()
        let header =
            "MSRP t2 SEND\r\nTo-Path: msrp://\(server.address):2855/nobody;tcp\r\nFrom-Path: msrp://x:1/a;tcp\r\nMessage-ID: 1\r\n"
        for text in [
            "GET / HTTP/1.1\r\n\r\n", String(repeating: "x", count: 5 << 20),
            header + "Byte-Range: 1-*/99999999999999999999\r\nContent-Type: text/plain\r\n\r\n"
                + String(repeating: "y", count: 5 << 20),
            "MSRP t3 SEND\r\n" + String(repeating: "X: y\r\n", count: 1 << 20),
        ] {
            let peer = try RawPeer(.tcp, to: server.address, port: 2855)
            peer.send(text)
            #expect(peer.receiveAll() != nil, "\(text.prefix(60))")
        }
        let truncated = try RawPeer(.tcp, to: server.address, port: 2855)
        truncated.send(header)
        truncated.finish()
        #expect(truncated.receiveAll() == "")
        try expectService()
    }

    @Test(arguments: [
        ("nonsense\r\n\r\n", 400), ("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505),
        ("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n", 413),
        ("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        ("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", 400),
        ("PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400),
    ])
    func `Requests for documents that break the rules are refused`(text: String, status: Int) throws {
        #expect(try exchange(text).hasPrefix("HTTP/1.1 \(status) "))
        let long = "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "X: y\r\n", count: 100_000)
        #expect(try exchange(long).hasPrefix("HTTP/1.1 431 "))
    }

    @Test func `Documents that would grow, or reach for files, are refused`() throws {
        try leaveSomething()
        let entities = (1..<10).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 10))\">" }.joined()
        let deep = String(repeating: "<list>", count: 100_000) + String(repeating: "</list>", count: 100_000)
        func lists(_ doctype: String, _ content: String) -> String {
            "\(doctype)<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">\(content)</resource-lists>"
        }
        for document in [
            lists("<!DOCTYPE a [<!ENTITY e0 \"lol\">\(entities)]>", "<list name=\"&e9;\"/>"),
            lists(
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<list><display-name>&x;</display-name></list>"),
            lists("<!DOCTYPE a SYSTEM \"http://\(server.address):8080/dtd\">", "<list/>"),
            lists("", deep), "\0", "<resource-lists", String(repeating: "<", count: 1 << 20),
        ] {
            let answer = try exchange(put(document))
            #expect(answer.hasPrefix("HTTP/1.1 409 "), "\(document.prefix(60)): \(answer.prefix(30))")
            #expect(!answer.contains("root:"))
        }
        try expectService()
    }

    @Test func `Paths that lead out of the tree of a user are refused`() throws {
        try leaveSomething()
        for path in [
            "/../../etc/passwd", "/resource-lists/users/sip:ann@home.example/../../../../etc/passwd",
            "/resource-lists/users/sip:ann@home.example/%2e%2e/%2e%2e/passwd",
            "/resource-lists/users/sip:ann@home.example/..%2f..%2fpasswd",
            "/resource-lists/users/..%2f..%2f/index", "/resource-lists/users/%00/index", "//etc/passwd",
            "/resource-lists/users/sip:ann@home.example/index%00.xml",
            "/resource-lists/users/sip:ann@home.example/..\\..\\index",
        ] {
            for text in [get(path, as: "ann"), put("<list/>", to: path)] {
                let status = try exchange(text).dropFirst(9).prefix(3)
                #expect(["400", "403", "404", "409"].contains(status), "\(path): \(status)")
            }
        }
        try expectService()
    }

    @Test func `A scenario cannot name a file by a path`() throws {
        let place = try Workplace()
        let source = try ProjectFiles.bytes("scenarios/simple-im/int/IM-2.0-int-603.yaml")
        let text = String(decoding: source, as: UTF8.self).replacing("picture.png", with: "../evil.txt")
        try place.write(text.utf8, to: "scenarios/simple-im/int/IM-2.0-int-603.yaml")
        let outcome = try place.parley("run", "--simulated", "IM-2.0-int-603")
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("“../evil.txt” is no file name"))
    }

    /// Ten thousand in `make prove`; otherwise 3,000, which are more than the server admits.
    @Test func `Thousands of half-open connections keep nobody out and take little room`() throws {
        try leaveSomething()
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let count = min(Sampling.isWhole ? 10_000 : 3_000, Int(clamping: limit.rlim_max) - 2_000)
        let before = server.residentBytes
        var peers: [RawPeer] = []
        for number in 0..<count {
            // One address has too few ports for so many.
            let local = IPAddress(127, 1, UInt8(number / 2_500), 1)
            peers.append(try RawPeer(.tcp, to: server.address, port: 2855, from: local))
            if number.isMultiple(of: 2) { peers.last?.send("MSRP t SEND\r\nTo-P") }
        }
        try expectService()
        #expect(peers.count(where: { !$0.isClosed }) <= 2_000)
        #expect(server.residentBytes - before < 100 << 20)
        peers = []
        try expectService(sequence: 2)
    }
}
