import Foundation
import Network
import TestSupport
import Testing
import Transport

/// What cases need, and the operator of a system that is described sees to by commands and calls.
@Suite(.waitsForOthers)
struct HookTests {
    private let server: ServedServer
    private let workplace: Workplace
    private let clients = AddressBlock.next()

    init() throws {
        workplace = try Workplace(.these(["202", "204", "403"]))
        server = try ServedServer(at: AddressBlock.next().server, in: workplace, [])
    }

    private func run(
        _ pattern: String, _ preconditions: String, _ more: String = "", options: String = ""
    ) throws -> Program.Outcome {
        let lines = ["A", "B", "C"].map { name in
            "  - { client: \(name), address: \(clients.client(Character(name))), user: \"sip:\(name.lowercased())@home.example\" }"
        }
        try workplace.write(
            """
            name: Home
            server: \(server.address)
            domain: home.example
            xcap: http://\(server.address):8080/
            step-timeout: 2
            preconditions: { \(preconditions) }
            \(more)
            groups: [{ name: ChatRoom1, uri: "sip:room@home.example" }]
            clients:
            \(lines.joined(separator: "\n"))
            """.utf8, to: "fixtures/systems/home/system.yaml")
        return try workplace.shell(
            "parley run --sut home '\(pattern)' --capture-source actors \(options)",
            environment: ["SECRET_OF_HOOK": Self.secret])
    }

    private static let secret = "h&sh-5"

    /// What the hook was told, by the names of the variables.
    private var told: [[String: String]] {
        get throws {
            guard workplace.exists("told") else { return [] }
            let text = String(decoding: try workplace.bytes("told"), as: UTF8.self)
            return text.split(separator: "--\n").map { call in
                let pairs = call.split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
                return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { first, _ in first }
            }
        }
    }

    /// Written in one piece: several may be told of at once.
    private static let note = #"note=$(env | grep ^PARLEY_); printf "%s\n--\n" "$note" >>told"#

    @Test func `A group is made by a command, which is told all about it`() throws {
        let put = """
            curl -sf -X PUT -H "Content-Type: application/vnd.oma.poc.groups+xml" \
            -H "X-XCAP-Asserted-Identity: $PARLEY_USER" --data-binary @group.xml \
            "http://\(server.address):8080/org.openmobilealliance.groups/users/$PARLEY_USER/made" >/dev/null
            """
        try workplace.write("\(Self.note)\n\(put)\n".utf8, to: "make-group")
        try workplace.write(
            """
            <group xmlns="urn:oma:xml:poc:list-service"><list-service uri="sip:imgroup1@home.example"/></group>
            """.utf8, to: "group.xml")
        let outcome = try run("*202", "groups: { command: sh make-group }")
        let call = try #require(try told.first, "\(outcome.output)\(outcome.complaints)")
        #expect(call["PARLEY_WHAT"] == "groups")
        #expect(call["PARLEY_CASE"] == "IM-2.0-int-202")
        #expect(call["PARLEY_GROUP"] == "IM Group 1")
        #expect(call["PARLEY_GROUP_URI"]?.hasPrefix("sip:imgroup1") == true)
        #expect(call["PARLEY_MEMBERS"] == "sip:a@home.example sip:b@home.example sip:c@home.example")
        #expect(call["PARLEY_GROUP_INVITES"] == "true")
        #expect(call["PARLEY_USER"] == "sip:a@home.example")
        #expect(call["PARLEY_ADDRESS_C"] == clients.client("C").description)
    }

    @Test func `Settings and stores are seen to by a command and a call before the clients go on`() throws {
        let authority = TLSAuthority()
        try workplace.write(authority.certificate.text.utf8, to: "ca.pem")
        let identity = authority.issue(["127.0.0.1"])
        let hooks = try WebServer(
            .says("HTTP/1.1 204 Done\r\n\r\n"), security: TLSContext(identity, trust: .certificates([])))
        let call = "call: \"https://\(hooks.address)/empty\""
        let outcome = try run(
            "*403", "settings: { command: '\(Self.note)' }, stores: { \(call) }", options: "--tls-ca ca.pem")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        let settings = try told.filter { $0["PARLEY_WHAT"] == "settings" && $0["PARLEY_USER"] == "sip:b@home.example" }
        #expect(settings.first?["PARLEY_OFFLINE_DELIVERY"] == "false")
        #expect(settings.first?["PARLEY_VISIBLE"] == "true")
        let requests = hooks.requests
        #expect(requests.count == 2)
        for request in requests {
            #expect(request.hasPrefix("POST /empty HTTP/1.1\r\n"))
            #expect(request.contains("PARLEY_WHAT=stores") && request.contains("PARLEY_STORE=deferred"))
            #expect(request.contains("PARLEY_USER_C=") == false && request.contains("PARLEY_CASE=IM-2.0-int-403"))
        }
    }

    @Test(arguments: [
        ("command: 'echo No room; exit 3'", "ended with status 3: “No room”"),
        ("command: 'echo Waiting; sleep 60'", "did not end within 2 s: “Waiting”"),
        ("call: \"http://127.0.0.1:1/\"", "cannot be reached"),
    ])
    func `A hook that fails leaves the case inconclusive, with its last words`(hook: String, words: String) throws {
        let outcome = try run("*204", "system-message: { \(hook) }")
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.complaints)")
        #expect(outcome.output.replacing(/\s+/, with: " ").contains(words), "\(outcome.output)")
        #expect(try workplace.report().verdicts.first?.hasPrefix("IM-2.0-int-204 inconclusive") == true)
    }

    @Test func `Where nobody sends system messages, the report says what has to be described`() throws {
        let outcome = try run("*204", "groups: { by: preprovisioned }")
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.complaints)")
        let text = outcome.output.replacing(/\s+/, with: " ")
        #expect(text.contains("says who: “preconditions: { system-message: … }”."), "\(text)")
    }

    @Test(arguments: [
        ("tls: { ca: gone.pem }", "", "named by “ca” (fixtures/systems/home/system.yaml:"),
        ("tls: { ca: old.pem }", "--tls-ca gone.pem", "named by --tls-ca;"),
    ])
    func `Authorities that cannot be read are told before the first case`(
        described: String, options: String, source: String
    ) throws {
        let outcome = try run(
            "*204", "system-message: { call: \"https://127.0.0.1:1/\" }", described, options: options)
        #expect(outcome.status == 2)
        let text = outcome.complaints.replacing(/\s+/, with: " ")
        #expect(text.contains("“gone.pem”, which TLS needs, cannot be read: No such file or directory."), "\(text)")
        #expect(text.contains(source), "\(text)")
    }

    @Test func `Options about TLS other than the authorities are of no use to hooks`() throws {
        let hook = "system-message: { call: \"https://127.0.0.1:1/\" }"
        let outcome = try run("*204", hook, options: "--tls-name home.example")
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("--tls-name needs TLS"), "\(outcome.complaints)")
    }

    @Test func `A refusal of a call is told with its last words and its URL, in which its secrets are named`() throws {
        let proof = Data("ann:\(Self.secret)".utf8).base64EncodedString()
        let hooks = try WebServer(
            .says("HTTP/1.1 409 Conflict\r\n\r\nAlas:\nNo room for \(Self.secret), “Basic \(proof)”\n"))
        try workplace.write("of-a-file\n".utf8, to: "secret")
        let path = "/{env:SECRET_OF_HOOK}/say?token={file:secret}&key=literal"
        let outcome = try run(
            "*204", "system-message: { call: \"http://ann:{env:SECRET_OF_HOOK}@\(hooks.address)\(path)\" }")
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.complaints)")
        let text = outcome.output.replacing(/\s+/, with: " ")
        let url = "http://ann:{env:SECRET_OF_HOOK}@\(hooks.address)/{env:SECRET_OF_HOOK}/say?token={file:secret}&key=…"
        #expect(
            text.contains("the hook “\(url)” answered 409: “No room for {env:SECRET_OF_HOOK}, “Basic …””"), "\(text)")
        let request = try #require(hooks.requests.first)
        #expect(request.hasPrefix("POST /h%26sh-5/say?token=of-a-file&key=literal HTTP/1.1\r\n"))
        #expect(request.contains("\r\nAuthorization: Basic \(proof)\r\n"))
        #expect(try workplace.shell("grep -rlE 'h(&|%26)sh-5|of-a-file|literal|\(proof)' reports").output == "")
    }

    @Test func `A command that fails is told as it is written, and its last words without secrets`() throws {
        let command = #"echo "No $PARLEY_WHAT for $SECRET_OF_HOOK and of-a-file"; exit 3"#
        try workplace.write("of-a-file\n".utf8, to: "secret")
        try workplace.write("\(command)\n".utf8, to: "hook")
        let outcome = try run(
            "*204", "system-message: { command: 'echo; . ./hook of-a-file \"$SECRET_OF_HOOK\"' }",
            options: "--account A=ann:file:secret")
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.complaints)")
        let text = outcome.output.replacing(/\s+/, with: " ")
        #expect(
            text.contains("the hook “echo; . ./hook {file:secret} \"$SECRET_OF_HOOK\"” ended with status 3"), "\(text)")
        #expect(text.contains(": “No system-message for $SECRET_OF_HOOK and {file:secret}”"), "\(text)")
        #expect(try workplace.shell("grep -rlF -e '\(Self.secret)' -e of-a-file reports").output == "")
    }

    @Test func `Settings that the operator does not see to are no fault of the server, which the doctor finds well`()
        throws
    {
        let outcome = try run("*204", "settings: { command: \"echo no room; exit 3\" }")
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.complaints)")
        let text = outcome.output.replacing(/\s+/, with: " ")
        #expect(text.contains("ended with status 3: “no room”") && !text.contains("cannot be reached"), "\(text)")
        let doctor = try workplace.parley("doctor", "--sut", "home")
        #expect(doctor.output.contains("A logs in"), "\(doctor.output)")
        #expect(!doctor.output.contains("FAILED"), "\(doctor.output)")
    }

    @Test func `A secret that a URL names and that is not there is told before the first case`() throws {
        let outcome = try run("*204", "system-message: { call: \"http://127.0.0.1:1/{env:NOT_THERE}?a=b\" }")
        #expect(outcome.status == 2)
        let text = outcome.complaints.replacing(/\s+/, with: " ")
        #expect(text.contains("The secret of a hook is to be in the variable NOT_THERE, which is not set;"), "\(text)")
        #expect(text.contains("named by “call: http://127.0.0.1:1/{env:NOT_THERE}?a=…”"), "\(text)")
    }
}
