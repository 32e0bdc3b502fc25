import Foundation
import Network
import TestSupport
import Testing

/// What `parley serve --store` has answered for survives whatever becomes of it.
@Suite(.waitsForOthers)
struct StoreTests {
    private static let lists = "/resource-lists/users/sip:ann@home.example/index"
    private static let recipients = 20
    /// As many as an environment variable says, for those who have the time.
    private static let messages = ProcessInfo.processInfo.environment["PARLEY_MESSAGES"].flatMap { Int($0) } ?? 400

    private let address = AddressBlock.next().server
    private let ann = AddressBlock.next().client("A")
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func serve(_ options: String...) throws -> ServedServer {
        try ServedServer(at: address, in: workplace, ["--store", "kept.db"] + options)
    }

    private func request(_ method: String, _ uri: String, _ number: Int, _ fields: String, _ body: String = "")
        -> String
    {
        """
        \(method) \(uri) SIP/2.0\r
        Via: SIP/2.0/UDP \(ann):5060;branch=z9hG4bK\(method)\(number);rport\r
        Max-Forwards: 70\r
        From: <sip:ann@home.example>;tag=a\r
        To: <\(method == "REGISTER" ? "sip:ann@home.example" : uri)>\r
        Call-ID: \(method)-\(number)\r
        CSeq: \(method == "REGISTER" ? number : 1) \(method)\r
        \(fields)Content-Length: \(body.utf8.count)\r
        \r
        \(body)
        """
    }

    private func client(_ life: Int) throws -> RawPeer {
        let peer = try RawPeer(.udp, to: address, port: 5060, from: ann)
        peer.send(
            request("REGISTER", "sip:home.example", life, "Contact: <sip:ann@\(ann)>;+g.oma.sip-im\r\nExpires: 600\r\n")
        )
        #expect(peer.receive()?.hasPrefix("SIP/2.0 200 ") == true)
        return peer
    }

    private func message(_ number: Int) -> String {
        let fields = "Subject: number \(number).\r\nAccept-Contact: *;+g.oma.sip-im\r\nContent-Type: text/plain\r\n"
        return request("MESSAGE", "sip:bob\(number % Self.recipients)@home.example", number, fields, "Number \(number)")
    }

    private func get(_ path: String, as user: String) throws -> String {
        let peer = try RawPeer(.tcp, to: address, port: 8080)
        peer.send(
            "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-3GPP-Intended-Identity: \"sip:\(user)@home.example\"\r\n\r\n"
        )
        return peer.receiveAll() ?? ""
    }

    private func put(_ name: String) throws -> String {
        let list =
            "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"\(name)\"/></resource-lists>"
        let peer = try RawPeer(.tcp, to: address, port: 8080)
        peer.send(
            "PUT \(Self.lists) HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-3GPP-Intended-Identity: \"sip:ann@home.example\"\r\n"
                + "Content-Type: application/resource-lists+xml\r\nContent-Length: \(list.utf8.count)\r\n\r\n\(list)")
        return peer.receiveAll() ?? ""
    }

    /// The numbers of the messages that wait for anybody.
    private func stored() throws -> Set<Int> {
        var numbers: Set<Int> = []
        for recipient in 0..<Self.recipients {
            let path = "/org.openmobilealliance.deferred-list/users/sip:bob\(recipient)@home.example/deferred-list"
            for match in try get(path, as: "bob\(recipient)").matches(of: /number (\d+)\./) {
                if let number = Int(match.1) { numbers.insert(number) }
            }
        }
        return numbers
    }

    @Test func `No message is lost that was answered, however often the server is killed`() throws {
        var answered: Set<Int> = []
        var sent = 0
        let lives = 5
        for life in 1...lives {
            let server = try serve()
            let peer = try client(life)
            let goal = Self.messages * life / lives
            var isKilled = false
            // Some are always on their way, so that the end comes at any moment of their course.
            while sent < goal + 16, !isKilled {
                peer.send(message(sent))
                sent += 1
                if sent - answered.count > 16 { note(peer.receive(), in: &answered) }
                if sent == goal {
                    server.kill()
                    isKilled = true
                }
            }
            while let text = peer.receiveNow() { note(text, in: &answered) }
            // The answers to the others are lost with the server, as are perhaps the messages.
            let lost = sent - answered.count
            #expect(lost <= 17 * life)
        }
        #expect(answered.count > Self.messages * 3 / 4)
        let server = try serve()
        #expect(answered.subtracting(try stored()) == [])
        #expect(server.stop().status == 0)
    }

    private func note(_ text: String?, in answered: inout Set<Int>) {
        guard let text, text.hasPrefix("SIP/2.0 202 "), let match = text.firstMatch(of: /Call-ID: MESSAGE-(\d+)/),
            let number = Int(match.1)
        else { return }
        answered.insert(number)
    }

    @Test func `Documents and messages come back, and what is over does not`() throws {
        let first = try serve()
        #expect(try put("one").hasPrefix("HTTP/1.1 201 "))
        let peer = try client(1)
        peer.send(message(1))
        #expect(peer.receive()?.hasPrefix("SIP/2.0 202 ") == true)
        #expect(try put("two").hasPrefix("HTTP/1.1 200 "))
        first.kill()

        let second = try serve("--status-port", "8090")
        #expect(try get(Self.lists, as: "ann").contains("<list name=\"two\"/>"))
        #expect(try stored() == [1])
        _ = try client(2)
        let status = try workplace.shell("curl -s http://127.0.0.1:8090/").output
        for line in [
            "<tr><td>sip:ann@home.example</td><td>sip:ann@\(ann)</td>",
            "<td>sip:bob1@home.example</td><td>1</td><td>0</td>",
            "<h2>Sessions: 0</h2>", "<p>3 documents</p>",
        ] {
            #expect(status.contains(line), "\(line) in \(status)")
        }
        #expect(try workplace.shell("curl -s -o x -w '%{http_code}' -X POST http://127.0.0.1:8090/").output == "405")
        let told = second.stop()
        #expect(told.status == 0)
        #expect(told.output.contains("status page   http://127.0.0.1:8090/\n"))

        let third = try serve()
        #expect(try stored() == [1])
        #expect(third.stop(SIGINT).status == 0)
    }

    @Test func `A store that cannot be used is an error of the environment`() throws {
        let server = try serve()
        let other = AddressBlock.next().server
        let outcome = try workplace.parley("serve", "--address", "\(other)", "--store", "kept.db")
        #expect(outcome.status == 4)
        #expect(outcome.complaints.contains("kept.db cannot be used: another server uses it"))
        let homeless = try workplace.parley("serve", "--address", "\(other)", "--store", "gone/kept.db")
        #expect(homeless.status == 4)
        #expect(homeless.complaints.contains("/gone” for the store “gone/kept.db”; make it"))
        #expect(try workplace.parley("serve", "--store", "other.db", "--seed", "1").status == 2)
        server.stop()
    }
}
