import Foundation
import Network
import TestSupport
import Testing

/// The reference server alone.
@Suite(.waitsForOthers)
struct ServeTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func `The server says where it listens, and ends well when it is told to`(signal: Int32) throws {
        let server = try ServedServer()
        let outcome = server.stop(signal)
        #expect(outcome.status == 0)
        #expect(outcome.complaints == "")
        for line in [
            "SIP           \(server.address):5060, UDP and TCP", "MSRP          \(server.address):2855",
            "XCAP          http://\(server.address):8080/", "deferred      sip:Deferred@home.example",
            "conferences   sip:conference-factory@home.example", "passwords     none are asked for",
        ] {
            #expect(outcome.output.contains(line), "\(line)")
        }
    }

    @Test func `The ports are those that were asked for`() throws {
        let server = try ServedServer("--sip-port", "5070", "--msrp-port", "2870", "--xcap-port", "8070")
        let url = "http://\(server.address):8070/xcap-caps/global/index"
        #expect(try server.workplace.shell("curl -s \(url)").output.contains("<auid>resource-lists</auid>"))
        #expect(server.stop().output.contains("\(server.address):5070"))
    }

    @Test(arguments: [
        ["--address", "nowhere"], ["--sip-port", "0"], ["--sip-port", "2855"], ["--account", "ann"],
        ["--account", "=x"],
        ["--challenge", "all"], ["--algorithm", "MD5"], ["--domain", "a b"], ["operand"],
        ["--account", "ann=x", "--challenge", "nothing"],
    ])
    func `A call that makes no sense is refused`(options: [String]) throws {
        #expect(try Workplace().parley(["serve"] + options).status == 2)
    }

    /// Parley's own clients, for the user names and passwords that the server knows.
    @Test(arguments: ["registrations", "all"])
    func `Our own clients prove who they are`(challenge: String) throws {
        let server = try ServedServer(
            "--account", "ann=secret", "--account", "ben=word", "--challenge", challenge)
        let clients = AddressBlock.next()
        func run(_ password: String) throws -> Program.Outcome {
            try server.workplace.parley(
                ["run", "--server", "\(server.address)", "--domain", "home.example", "--capture-source", "actors"]
                    + ["--account", "A=ann:secret", "--account", "B=ben:\(password)", "--quiet"] + clients.arguments)
        }
        let outcome = try run("word")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try server.workplace.shell("grep -rl 'ann:secret' reports").output == "", "A password is in the report")
        #expect(try run("other").status == 3)
    }

    @Test func `A port that is taken, or an address that is every one, is an error of the environment`() throws {
        let block = AddressBlock.next()
        let held = try HeldPort(.udp, block.server)
        let outcome = try Workplace().parley("serve", "--address", "\(block.server)")
        withExtendedLifetime(held) {}
        #expect(outcome.status == 4)
        #expect(outcome.complaints.contains("is used by another program"))
        #expect(try Workplace().parley("serve", "--address", "0.0.0.0").status == 4)
    }
}
