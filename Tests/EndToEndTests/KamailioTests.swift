import Conformance
import Foundation
import TestSupport
import Testing

/// A server that knows nothing of us, and is no IM server, as the system under test.
///
/// One after the other, for its users are few.
@Suite(
    .waitsLongForOthers, .enabled(if: Kamailio.isInstalled, "the packages of Kamailio are not installed"), .serialized)
struct KamailioTests {
    private let trial: Kamailio.Trial
    private var kamailio: Kamailio { trial.kamailio }
    private var workplace: Workplace { kamailio.workplace }

    init() throws { trial = try Kamailio.trial.get() }

    @Test func `Every case comes to the verdict that is written down, for the reason that is`() throws {
        let run = trial.report.run
        let expected = try Kamailio.verdicts()
        #expect(
            run.cases.map { "\($0.testCase.id.suffix(3)) \($0.interop.word)" }
                == expected.map { "\($0.number) \($0.interop)" })
        for (result, verdict) in zip(run.cases, expected) {
            if case .notApplicable(let reason) = result.outcome {
                #expect(reason.contains(verdict.reason) && !verdict.reason.isEmpty, "\(result.testCase.id)")
            }
            // Nothing is our own fault, and what fails is known: nobody takes the settings of the clients.
            let failures = result.findings.filter { $0.verdict == .fail && $0.kind != .warning }
            #expect(failures.allSatisfy { $0.party == .server && $0.known != nil && $0.observed.contains("489") })
            let open = result.findings.filter { ![.pass, .fail].contains($0.verdict) }
            #expect(open == [], "\(result.testCase.id)")
            #expect(result.elapsed < .seconds(5), "\(result.testCase.id)")
        }
        #expect(run.stale == [])
        #expect(run.statement?.product == "Kamailio")
        #expect(run.shortfalls.contains { $0.item.description == "IMSpec-SMM-S-004" })
    }

    /// What it would come to if the statement claimed what is not there.
    @Test func `What is claimed without cause fails, for the reason that is`() throws {
        let claims = """
            { product: Kamailio, version: "5", date: 2026-11-26, roles: [server], all-mandatory: yes, items:
            { IMSpec-PMM-S-004: yes, IMSpec-PMM-S-005: yes, IMSpec-SMM-S-014: yes, IMSpec-SMM-S-015: yes } }
            """
        try workplace.write(claims.utf8, to: "claims.yaml")
        let reasons = [
            ("102", Verdict.fail, "it was answered 404 Not Found (INVITE)"),
            ("103", .inconclusive, "the group “IM Group 1” was not stored: 404 Not Found"),
            ("105", .inconclusive, "The preamble did not complete: the invitation of A was answered 404"),
            ("203", .fail, "it was answered 404 Not Found (MESSAGE)"),
            ("401", .fail, "it was answered 489 Bad Event (PUBLISH); step 2 was never begun"),
            ("403", .fail, "B got none of its deferred messages: 404 Not Found"),
            ("404", .fail, "the deferred messages of B were not deleted"),
            ("608", .fail, "it was answered 404 Not Found (INVITE); step 3 was never begun"),
        ]
        let outcome = try workplace.parley(
            ["run", "--sut", "kamailio", "--ics", "claims.yaml", "--capture-source", "actors", "--out", "claimed"]
                + reasons.map { "*-\($0.0)" })
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.complaints)")
        let results = try workplace.report("claimed").run.cases
        #expect(results.map { $0.testCase.number } == reasons.map(\.0))
        for (result, (number, interop, reason)) in zip(results, reasons) {
            let findings = result.findings.filter { $0.verdict != .pass && $0.kind != .warning }
            #expect(result.interop == interop, "\(number)")
            #expect((findings.map(\.observed) + result.remarks).contains { $0.contains(reason) }, "\(number)")
            #expect(findings.allSatisfy { $0.verdict != .fail || $0.party == .server }, "\(number)")
        }
    }

    @Test func `A page goes over TCP too, and who is kept out is told why`() throws {
        let elsewhere = try Workplace()
        func describe(_ name: String, _ old: String, _ new: String) throws {
            try kamailio.describe(replacing: old, with: new, as: name, in: elsewhere)
        }
        // It calls its clients over connections of its own, so that a while must pass until nothing more can come.
        try describe("tcp", "transport: udp", "transport: tcp")
        let known = workplace.url.appending(path: "fixtures/systems/kamailio/known-failures.yaml").path
        let overTCP = ["run", "--sut", "tcp.yaml", "*-201", "--capture-source", "actors", "--known-failing", known]
        #expect(try elsewhere.parley(overTCP).status == 0)
        #expect(try elsewhere.report().run.cases.map(\.interop) == [.pass])

        try elsewhere.write("wrong".utf8, to: "wrong")
        try describe("ill", ".build/kamailio/password", "wrong")
        let ill = try elsewhere.parley("doctor", "--sut", "ill.yaml")
        #expect(ill.status == 4)
        #expect(ill.output.contains("check its user and account"), "\(ill.output)")
        try describe("gone", "\(kamailio.address):5060", "\(kamailio.address):5099")
        let gone = try elsewhere.parley("doctor", "--sut", "gone.yaml")
        #expect(gone.status == 4)
        #expect(gone.output.contains("connection"), "\(gone.output)")
        #expect(gone.output.contains("check that it runs"), "\(gone.output)")
    }

    @Test func `It keeps documents of its users by XCAP, for who has the password`() throws {
        let rules = "http://\(kamailio.address):8080/xcap-root/pres-rules/users/sip:ann@kamailio.example/index"
        let content = "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'/>"
        func curl(_ options: String, as user: String) throws -> String {
            let digest = "--digest -u \"\(user):$(cat .build/kamailio/password)\""
            return try workplace.shell("curl -s -o got -w '%{http_code}' \(digest) \(options) '\(rules)'").output
        }
        #expect(try curl("", as: "ann") == "404")
        let put = "-X PUT -H 'Content-Type: application/auth-policy+xml' --data-binary \"\(content)\""
        #expect(try curl(put, as: "ben") == "403")
        #expect(["200", "201"].contains(try curl(put, as: "ann")))
        #expect(try curl("", as: "ann") == "200")
        #expect(String(decoding: try workplace.bytes("got"), as: UTF8.self) == content)
        #expect(try curl("", as: "nobody") == "401")
    }

    @Test func `A system message of its operator that is long can be read where the message says`() throws {
        let result = try #require(trial.report.run.cases.first { $0.testCase.number == "204" })
        let places = result.messages.compactMap {
            String(decoding: $0.bytes, as: UTF8.self).firstMatch(of: /URL="(http:[^"]+)"/).map { String($0.1) }
        }
        #expect(Set(places).count == 1)
        let page = try workplace.shell("curl -sf '\(places.first ?? "")'")
        #expect(page.output.contains("what is kept for him is then deleted at once."))
        let nothing = try workplace.shell("curl -s -w '%{http_code}' 'http://\(kamailio.address):8080/notices/0'")
        #expect(nothing.output == "404")
    }

    @Test func `The commands of the README start it, test it and end it`() throws {
        let commands = try Kamailio.readmeCommands
        #expect(commands.count == 4)
        for (command, outcome) in zip(commands, trial.outcomes) {
            #expect(
                outcome.status == command.status,
                "\(command.text)\n\(outcome.output.suffix(1000))\n\(outcome.complaints)")
        }
        let examination = trial.outcomes[1].output
        #expect(
            examination.replacing(/\s+/, with: " ").contains(
                "registered for 3600 s; its settings were refused: 489 Bad Event. "),
            "\(examination)")
        // The other tests still need the first one.
        let other = try Kamailio()
        for (command, complaint) in [(commands[0], "Kamailio runs already"), (commands[3], "No Kamailio runs")] {
            #expect(try other.workplace.shell(command.text).status == 0)
            let again = try other.workplace.shell(command.text)
            #expect(again.status == 1 && again.complaints.hasPrefix(complaint), "\(again.complaints)")
        }
    }
}
