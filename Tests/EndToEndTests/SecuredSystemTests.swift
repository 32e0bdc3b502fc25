import Conformance
import Foundation
import NameResolution
import Network
import TestSupport
import Testing
import Transport

/// Runs over TLS, at a server that is described.
@Suite(.waitsForOthers)
struct SecuredSystemTests {
    private let workplace: Workplace
    private let block = AddressBlock.next()
    private let clients = AddressBlock.next()
    private let authority = TLSAuthority()

    init() throws {
        workplace = try Workplace()
    }

    private func describe(_ tls: String, documentsAt host: String? = nil, _ more: String = "") throws {
        try workplace.write(
            """
            name: Secured server
            server: \(block.server)
            transport: tls
            domain: home.example
            xcap: https://\(host ?? "\(block.server)"):8080/
            step-timeout: 5
            \(more)
            tls: \(tls)
            clients:
              - { client: A, address: \(clients.client("A")), user: "sip:ann@home.example" }
              - { client: B, address: \(clients.client("B")), user: "sip:ben@home.example" }
            """.utf8, to: "fixtures/systems/home/system.yaml")
    }

    private func write(_ identity: TLSIdentity, as name: String) throws {
        try workplace.write(identity.certificate.text.utf8, to: "\(name).pem")
        try workplace.write(identity.keyText.utf8, to: "\(name).key")
    }

    /// A server with a certificate for these names, that lets in whom the options say.
    private func serve(
        as names: [String], validity: TLSAuthority.Validity = TLSAuthority.usual, _ options: [String] = []
    ) throws -> ServedServer {
        try write(authority.issue(names, validity: validity), as: "server")
        try workplace.write(authority.certificate.text.utf8, to: "ca.pem")
        return try ServedServer(
            at: block.server, in: workplace,
            ["--tls-certificate", "server.pem", "--tls-key", "server.key"] + options)
    }

    @Test func `The cases are played at a server that made its certificate itself, trusted by a file`() throws {
        let server = try ServedServer(at: block.server, in: workplace, ["--tls", "--tls-ca-file", "ca.pem"])
        try describe("{ ca: ca.pem }")
        let outcome = try workplace.shell("parley run --sut home IM-2.0-int-101 IM-2.0-int-201 --capture-source actors")
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try workplace.report().verdicts == ["IM-2.0-int-101 pass pass", "IM-2.0-int-201 pass pass"])
    }

    @Test func `Both sides prove who they are by files, and no key is in the report`() throws {
        let server = try serve(as: ["home.example", "\(block.server)"], ["--tls-client-ca", "ca.pem"])
        try write(authority.issue(["home.example"]), as: "clients")
        try describe("{ ca: ca.pem, certificate: clients.pem, key: clients.key }")
        let outcome = try workplace.shell("parley run --sut home IM-2.0-int-101 --capture-source actors")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try workplace.shell("grep -rl 'PRIVATE KEY' reports").output == "")
        try write(TLSAuthority.selfSigned(["home.example"]), as: "clients")
        func complaint(_ command: String) throws -> String {
            let outcome = try workplace.shell("parley \(command) --sut home")
            #expect(outcome.status == 4)
            return outcome.output.replacing(/\s+/, with: " ")
        }
        let words = "(TLS): it refuses the handshake with the alert “unknown CA”; it does not take the certificate of"
        #expect(try complaint("doctor").contains(words))
        // The connection is open by the time of the refusal: nothing is waited for, and the server is not blamed.
        let run = try complaint("run IM-2.0-int-201 --capture-source actors")
        #expect(run.contains("The system under test cannot be reached: \(block.server):5061 \(words)"), "\(run)")
        let result = try workplace.report().run.cases[0]
        #expect(result.elapsed < .seconds(5) && !result.findings.contains { $0.party == .server })
        withExtendedLifetime(server) {}
    }

    @Test func `The doctor says what is wrong with a certificate, and what to do`() throws {
        let server = try serve(as: ["other.example"])
        func diagnosis(_ tls: String, _ options: String = "") throws -> String {
            try describe(tls)
            return try workplace.shell("parley doctor --sut home \(options)").output.replacing(/\s+/, with: " ")
        }
        let name = try diagnosis("{ ca: ca.pem }")
        #expect(name.contains("its certificate is for other.example, not for home.example; expect the name"), "\(name)")
        #expect(name.contains("“server” and “tls”"))
        #expect(try diagnosis("{ ca: server.pem, name: other.example }").contains("A logs in") == true)
        #expect(try diagnosis("{ name: other.example }").contains("which is not trusted; name the certificate"))
        #expect(!(try diagnosis("{ check: none }").contains("certificate")))
        #expect(!(try diagnosis("{ ca: ca.pem, check: authority }").contains("certificate")))
        let unread = try diagnosis("{ ca: gone.pem }")
        #expect(unread.contains("“gone.pem”, which TLS needs, cannot be read: No such file or directory."), "\(unread)")
        #expect(unread.contains("named by “ca” (fixtures/systems/home/system.yaml:"), "\(unread)")
        #expect(unread.contains("paths count from the folder in which parley was started, “/"), "\(unread)")
        #expect(try diagnosis("{ ca: server.key }").contains("“server.key” has no certificate in PEM"))
        #expect(!(try diagnosis("{ ca: gone.pem }", "--tls-ca ca.pem --tls-check authority").contains("certificate")))
        #expect(try diagnosis("{ ca: ca.pem }", "--tls-name third.example").contains("not for third.example"))
        withExtendedLifetime(server) {}
    }

    @Test func `Documents go by https, to whom the URL names and no other`() throws {
        let server = try serve(as: ["home.example"])
        func result(_ tls: String) throws -> [String] {
            try describe(tls)
            let run = "parley run --sut home IM-2.0-int-201 --capture-source actors"
            #expect(try workplace.shell(run).status != 4)
            return try workplace.report().run.cases.flatMap { $0.remarks + $0.findings.map(\.observed) }
        }
        let address = try result("{ ca: ca.pem }")
        #expect(address.contains { $0.contains("its certificate is for home.example, not for \(block.server)") })
        let named = try result("{ ca: ca.pem, xcap-name: home.example }")
        #expect(!named.contains { $0.contains("certificate") })
        let untrusted = try result("{ ca: server.pem, xcap-name: other.example }")
        #expect(untrusted.contains { $0.contains("not for other.example") })
        withExtendedLifetime(server) {}
    }

    @Test func `Documents are found by a name, for which their server has a certificate`() throws {
        let server = try serve(as: ["home.example", "docs.home.example"])
        let names = try ZoneServer([
            DNSQuery(.a, "docs.home.example"): [.address(block.server)],
            DNSQuery(.a, "other.example"): [.address(block.server)],
        ])
        func diagnosis(_ host: String) throws -> String {
            try describe("{ ca: ca.pem }", documentsAt: host, "name-server: \(names.address)")
            return try workplace.parley("doctor", "--sut", "home").output.replacing(/\s+/, with: " ")
        }
        let own = try diagnosis("docs.home.example")
        #expect(own.contains("ok XCAP root https://docs.home.example:8080/: it names"), "\(own)")
        let other = try diagnosis("other.example")
        #expect(other.contains("is for home.example, docs.home.example, not for other.example"), "\(other)")
        withExtendedLifetime(server) {}
    }

    @Test(arguments: [
        (["--tls-ca", "ca.pem"], "--tls-ca needs a system that is examined: add --sut."),
        (["--sut", "plain", "--tls-name", "x.example"], "--tls-name needs TLS"),
    ])
    func `The doctor takes options about TLS where there is some`(options: [String], words: String) throws {
        try workplace.write(
            "name: Plain\nserver: 127.0.0.1\ndomain: home.example\n".utf8, to: "fixtures/systems/plain/system.yaml")
        let outcome = try workplace.parley(["doctor"] + options)
        #expect(outcome.status != 0)
        let text = (outcome.output + outcome.complaints).replacing(/\s+/, with: " ")
        #expect(text.contains(words), "\(text)")
    }

    @Test func `What the description says of certificates can be said by options`() throws {
        let server = try serve(as: ["home.example"], ["--tls-client-ca", "ca.pem"])
        try write(authority.issue(["home.example"]), as: "clients")
        let place = "--transport tls --domain home.example --server \(block.server):5061"
        let run = "parley run IM-2.0-int-201 --capture-source actors --timeout 2 --block \(clients.number) \(place)"
        func outcome(_ options: String) throws -> Program.Outcome { try workplace.shell("\(run) \(options)") }
        let mutual = try outcome("--tls-ca ca.pem --tls-certificate clients.pem --tls-key clients.key")
        #expect(mutual.status == 0, "\(mutual.output)\(mutual.complaints)")
        let wrong = try outcome("--tls-ca ca.pem --tls-name other.example").output.replacing(/\s+/, with: " ")
        #expect(wrong.contains("is for home.example, not for other.example"), "\(wrong)")
        let gone = try outcome("--tls-ca gone.pem")
        #expect(gone.status == 2)
        #expect(gone.complaints.contains("“gone.pem”, which TLS needs, cannot be read: No such file or directory."))
        #expect(gone.complaints.contains("It is named by --tls-ca; paths count"))
        withExtendedLifetime(server) {}
    }

    @Test func `An expired certificate is told from others`() throws {
        let server = try serve(as: ["home.example"], validity: -172_800 ... -86_400)
        try describe("{ ca: ca.pem }")
        let outcome = try workplace.shell("parley run --sut home IM-2.0-int-201 --capture-source actors")
        withExtendedLifetime(server) {}
        #expect(outcome.status == 4)
        #expect(outcome.output.contains("has expired on"), "\(outcome.output)")
    }

    @Test(arguments: [
        ["--tls", "--tls-certificate", "x", "--tls-key", "y"], ["--tls-key", "y"], ["--tls-ca-file", "x"],
        ["--tls-client-ca", "x"], ["--tls-certificate", "missing.pem", "--tls-key", "missing.key"],
    ])
    func `Options that do not fit together are refused`(options: [String]) throws {
        let outcome = try workplace.parley(["serve"] + options)
        #expect(outcome.status == 2)
        #expect(!outcome.complaints.isEmpty)
    }
}
