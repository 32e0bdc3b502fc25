import Bytes
import Foundation
import HTTPCalls
import Network
import TestSupport
import Testing
import Transport

/// Forms that are posted, and what comes of them.
@Suite(.waitsForOthers)
struct HTTPCallTests {
    private static func call(
        _ url: String, _ fields: [String: String] = [:], within patience: Duration = .seconds(20),
        trusting authorities: String? = nil
    ) throws(HTTPCallFailure) -> HTTPCall.Answer {
        try HTTPCall(posting: fields, to: url, within: patience, trusting: authorities).answer()
    }

    @Test func `A form is posted, and a success is told with its content`() throws {
        let server = try WebServer(.says("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\ndone"))
        let fields = ["PARLEY_WHAT": "groups", "PARLEY_MEMBERS": "sip:a@x.example sip:b@x.example", "PARLEY_A": "ä&="]
        let answer = try Self.call("http://\(server.address)/make?now", fields)
        #expect(answer == .init(status: 201, content: Array("done".utf8)))
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /make?now HTTP/1.1\r\n"))
        #expect(request.contains("\r\nHost: \(server.address)\r\n"))
        #expect(request.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"))
        let members = "PARLEY_MEMBERS=sip%3Aa%40x.example%20sip%3Ab%40x.example"
        #expect(request.hasSuffix("\r\n\r\nPARLEY_A=%C3%A4%26%3D&\(members)&PARLEY_WHAT=groups"))
    }

    @Test(arguments: [204, 404, 503])
    func `An answer without content is one, whatever its status`(status: Int) throws {
        let server = try WebServer(.says("HTTP/1.1 \(status) So\r\nContent-Length: 0\r\n\r\n"))
        #expect(try Self.call("http://\(server.address)") == .init(status: status, content: []))
    }

    @Test(arguments: ["http://127.0.0.1:1/", "file:///etc/hostname", "/elsewhere"])
    func `A redirection is not followed`(place: String) throws {
        let server = try WebServer(.says("HTTP/1.1 302 Found\r\nLocation: \(place)\r\nContent-Length: 0\r\n\r\n"))
        #expect(try Self.call("http://\(server.address)/") == .init(status: 302, content: []))
        #expect(server.requests.count == 1)
    }

    @Test func `Of a long content the beginning is read`() throws {
        let long = String(repeating: "x", count: 4 * HTTPCall.longestContent)
        let server = try WebServer(.says("HTTP/1.1 403 Forbidden\r\n\r\n\(long)"))
        let answer = try Self.call("http://\(server.address)/")
        #expect(answer.status == 403)
        #expect(answer.content.count == HTTPCall.longestContent)
    }

    @Test func `Who does not answer in time is waited for no longer`() throws {
        let server = try WebServer(.saysNothing)
        #expect(throws: HTTPCallFailure.late) {
            try Self.call("http://\(server.address)/", within: .milliseconds(30))
        }
    }

    @Test func `Nobody there is told`() {
        let failure = #expect(throws: HTTPCallFailure.self) { try Self.call("http://127.0.0.1:1/") }
        guard case .unreachable(let reason) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason.contains("127.0.0.1"))
    }

    @Test(arguments: [WebServer.Conduct.hangsUp, .says("220 mail.example ESMTP\r\n"), .says("HTTP/1.1 2x0 OK\r\n\r\n")])
    func `What is no answer is told`(conduct: WebServer.Conduct) throws {
        let server = try WebServer(conduct)
        let failure = #expect(throws: HTTPCallFailure.self) { try Self.call("http://\(server.address)/") }
        guard case .unanswered = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }

    @Test(arguments: ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/"])
    func `Nothing but HTTP is spoken`(url: String) {
        #expect(throws: HTTPCallFailure.self) { try Self.call(url) }
    }

    @Test func `Over TLS the other side proves by an authority to be whom the URL names`() throws {
        let authority = TLSAuthority()
        let folder = FileManager.default.temporaryDirectory.appending(path: "parley-calls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "ca.pem").path
        try Data(authority.certificate.text.utf8).write(to: URL(filePath: file))
        func server(for name: String) throws -> WebServer {
            let identity = authority.issue([name])
            return try WebServer(
                .says("HTTP/1.1 204 Done\r\n\r\n"), security: TLSContext(identity, trust: .certificates([])))
        }
        let own = try server(for: "127.0.0.1")
        #expect(try Self.call("https://\(own.address)/", trusting: file).status == 204)
        let other = try server(for: "other.example")
        for (place, trusted) in [(own.address, nil), (other.address, file)] {
            let failure = #expect(throws: HTTPCallFailure.self) {
                try Self.call("https://\(place)/", trusting: trusted)
            }
            guard case .untrusted = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
        }
        #expect(other.requests == [])
        let failure = #expect(throws: HTTPCallFailure.self) {
            try Self.call("https://\(own.address)/", trusting: file + ".gone")
        }
        guard case .noAuthorities(let reason) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason.contains("ca.pem.gone"))
    }

    @Test func `Who only connects asks for nothing, and waits for no answer`() throws {
        let server = try WebServer(.saysNothing)
        try HTTPCall(posting: ["a": "b"], to: "http://\(server.address)/", within: .seconds(20)).connect()
        #expect(server.requests == [])
        #expect(throws: HTTPCallFailure.self) {
            try HTTPCall(posting: [:], to: "http://127.0.0.1:1/", within: .seconds(20)).connect()
        }
    }

    @Test func `Who only connects sees over TLS who is there`() throws {
        let identity = TLSAuthority().issue(["127.0.0.1"])
        let server = try WebServer(.saysNothing, security: TLSContext(identity, trust: .certificates([])))
        let failure = #expect(throws: HTTPCallFailure.self) {
            try HTTPCall(posting: [:], to: "https://\(server.address)/", within: .seconds(20)).connect()
        }
        guard case .untrusted = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }
}
