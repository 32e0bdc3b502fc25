import Conformance
import Network
import Scenarios
import Testing

struct SystemFileTests {
    private static func file(_ text: String) -> SystemFile {
        SystemFile(SourceFile(path: "system.yaml", bytes: Array(text.utf8)))
    }

    private static func place(_ line: Int, _ column: Int) -> SourcePosition {
        SourcePosition(file: "system.yaml", line: line, column: column)
    }

    @Test func `A description says where the system is and who its users are`() throws {
        let file = Self.file(
            """
            name: Example IM server 2.1
            server: "[2001:db8::7]:5070"
            transport: tcp
            proxy: proxy.example.com
            name-server: 192.0.2.53
            domain: example.com
            clients:
              - client: A
                address: 2001:db8::11
                user: sip:ann@example.com
                account: { name: ann, password-variable: PASSWORD_A }
              - { client: B, account: { name: ben, password-file: secret.txt } }
            functions: { deletion: "sip:erase@example.com" }
            xcap: http://192.0.2.7:8080/xcap-root/
            groups: [{ name: IM Group 1, uri: "sip:g1@example.com" }]
            step-timeout: 20
            deviations: [taken-alias-refused, list-messages-by-exploder]
            preconditions:
              groups: { by: preprovisioned }
              settings: { command: ./settings }
              stores: { call: "http://192.0.2.7:8000/empty" }
              system-message: { command: ./announce }
            """)
        #expect(file.messages == [])
        let system = try #require(file.system)
        #expect(system.name == "Example IM server 2.1")
        #expect(system.server.description == "[2001:db8::7]:5070")
        #expect(system.transport == .tcp)
        #expect(system.proxy?.host == "proxy.example.com")
        #expect(system.nameServer?.description == "192.0.2.53:53")
        #expect(system.domain == "example.com")
        #expect(
            system.clients == [
                .init(
                    party: PartyName("A"), address: IPAddress("2001:db8::11"), imAddress: "sip:ann@example.com",
                    account: .init(name: "ann", in: .environment("PASSWORD_A"), position: Self.place(11, 46))),
                .init(
                    party: PartyName("B"),
                    account: .init(name: "ben", in: .file("secret.txt"), position: Self.place(12, 55))),
            ])
        #expect(system.functions == [.deletion: "sip:erase@example.com"])
        #expect(system.xcap?.url == "http://192.0.2.7:8080/xcap-root/")
        #expect(system.groups == [.init(name: "IM Group 1", uri: "sip:g1@example.com")])
        #expect(system.stepTimeout == 20)
        #expect(system.deviations == [.takenAliasRefused, .listMessagesByExploder])
        #expect(
            system.preconditions == [
                .groups: .preprovisioned, .settings: .hook(.command("./settings")),
                .stores: .hook(.call("http://192.0.2.7:8000/empty")), .systemMessage: .hook(.command("./announce")),
            ])
    }

    @Test func `A description says by what its connections are secured`() throws {
        let file = Self.file(
            """
            name: X
            server: 192.0.2.7
            transport: tls
            domain: example.com
            tls: { ca: ca.pem, certificate: c.pem, key: c.key, name: im.example.com, check: authority }
            """)
        let system = try #require(file.system, "\(file.messages)")
        var tls = SystemProfile.TLS(
            authorities: "ca.pem", certificate: "c.pem", key: "c.key", name: "im.example.com", check: .authority)
        tls.positions = ["ca": Self.place(5, 12), "certificate": Self.place(5, 33), "key": Self.place(5, 45)]
        #expect(system.tls == tls)
    }

    @Test func `Documents may be secured where nothing else is`() throws {
        let file = Self.file(
            """
            name: X
            server: 192.0.2.7
            transport: udp
            domain: example.com
            xcap: https://192.0.2.8/root
            tls: { ca: ca.pem, xcap-name: xcap.example.com }
            """)
        let system = try #require(file.system, "\(file.messages)")
        #expect(system.xcap?.url == "https://192.0.2.8/root/")
        #expect(system.xcap?.port == 443)
        var tls = SystemProfile.TLS(authorities: "ca.pem", xcapName: "xcap.example.com")
        tls.positions = ["ca": Self.place(6, 12)]
        #expect(system.tls == tls)
    }

    @Test(arguments: [
        ("http://xcap.example.com", "http://xcap.example.com/", 80),
        ("https://xcap.example.com:8443/root/", "https://xcap.example.com:8443/root/", 8443),
        ("\"http://[2001:db8::7]/\"", "http://[2001:db8::7]/", 80),
    ])
    func `Documents are at an address or at a name`(text: String, url: String, port: UInt16) throws {
        let file = Self.file("name: X\nserver: 192.0.2.7\ndomain: example.com\nxcap: \(text)\n")
        let root = try #require(file.system?.xcap, "\(file.messages)")
        #expect(root.url == url)
        #expect(root.port == port)
    }

    @Test func `Hooks may be called over TLS, which may be described`() throws {
        let call = "system-message: { call: \"https://hooks.example.com/announce?to=all\" }"
        let file = Self.file(
            "name: X\nserver: 192.0.2.7\ndomain: d\ntls: { ca: c.pem }\npreconditions: { \(call) }\n")
        let system = try #require(file.system, "\(file.messages)")
        #expect(
            system.preconditions[.systemMessage] == .hook(.call("https://hooks.example.com/announce?to=all")))
    }

    @Test func `The little that must be said is enough`() throws {
        let system = try #require(Self.file("name: X\nserver: 192.0.2.7\ndomain: example.com\n").system)
        #expect(system.server.description == "192.0.2.7")
        #expect(system.transport == nil)
        #expect(system.proxy == nil)
        #expect(system.clients == [])
        #expect(system.xcap == nil)
        #expect(system.stepTimeout == nil)
    }

    @Test(arguments: [
        ("example.com", "tls: { ca: c.pem }"), ("example.com:5061", "transport: tls\ntls: { ca: c.pem }"),
        ("192.0.2.7", "proxy: proxy.example.com\ntls: { ca: c.pem }"),
    ])
    func `The records of a domain may say that TLS is spoken, so that it may be described`(place: String, more: String)
    {
        let file = Self.file("name: X\nserver: \(place)\ndomain: example.com\n\(more)\n")
        #expect(file.system?.server.description == place, "\(file.messages)")
    }

    @Test(arguments: [
        ("name: X\nserver: 192.0.2.7\ndomain: d\nproxy: x:0\n", "system.yaml:4:8"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\ndeviations: [taken-alias-refusal]\n", "taken-alias-refused”?"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\npreconditions: { groups: { by: xcapp } }\n", "xcap"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\npreconditions: { groups: {} }\n", "command"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\npreconditions: { system-message: { by: xcap } }\n", "by"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\nname-server: dns.example.com\n", "system.yaml:4:14"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\ntls: { ca: c.pem }\n", "needs “transport: tls”"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\ntransport: tls\ntls: { key: c.pem }\n", "go together"),
        ("", "system.yaml:1:1"), ("name: X\ndomain: d\n", "server"),
        ("name: X\nserver: im_example\ndomain: d\n", "system.yaml:2:9"),
        ("name: X\nserver: 300.0.2.7\ndomain: d\n", "system.yaml:2:9"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\nxcap: https://x_y/\n", "system.yaml:4:7"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\npassword: x\n", "Unknown key “password”"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\nclients: [{ client: E }]\n", "A, B, C or D"),
        ("name: X\nserver: 192.0.2.7\ndomain: d\nclients: [{ client: A }, { client: A }]\n", "there twice"),
        (
            "name: X\nserver: 192.0.2.7\ndomain: d\nclients:\n  - { client: A, address: 192.0.2.11 }\n"
                + "  - { client: B, address: 192.0.2.11 }\n",
            "system.yaml:6:27: error: Client A has 192.0.2.11 too; clients are told apart by their addresses, so give "
                + "each its own [duplicate]"
        ),
        (
            "name: X\nserver: 192.0.2.7\ndomain: d.example\npreconditions:\n  groups: { by: preprovisioned }\n",
            "system.yaml:5:17: error: “by: preprovisioned” needs the URIs of the groups, each by its name in the test "
                + "cases: add “groups: [{ name: IM Group 1, uri: \"sip:im-group-1@d.example\" }]” [bad-value]"
        ),
        ("name: X\nserver: 192.0.2.7\ndomain: d\nclients: [{ client: A, account: { name: a } }]\n", "password"),
    ])
    func `A description that is wrong says where and what`(text: String, words: String) {
        let file = Self.file(text)
        #expect(file.system == nil)
        #expect(file.messages.contains { $0.description.contains(words) }, "\(file.messages)")
    }

    @Test func `The start of a description names every deviation and every precondition`() {
        let text = SystemTemplate.system(named: "example")
        for name in Deviation.allCases.map(\.rawValue) { #expect(text.contains("- \(name) "), "\(name)") }
        for name in Prerequisite.allCases.map(\.rawValue) { #expect(text.contains("  \(name): {"), "\(name)") }
    }

    @Test func `What a new system begins with can be read`() throws {
        let file = Self.file(SystemTemplate.system(named: "example"))
        #expect(file.messages == [])
        #expect(file.system?.clients.map(\.party) == ["A", "B", "C", "D"].map { PartyName($0) })
        let known = KnownFailureFile(SourceFile(path: "known.yaml", bytes: Array(SystemTemplate.knownFailures.utf8)))
        #expect(known.messages == [])
    }
}
