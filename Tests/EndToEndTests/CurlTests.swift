import Foundation
import Network
import TestSupport
import Testing

/// Documents, as curl reads and writes them.
///
/// RFC 4825
@Suite(.waitsForOthers)
struct CurlTests {
    private let server: ServedServer
    private let lists: String

    private static let text = """
        <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list name="friends"/></resource-lists>
        """

    init() throws {
        server = try ServedServer()
        lists = "http://\(server.address):8080/resource-lists/users/sip:ann@home.example/index"
    }

    /// What a command of curl prints, and the status code on a line after it.
    private func curl(_ arguments: String, as user: String = "sip:ann@home.example") throws -> (
        body: String, status: String
    ) {
        let identity = "-H 'X-3GPP-Intended-Identity: \"\(user)\"'"
        let outcome = try server.workplace.shell("curl -s -g -w '\\n%{http_code}' \(identity) \(arguments)")
        #expect(outcome.status == 0, "\(arguments): \(outcome.complaints)")
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.dropLast().joined(separator: "\n"), lines.last.map(String.init) ?? "")
    }

    private func put(_ type: String, _ content: String, to url: String, _ options: String = "") throws -> String {
        try server.workplace.write(content.utf8, to: "content")
        return try curl("-X PUT -H 'Content-Type: \(type)' --data-binary @content \(options) '\(url)'").status
    }

    private func putLists(_ options: String = "") throws -> String {
        try put("application/resource-lists+xml", Self.text, to: lists, options)
    }

    @Test func `A document is put, got and deleted`() throws {
        #expect(try putLists() == "201")
        #expect(try putLists() == "200")
        let read = try curl("'\(lists)'")
        #expect(read.status == "200")
        #expect(read.body == Self.text)
        #expect(try curl("-I '\(lists)'").body.contains("Content-Type: application/resource-lists+xml"))
        #expect(try curl("-X DELETE '\(lists)'").status == "200")
        #expect(try curl("'\(lists)'").status == "404")
    }

    @Test func `An element and an attribute are put, got and deleted`() throws {
        #expect(try putLists() == "201")
        let entry = lists + "/~~/resource-lists/list[@name=%22friends%22]/entry[@uri=%22sip:bob@home.example%22]"
        #expect(
            try put("application/xcap-el+xml", "<entry uri=\"sip:bob@home.example\"/>", to: entry) == "201")
        #expect(try curl("'\(entry)'").body.contains("uri=\"sip:bob@home.example\""))
        #expect(try put("application/xcap-att+xml", "Bob &amp; Co", to: entry + "/@label") == "201")
        #expect(try curl("'\(entry)/@label'").body == "Bob &amp; Co")
        #expect(try curl("-X DELETE '\(entry)/@label'").status == "200")
        #expect(try curl("'\(entry)/@label'").status == "404")
        #expect(try curl("-X DELETE '\(entry)'").status == "200")
        #expect(try curl("'\(entry)'").status == "404")
    }

    @Test func `A document is written only in the version that the client knows`() throws {
        #expect(try putLists("-H 'If-None-Match: *'") == "201")
        #expect(try putLists("-H 'If-None-Match: *'") == "412")
        #expect(try putLists("-H 'If-Match: \"other\"'") == "412")
        let head = try curl("-I '\(lists)'").body
        let tag = try #require(head.split(separator: "\r\n").first { $0.hasPrefix("ETag: ") }?.dropFirst(6))
        #expect(try putLists("-H 'If-Match: \(tag)'") == "200")
        #expect(try curl("-H 'If-None-Match: \(tag)' '\(lists)'").status == "304")
    }

    @Test func `What cannot be written is explained`() throws {
        #expect(try putLists() == "201")
        try server.workplace.write("<list".utf8, to: "content")
        let answer = try curl(
            "-X PUT -H 'Content-Type: application/xcap-el+xml' --data-binary @content '\(lists)/~~/resource-lists/list[2]'"
        )
        #expect(answer.status == "409")
        #expect(answer.body.contains("<xcap-error xmlns=\"urn:ietf:params:xml:ns:xcap-error\"><not-xml-frag phrase="))
        #expect(try put("text/xml", Self.text, to: lists) == "415")
        let bomb = "<!DOCTYPE a [<!ENTITY b \"c\">]><resource-lists>&b;</resource-lists>"
        #expect(try put("application/resource-lists+xml", bomb, to: lists) == "409")
    }

    @Test(arguments: [
        "/../../../etc/passwd", "/resource-lists/users/sip:ann@home.example/../../x",
        "/resource-lists/users/sip:ann@home.example/%2e%2e/x", "/resource-lists/users/..%2f..%2fetc%2fpasswd/index",
        "/resource-lists/users/sip:ann@home.example/index/~~/a[",
    ])
    func `Paths that lead astray are refused`(path: String) throws {
        #expect(try curl("--path-as-is 'http://\(server.address):8080\(path)'").status == "400")
    }

    @Test func `Nobody sees what is another's`() throws {
        #expect(try putLists() == "201")
        #expect(try curl("'\(lists)'", as: "sip:bob@home.example").status == "403")
        #expect(try curl("-X DELETE '\(lists)'", as: "sip:bob@home.example").status == "403")
    }

    @Test func `A large document is sent when the server says so, and one that is too large is not`() throws {
        // Above a megabyte, curl waits for the server to tell it to continue.
        let entries = (0..<900).map { "<entry uri=\"sip:\($0)@home.example\"/>" }.joined()
        let padding = String(repeating: " ", count: 1_020_000 - entries.utf8.count)
        let large = Self.text.replacing("<list name=\"friends\"/>", with: "<list>\(entries)</list>\(padding)")
        let options = "-H 'Expect: 100-continue' -v"
        #expect(try put("application/resource-lists+xml", large, to: lists, options) == "201")
        #expect(try put("application/resource-lists+xml", large + large + large, to: lists) == "413")
    }

    @Test func `Content in chunks is content`() throws {
        #expect(try putLists("-H 'Transfer-Encoding: chunked'") == "201")
        #expect(try curl("'\(lists)'").body == Self.text)
    }

    @Test(arguments: ["MD5", "SHA-256"])
    func `A server that asks for passwords is answered`(algorithm: String) throws {
        let server = try ServedServer("--account", "ann=secret", "--algorithm", algorithm)
        let url = "http://\(server.address):8080/resource-lists/users/sip:ann@home.example/index"
        func status(_ options: String) throws -> String {
            try server.workplace.shell("curl -s -o out -w '%{http_code}' \(options) '\(url)'").output
        }
        try server.workplace.write(Self.text.utf8, to: "content")
        let put = "-X PUT -H 'Content-Type: application/resource-lists+xml' --data-binary @content"
        #expect(try status("") == "401")
        #expect(try status("--digest -u ann:wrong") == "401")
        #expect(try status("--digest -u ann:secret") == "404")
        #expect(try status("--digest -u ann:secret \(put)") == "201")
        #expect(try status("--digest -u ann:secret") == "200")
    }
}
