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

    private func run(_ pattern: String, _ preconditions: String, _ more: String = "") throws -> Program.Outcome {
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
        return try workplace.parley("run", "--sut", "home", pattern, "--capture-source", "actors")
    }

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
            "*403", "settings: { command: '\(Self.note)' }, stores: { \(call) }", "tls: { ca: ca.pem }")
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

    @Test func `A refusal of a call is told with its last words, and no secret of its URL`() throws {
        let hooks = try WebServer(.says("HTTP/1.1 409 Conflict\r\n\r\nAlas:\nNo room\n"))
        let outcome = try run("*204", "system-message: { call: \"http://\(hooks.address)/say?token=hush\" }")
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.complaints)")
        let text = outcome.output.replacing(/\s+/, with: " ")
        #expect(text.contains("the hook “http://\(hooks.address)/say?…” answered 409: “No room”"), "\(text)")
        #expect(hooks.requests.first?.hasPrefix("POST /say?token=hush HTTP/1.1\r\n") == true)
        #expect(try workplace.shell("grep -rl hush reports").output == "")
    }
}
