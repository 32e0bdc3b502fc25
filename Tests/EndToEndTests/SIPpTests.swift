import Conformance
import Foundation
import Network
import TestSupport
import Testing

/// Registrations, messages and subscriptions of SIPp, which knows nothing of us.
@Suite(.waitsForOthers, .enabled(if: SIPp.isInstalled, "sipp of sip-tester is not installed"))
struct SIPpTests {
    /// SIPp playing a scenario at the address, once.
    private func sipp(
        _ scenario: String, at address: IPAddress, as user: String = "ann", to server: ServedServer,
        _ options: [String] = []
    ) throws -> Program {
        let file = ProjectFiles.root.appending(path: "fixtures/sipp/\(scenario).xml").path
        let arguments = [
            "\(server.address):5060", "-sf", file, "-s", user, "-i", "\(address)", "-p", "5060", "-bind_local",
            "-m", "1", "-nostdin", "-timeout", "20", "-timeout_error",
        ]
        return try Program(SIPp.path, arguments + options, in: server.workplace.url)
    }

    /// Plays a scenario to its end.
    ///
    /// - Returns: what SIPp complains of; nothing when all went as the scenario says.
    private func play(
        _ scenario: String, at address: IPAddress, as user: String = "ann", to server: ServedServer,
        _ options: [String] = []
    ) throws -> String {
        let outcome = try sipp(scenario, at: address, as: user, to: server, options).finish()
        return outcome.status == 0 ? "" : "\(outcome.status): \(outcome.complaints)"
    }

    @Test(arguments: [[], ["-t", "t1"]])
    func `A client registers and leaves`(transport: [String]) throws {
        let server = try ServedServer()
        #expect(try play("deregister", at: AddressBlock.next().client("A"), to: server, transport) == "")
    }

    @Test func `A client registers with a password`() throws {
        let server = try ServedServer("--account", "ann=secret", "--account", "bob=word", "--algorithm", "MD5")
        let block = AddressBlock.next()
        func credentials(_ user: String, _ password: String) -> [String] { ["-au", user, "-ap", password] }
        #expect(try play("register-digest", at: block.client("A"), to: server, credentials("ann", "secret")) == "")
        #expect(try play("register-digest", at: block.client("A"), to: server, credentials("ann", "word")) != "")
        #expect(try play("register-digest", at: block.client("A"), to: server, credentials("bob", "word")) != "")
        #expect(try play("register", at: block.client("A"), to: server) != "")
    }

    @Test func `A page goes from one client to the other`() throws {
        let server = try ServedServer()
        let block = AddressBlock.next()
        let (ann, bob) = (block.client("A"), block.client("B"))
        #expect(try play("register", at: ann, to: server) == "")
        #expect(try play("register", at: bob, as: "bob", to: server) == "")
        let receiver = try sipp("page-receiver", at: bob, as: "bob", to: server)
        #expect(receiver.waitForSocket(at: bob))
        #expect(try play("page-sender", at: ann, to: server) == "")
        let outcome = receiver.finish()
        #expect(outcome.status == 0, "\(outcome.complaints)")
    }

    @Test func `A client in a room is notified of who is there`() throws {
        let server = try ServedServer()
        let ann = AddressBlock.next().client("A")
        let room = ProjectFiles.root.appending(path: "fixtures/sipp/room.xml").path
        let document = "/org.openmobilealliance.groups/users/sip:ann@home.example/room"
        let put =
            "curl -s -o put -w '%{http_code}' -X PUT -H 'X-3GPP-Intended-Identity: \"sip:ann@home.example\"'"
            + " -H 'Content-Type: application/vnd.oma.poc.groups+xml' --data-binary @\(room)"
        #expect(try server.workplace.shell("\(put) 'http://\(server.address):8080\(document)'").output == "201")
        #expect(try play("register", at: ann, to: server) == "")
        #expect(try play("subscribe", at: ann, to: server) == "")
    }

    @Test func `A server that says yes to all and passes nothing on fails the page, and only that`() throws {
        let (workplace, block) = (try Workplace(.all), AddressBlock.next())
        let clients = ["A", "B"].map { "{ client: \($0), address: \(block.client(Character($0))) }" }
        let description = """
            name: SIPp
            server: \(block.server)
            domain: home.example
            step-timeout: 1
            clients: [\(clients.joined(separator: ", "))]
            """
        try workplace.write(description.utf8, to: "sipp.yaml")
        let file = ProjectFiles.root.appending(path: "fixtures/sipp/server.xml").path
        let arguments = ["-sf", file, "-i", "\(block.server)", "-p", "5060", "-bind_local", "-nostdin"]
        let server = try Program(SIPp.path, arguments, in: workplace.url)
        #expect(server.waitForSocket(at: block.server))
        let outcome = try workplace.parley("run", "--sut", "sipp.yaml", "*-201", "--capture-source", "actors")
        server.send(SIGKILL)
        _ = server.finish()
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.complaints)")
        let failures = try workplace.report().run.cases.flatMap(\.findings).filter { $0.verdict == .fail }
        #expect(failures.map(\.check) == ["201.1", "201.4d"])
        #expect(failures.first?.observed == "none, and yet it was answered 200 OK (MESSAGE)")
        #expect(failures.allSatisfy { $0.party == .server })
    }
}
