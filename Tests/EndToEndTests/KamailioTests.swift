import Conformance
import Foundation
import Testing

/// A server that knows nothing of us, and is no IM server, as the system under test.
@Suite(.enabled(if: Kamailio.isInstalled, "the packages of Kamailio are not installed"))
struct KamailioTests {
    private let kamailio: Kamailio
    private var workplace: Workplace { kamailio.workplace }

    init() throws { kamailio = try Kamailio() }

    @Test func `Every case comes to the verdict that is written down, for the reason that is`() throws {
        try kamailio.start()
        let outcome = try workplace.parley(
            "run", "--sut", "kamailio", "--allow-inconclusive", "--capture-source", "actors")
        #expect(outcome.status == 0, "\(outcome.output.suffix(2000))\(outcome.complaints)")
        let report = try workplace.report()
        let expected = try Kamailio.verdicts()
        #expect(
            report.run.cases.map { "\($0.testCase.id.suffix(3)) \($0.interop.word)" }
                == expected.map { "\($0.number) \($0.interop)" })
        for (result, verdict) in zip(report.run.cases, expected) {
            let findings = result.findings.filter { $0.verdict != .pass && $0.kind != .warning }
            let reasons = findings.map(\.observed) + result.remarks
            #expect(reasons.contains { $0.contains(verdict.reason) } || verdict.reason.isEmpty, "\(result.testCase.id)")
            // Nothing is our own fault, and what fails is known.
            #expect(findings.allSatisfy { $0.verdict != .fail || $0.party == .server && $0.known != nil })
            #expect(result.elapsed < .seconds(5), "\(result.testCase.id)")
        }
        #expect(report.run.stale == [])
    }

    @Test func `A page goes over TCP too, and who is kept out is told why`() throws {
        try kamailio.start()
        // It calls its clients over connections of its own, so that a while must pass until nothing more can come.
        let overTCP = ["run", "--sut", "kamailio", "--transport", "tcp", "--capture-source", "actors", "*-201"]
        #expect(try workplace.parley(overTCP).status == 0)
        #expect(try workplace.report().run.cases.map(\.interop) == [.pass])

        let well = try workplace.parley("doctor", "--sut", "kamailio")
        #expect(well.status == 0, "\(well.output)")
        #expect(well.output.contains("refused: 489 Bad Event"), "\(well.output)")
        try workplace.write("wrong".utf8, to: ".build/kamailio/password")
        let ill = try workplace.parley("doctor", "--sut", "kamailio")
        #expect(ill.status == 4)
        #expect(ill.output.contains("check its user and account"), "\(ill.output)")
        try kamailio.stop()
        let gone = try workplace.parley("doctor", "--sut", "kamailio")
        #expect(gone.status == 4)
        #expect(gone.output.contains("connection"), "\(gone.output)")
        #expect(gone.output.contains("check that it runs"), "\(gone.output)")
    }

    @Test func `It keeps documents of its users by XCAP, for who has the password`() throws {
        try kamailio.start()
        let system = String(decoding: try workplace.bytes("fixtures/systems/kamailio/system.yaml"), as: UTF8.self)
        let root = try #require(system.firstMatch(of: #/http:\S+/#)).0
        let rules = "\(root)/pres-rules/users/sip:ann@kamailio.example/index"
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

    @Test func `The commands of the README start it, test it and end it`() throws {
        let commands = try Document("README.md").commands.filter { $0.text.contains("kamailio") }
        #expect(commands.count == 4)
        // Other tests may be too much for the interface that all share.
        let prelude = "parley() { command parley \"$@\" $([ \"$1\" = run ] && echo --capture-source actors); }\n"
        for command in commands {
            let outcome = try workplace.shell(prelude + command.text)
            #expect(
                outcome.status == command.status,
                "\(command.text)\n\(outcome.output.suffix(1000))\n\(outcome.complaints)")
        }
    }
}
