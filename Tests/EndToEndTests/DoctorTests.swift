import Foundation
import NameResolution
import Network
import TestSupport
import Testing
import Transport

/// What the doctor finds at a system that is described, and how it says to mend it.
@Suite(.waitsForOthers)
struct DoctorTests {
    private let workplace: Workplace
    private let block = AddressBlock.next()
    private let clients = AddressBlock.next()

    init() throws { workplace = try Workplace() }

    /// What the doctor says of a system that is described so, on one line.
    private func diagnosis(_ lines: String..., account: String = "") throws -> (status: Int32, text: String) {
        try workplace.write(
            """
            name: Home
            domain: home.example
            step-timeout: 2
            \(lines.joined(separator: "\n"))
            clients:
              - { client: A, address: \(clients.client("A")), user: "sip:ann@home.example"\(account) }
            """.utf8, to: "fixtures/systems/home/system.yaml")
        let outcome = try workplace.shell("PASSWORD_OF_ANN=secret parley doctor --sut home")
        for line in outcome.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        return (outcome.status, outcome.output.replacing(/\s+/, with: " "))
    }

    @Test func `All that is well is told step by step`() throws {
        let server = try ServedServer(
            at: block.server, in: workplace, ["--account", "ann=secret", "--challenge", "all"])
        let (status, text) = try diagnosis(
            "server: \(server.address)", "xcap: http://\(server.address):8080/",
            account: ", account: { name: ann, password-variable: PASSWORD_OF_ANN }")
        #expect(status == 0, "\(text)")
        for words in [
            "ok A logs in at \(server.address):5060: registered for 3600 s",
            "ok XCAP root http://\(server.address):8080/: it names 8 application usages ",
            "ok A reads its documents", "ok the clock of the system: it agrees with ours", "capture on the wire (lo)",
        ] {
            #expect(text.contains(words), "\(words) is not in \(text)")
        }
    }

    @Test(arguments: [
        ("command: sh ./hook", "“sh ./hook”: its program is there"),
        ("command: cd / && ./gone", "what it runs can only be seen by running it"),
        ("command: exec ./gone", "what it runs can only be seen by running it"),
        ("command: PATH=/opt/x gone", "what it runs can only be seen by running it"),
        ("command: LANG=C ./ready >told; true", "its program is there"),
        ("command: 'echo \"told'", "WARNING the hook for groups, “echo \"told”: the shell does not understand it: “"),
        ("command: ./hook now", "“./hook now”: “./hook” is not executable; chmod +x ./hook."),
        ("command: ./gone", "there is no file “./gone”; paths count from the folder in which parley was"),
        ("command: sh gone", "there is no file “gone”; paths count"),
        ("command: parley-has-no-such", "there is no command “parley-has-no-such” in PATH; install it"),
        ("command: '$HOOK now'", "“$HOOK now”: what it runs can only be seen by running it"),
        ("call: \"http://127.0.0.1:1/?key=x\"", "WARNING the hook for groups, “http://127.0.0.1:1/?key=…”: it "),
        ("call: \"http://no.such.invalid/\"", "it cannot be reached: Could not resolve host: no.such.invalid; see"),
        ("call: \"http://127.0.0.1/{env:GONE}\"", "FAILED the hook for groups, “http://127.0.0.1/{env:GONE}”: The "),
    ])
    func `Hooks are looked at and not run`(hook: String, words: String) throws {
        try workplace.write("touch told\n".utf8, to: "hook")
        try workplace.write("#!/bin/sh\ntouch told\n".utf8, to: "ready")
        _ = try workplace.shell("chmod +x ready")
        let (_, text) = try diagnosis("server: \"[::1]:5060\"", "preconditions: { groups: { \(hook) } }")
        // Long paths and URLs are told on lines of their own.
        #expect(text.contains(words), "\(text)")
        #expect(!workplace.exists("told"))
    }

    @Test func `Whom a hook calls is connected to, and asked for nothing`() throws {
        let authority = TLSAuthority()
        try workplace.write(authority.certificate.text.utf8, to: "ca.pem")
        let plain = try WebServer(.saysNothing)
        let identity = authority.issue(["127.0.0.1"])
        let secured = try WebServer(.saysNothing, security: TLSContext(identity, trust: .certificates([])))
        let (stores, settings) = ("call: \"https://\(secured.address)/\"", "call: \"http://\(plain.address)/\"")
        let hooks = "preconditions: { stores: { \(stores) }, settings: { \(settings) } }"
        let trusting = try diagnosis("server: \"[::1]:5060\"", hooks, "tls: { ca: ca.pem }").text
        for words in ["settings, “http://\(plain.address)/”", "stores, “https://\(secured.address)/”"] {
            #expect(trusting.contains("ok the hook for \(words): somebody is there"), "\(trusting)")
        }
        let doubting = try diagnosis("server: \"[::1]:5060\"", hooks).text
        #expect(doubting.contains("WARNING the hook for stores"), "\(doubting)")
        #expect(doubting.contains("it does not prove who it is: "), "\(doubting)")
        let unread = try diagnosis("server: \"[::1]:5060\"", hooks, "tls: { ca: gone.pem }").text
        #expect(unread.contains("FAILED the hook for stores"), "\(unread)")
        #expect(unread.contains("“gone.pem”, which TLS needs, cannot be read: No such file"), "\(unread)")
        #expect(plain.requests == [] && secured.requests == [])
    }

    @Test func `Names are told with their records and in their order`() throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        let names = try ZoneServer([
            DNSQuery(.srv, "_sip._udp.home.example"): [
                .server(priority: 2, weight: 0, port: 5070, target: "two.home.example"),
                .server(priority: 1, weight: 5, port: 5060, target: "one.home.example"),
            ],
            DNSQuery(.a, "one.home.example"): [.address(block.server)],
            DNSQuery(.a, "two.home.example"): [.address(IPAddress(192, 0, 2, 2))],
            DNSQuery(.a, "docs.home.example"): [.address(block.server)],
        ])
        let (status, text) = try diagnosis(
            "server: home.example", "name-server: \(names.address)", "xcap: http://docs.home.example:8080/")
        withExtendedLifetime(server) {}
        #expect(status == 0, "\(text)")
        for words in [
            "DNS NAPTR home.example: no records", "DNS SRV _sip._udp.home.example: ",
            "one.home.example:5060 (priority 1, weight 5)",
            "in this order: \(block.server):5060 over UDP (one.home.example), 192.0.2.2:5070 over UDP (two.home.example)",
            "docs.home.example:8080: to be tried in this order: \(block.server):8080 over TCP (docs.home.example)",
            "ok XCAP root http://docs.home.example:8080/: it names 8 application usages",
        ] {
            #expect(text.contains(words), "\(words) is not in \(text)")
        }
        let undocumented = try diagnosis(
            "server: \(block.server)", "name-server: \(names.address)", "xcap: http://gone.example/")
        #expect(undocumented.status == 4)
        #expect(undocumented.text.contains("or check “xcap” and “name-server”"), "\(undocumented)")
        let unreachable = try diagnosis("server: \(block.server)", "xcap: \"http://[2001:db8::7]/\"")
        #expect(unreachable.status == 4)
        #expect(
            unreachable.text.contains("[2001:db8::7]:80 speaks IPv6 and \(clients.client("A")) IPv4"), "\(unreachable)")
        let (failed, nothing) = try diagnosis("server: gone.example", "name-server: \(names.address)")
        #expect(failed == 4)
        #expect(nothing.contains("FAILED gone.example: gone.example has no address; ask whoever keeps"), "\(nothing)")
        #expect(nothing.contains("or check “server” and “name-server”"))
    }

    @Test func `Documents that cannot be had are told with what to do`() throws {
        let server = try ServedServer(
            at: block.server, in: workplace, ["--account", "ann=other", "--account", "ben=word"])
        let elsewhere = try diagnosis("server: \(server.address)", "xcap: http://\(server.address):8080/root")
        #expect(elsewhere.text.contains("XCAP root http://\(server.address):8080/root/: 4"), "\(elsewhere)")
        #expect(!elsewhere.text.contains("ok A reads its documents"), "\(elsewhere)")
        let closed = try diagnosis("server: \(server.address)", "xcap: http://\(server.address):8099/")
        #expect(closed.text.contains("check “xcap”, that the document server runs"), "\(closed)")
        #expect(closed.status == 4)
    }

    /// A server of SIP that says to everything that it is well, and what the time is.
    private final class Yes: @unchecked Sendable {
        private let socket: Int32

        init(at address: IPAddress, saying fields: String) throws {
            socket = Foundation.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            var own = sockaddr_in()
            own.sin_family = sa_family_t(AF_INET)
            own.sin_port = UInt16(5060).bigEndian
            own.sin_addr.s_addr = address.bytes.reduce(0) { $0 << 8 | UInt32($1) }.bigEndian
            let fd = socket
            let status = withUnsafeBytes(of: &own) { bytes in
                bind(fd, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
            }
            guard status == 0 else { throw POSIXError(.EADDRINUSE) }
            Thread.detachNewThread { [self] in serve(fields) }
        }

        /// Ends it; whoever waits for something in the kernel is told.
        func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

        private func serve(_ fields: String) {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            var count = 1
            defer { close(socket) }
            while count > 0 {
                var peer = sockaddr_in()
                var size = socklen_t(MemoryLayout<sockaddr_in>.size)
                withUnsafeMutablePointer(to: &peer) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                        count = recvfrom(socket, &buffer, buffer.count, 0, address, &size)
                        let lines = String(decoding: buffer[..<max(0, count)], as: UTF8.self).split(separator: "\r\n")
                        let kept = lines.filter { line in
                            ["Via:", "From:", "To:", "Call-ID:", "CSeq:"].contains { line.hasPrefix($0) }
                        }.map { $0.hasPrefix("To:") ? "\($0);tag=yes" : String($0) }
                        let all = ["SIP/2.0 200 OK"] + kept + [fields, "Content-Length: 0", "", ""]
                        let text = Array(all.joined(separator: "\r\n").utf8)
                        sendto(socket, text, text.count, 0, address, size)
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("Date: Fri, 01 Jan 2100 00:00:00 GMT", "s ahead of ours; set both by NTP"),
        ("Date: Thu, 01 Jan 1998 00:00:00 GMT", "s behind ours; set both by NTP"),
        ("Date: 2026-01-01", "“2026-01-01” is not written as RFC 3261 §20.17 has it"),
        ("Subject: none", "no answer has a Date"), ("Subject: none", "says of no contact when it expires"),
        ("Expires: 30", "the registration holds for 30 s only"),
        ("Contact: <sip:ann@192.0.2.1>;expires=120;q=1", "registered for 120 s"),
    ])
    func `A clock that is wrong and registrations that are short are told`(fields: String, words: String) throws {
        let server = try Yes(at: block.server, saying: fields)
        defer { server.stop() }
        let (status, text) = try diagnosis("server: \(block.server)")
        #expect(status == 0, "\(text)")
        #expect(text.contains(words), "\(text)")
        #expect(text.contains("missing XCAP: none is described"))
    }
}
