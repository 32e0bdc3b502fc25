import Conformance
import Foundation
import Network
import TestSupport
import Testing

/// A system under test that is reached by IPv6, in a network of the test's own.
@Suite(.waitsLongForOthers)
struct SixTests {
    /// Whether this machine lets its users have a network of their own, where loopback can get more addresses than one.
    private static let isPossible = (try? Workplace().shell(network(of: "true")).status) == 0

    /// A command in a network in which there are the addresses of four clients.
    private static func network(of command: String) -> String {
        """
        PATH=$PATH:/usr/sbin:/sbin unshare --map-root-user --net /bin/bash -c '
        ip link set lo up && for n in 11 12 13 14; do ip -6 address add fd00::$n/128 dev lo || exit 1; done
        \(command)'
        """
    }

    /// Runs cases at the served server at ::1, with what comes before and after the command.
    private func play(_ options: String, in workplace: Workplace) throws -> Program.Outcome {
        let command = """
            parley serve --address ::1 --domain home.example >serve.log &
            until grep -qs deletion serve.log; do read -rt 0.01 <> <(:); done
            parley run \(options) --timeout 5
            status=$?; kill %1; wait; exit $status
            """
        return try workplace.shell(Self.network(of: command))
    }

    /// A conference, and what is stored and read by XCAP.
    private static let cases = ["102", "302"]

    @Test(.enabled(if: isPossible, "“unshare --map-root-user --net ip link set lo up” has to be possible"))
    func `The cases are played over IPv6, and the captures tell the same`() throws {
        let workplace = try Workplace(.these(Self.cases))
        let outcome = try play(
            "--server [::1]:5060 --domain home.example --clients fd00::11,fd00::12,fd00::13,fd00::14 "
                + "--capture-source actors", in: workplace)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        let report = try workplace.report()
        #expect(report.verdicts == Self.cases.map { "IM-2.0-int-\($0) pass pass" })
        let texts = report.run.cases.flatMap(\.messages).map { String(decoding: $0.bytes, as: UTF8.self) }
        for text in [
            "Via: SIP/2.0/UDP [fd00::11]:5060;branch", "<sip:alice.", "c=IN IP6 fd00::12",
            "a=path:msrp://[fd00::11]:2855/",
            "To-Path: msrp://[::1]:2855/", "Host: [::1]:8080",
        ] {
            #expect(texts.contains { $0.contains(text) }, "\(text)")
        }
        let judged = try workplace.parley(["judge"] + report.captures + ["--out", "reports/again"])
        #expect(judged.status == 0, "\(judged.output)\(judged.complaints)")
    }

    @Test(.enabled(if: isPossible, "“unshare --map-root-user --net ip link set lo up” has to be possible"))
    func `A description gives IPv6 addresses, and the doctor logs in by them`() throws {
        let workplace = try Workplace()
        try workplace.write(
            """
            name: Server of IPv6
            server: "[::1]:5060"
            domain: home.example
            xcap: http://[::1]:8080/
            clients:
              - { client: A, address: "fd00::11" }
              - { client: B, address: "fd00::12" }
            """.utf8, to: "fixtures/systems/six/system.yaml")
        let outcome = try play("--sut six", in: workplace)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
    }

    @Test(arguments: [
        (["--server", "[::1]:5060"], "give an address of this machine"),
        (["--server", "[::1]", "--clients", "127.0.0.2,127.0.0.3"], "speaks IPv6 and 127.0.0.2 IPv4"),
        (["--server", "127.0.0.1", "--clients", "fd00::2,fd00::3"], "speaks IPv4 and fd00::2 IPv6"),
        (["--real", "A", "--listen", "::1"], "live on loopback by IPv4"),
    ])
    func `Clients speak the same IP as the server`(options: [String], words: String) throws {
        let outcome = try Workplace().parley(["run"] + options)
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains(words), "\(outcome.complaints)")
    }
}
