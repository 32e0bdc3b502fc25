import Foundation
import Network
import TestSupport
import Testing

/// Registrations and messages of SIPp, which knows nothing of us.
struct SIPpTests {
    /// SIPp playing a scenario at the address, once.
    private func sipp(
        _ scenario: String, at address: IPAddress, as user: String = "ann", to server: ServedServer,
        _ options: [String] = []
    ) throws -> Program {
        let file = ProjectFiles.root.appending(path: "fixtures/sipp/\(scenario).xml").path
        let arguments = [
            "\(server.address):5060", "-sf", file, "-s", user, "-i", "\(address)", "-p", "5060", "-bind_local", "-m",
            "1",
            "-nostdin", "-timeout", "20", "-timeout_error",
        ]
        return try Program("/usr/bin/sipp", arguments + options, in: server.workplace.url)
    }

    /// Plays a scenario to its end.
    ///
    /// - Returns: the exit status of SIPp: 0 when all went as the scenario says.
    private func play(
        _ scenario: String, at address: IPAddress, as user: String = "ann", to server: ServedServer,
        _ options: [String] = []
    ) throws -> Int32 {
        try sipp(scenario, at: address, as: user, to: server, options).finish().status
    }

    /// Returns when somebody listens for datagrams there.
    private func waitForListener(at address: IPAddress) throws {
        let bytes = address.bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
            .joined()
        while try !String(contentsOfFile: "/proc/net/udp", encoding: .utf8).contains("\(bytes):13C4") { sched_yield() }
    }

    @Test(arguments: [[], ["-t", "t1"]])
    func `A client registers and leaves`(transport: [String]) throws {
        let server = try ServedServer()
        #expect(try play("deregister", at: AddressBlock.next().client("A"), to: server, transport) == 0)
    }

    @Test func `A client registers with a password`() throws {
        let server = try ServedServer("--account", "ann=secret", "--account", "bob=word", "--algorithm", "MD5")
        let block = AddressBlock.next()
        #expect(try play("register-digest", at: block.client("A"), to: server) == 0)
        #expect(try play("register-digest", at: block.client("B"), as: "bob", to: server) != 0)
        #expect(try play("register", at: block.client("A"), to: server) != 0)
    }

    @Test func `A page goes from one client to the other`() throws {
        let server = try ServedServer()
        let block = AddressBlock.next()
        let (ann, bob) = (block.client("A"), block.client("B"))
        #expect(try play("register", at: ann, to: server) == 0)
        #expect(try play("register", at: bob, as: "bob", to: server) == 0)
        let receiver = try sipp("page-receiver", at: bob, as: "bob", to: server)
        try waitForListener(at: bob)
        #expect(try play("page-sender", at: ann, to: server) == 0)
        #expect(receiver.finish().status == 0)
    }
}
