import Conformance
import Foundation
import Network
import TestSupport
import Testing

/// A system under test that a file describes, played by the served reference server.
@Suite(.waitsForOthers)
struct SystemTests {
    private let server: ServedServer
    private let workplace: Workplace
    private let clients = AddressBlock.next()

    init() throws {
        workplace = try Workplace(.all)
        server = try ServedServer(
            at: AddressBlock.next().server, in: workplace,
            ["--account", "ann=secret", "--account", "ben=word", "--account", "cid=third", "--challenge", "all"])
    }

    private func describe(_ more: String = "") throws {
        try workplace.write("secret\n".utf8, to: "ann.txt")
        try workplace.write(
            """
            name: Reference server
            server: \(server.address)
            domain: home.example
            xcap: http://\(server.address):8080/
            step-timeout: 5
            clients:
              - client: A
                address: \(clients.client("A"))
                account: { name: ann, password-file: ann.txt }
                user: sip:ann@home.example
              - client: B
                address: \(clients.client("B"))
                account: { name: ben, password-variable: PASSWORD_OF_BEN }
                user: sip:ben@home.example
            \(more)
            """.utf8, to: "fixtures/systems/home/system.yaml")
    }

    @Test func `The cases are played at a system that is described, and no password is in the report`() throws {
        try describe()
        let command = "PASSWORD_OF_BEN=word parley run --sut home IM-2.0-int-101 IM-2.0-int-201 --capture-source actors"
        let outcome = try workplace.shell(command)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(outcome.output.contains("Reference server at \(server.address):5060"))
        #expect(try workplace.report().verdicts == ["IM-2.0-int-101 pass pass", "IM-2.0-int-201 pass pass"])
        let leaks = try workplace.shell("grep -rlE 'secret|ben:word' reports")
        #expect(leaks.output == "")
    }

    @Test func `Clients with SIM cards are played at a server that knows their keys, and no key is in the report`()
        throws
    {
        let keys = "k=465b5ce8b199b49faa5f0a2ee238a6bc opc=cd63cb71954a9f4e48a5994e37a02baf"
        try workplace.write("\(keys)\n".utf8, to: "ann.sim")
        try workplace.write("\(keys) sqn=000000001000\n".utf8, to: "ahead.sim")
        let place = AddressBlock.next().server
        let sims = try ServedServer(
            at: place, in: workplace,
            ["--account", "ann=sim-file:ann.sim", "--account", "ben=sim-file:ann.sim", "--challenge", "all"])
        let run = """
            parley run --server \(place) --domain home.example IM-2.0-int-101 IM-2.0-int-401 --capture-source actors \
            --clients \(clients.client("A")),\(clients.client("B")) \
            --account A=ann:sim-file:ann.sim --account B=ben:sim-env:KEYS_OF_BEN
            """
        let outcome = try workplace.shell("KEYS_OF_BEN=\"$(cat ahead.sim)\" \(run)")
        withExtendedLifetime(sims) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try workplace.report().verdicts == ["IM-2.0-int-101 pass pass", "IM-2.0-int-401 pass pass"])
        let texts = try workplace.report().run.cases[0].messages.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts.contains { $0.contains("algorithm=AKAv1-MD5") && $0.contains("auts=") })
        #expect(try workplace.shell("grep -rlE '465b5ce8|cd63cb71' reports").output == "")
        let wrong = try workplace.parley("serve", "--account", "ann=sim-file:none.sim")
        #expect(wrong.status == 2 && wrong.complaints.contains("which cannot be read: No such file"))
        let both = try workplace.parley("serve", "--account", "a=b", "--algorithm", "AKAv1-MD5")
        #expect(both.complaints.contains("AKAv1-MD5 is for SIM cards"))
    }

    @Test func `The doctor logs every client in, and says what keeps it out`() throws {
        try describe()
        let well = try workplace.shell("PASSWORD_OF_BEN=word parley doctor --sut home")
        #expect(well.output.contains("A logs in at \(server.address):5060"))
        #expect(!well.output.contains("check its user and account"), "\(well.output)")
        let ill = try workplace.shell("PASSWORD_OF_BEN=other parley doctor --sut home")
        #expect(ill.status == 4)
        #expect(ill.output.contains("B could not log in"), "\(ill.output)")
        let unset = try workplace.shell("parley doctor --sut home")
        #expect(unset.output.contains("PASSWORD_OF_BEN, which is not"), "\(unset.output)")
    }

    @Test func `Known failures beside the description count`() throws {
        try describe()
        try workplace.write(
            "known-failures: [{ case: '*201', finding: x, reason: y, until: 9999-12-31 }]".utf8,
            to: "fixtures/systems/home/known-failures.yaml")
        let outcome = try workplace.shell("PASSWORD_OF_BEN=word parley run --sut home '*201' --capture-source actors")
        #expect(outcome.status == 6)
    }

    @Test func `A new system is written once, and can be read`() throws {
        #expect(try workplace.parley("new", "system", "example").status == 0)
        #expect(workplace.exists("fixtures/systems/example/known-failures.yaml"))
        let again = try workplace.parley("new", "system", "example")
        #expect(again.status == 2)
        #expect(again.complaints.contains("is there already"))
        #expect(try workplace.parley("new", "system", "../x").status == 2)
        #expect(try workplace.parley("new", "case").status == 2)
        let unset = try workplace.parley("run", "--sut", "example")
        #expect(unset.status == 2)
        let place = "“password-variable” (fixtures/systems/example/system.yaml:"
        #expect(unset.complaints.contains("PASSWORD_A, which is not set; it is named by \(place)"))
        #expect(try workplace.parley("run", "--sut", "nobody").complaints.contains("no description of a system"))
    }
}
