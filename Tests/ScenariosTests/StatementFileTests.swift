import Conformance
import TestSupport
import Testing

@testable import Scenarios

@Suite struct StatementFileTests {
    private let tables: SCRTables

    init() {
        var tables = SCRTables()
        let messages = tables.add(
            SourceFile(
                path: "scr/x.yaml",
                bytes: Array(
                    """
                    document: A sample
                    groups:
                      - clause: B.1
                        title: Client
                        role: client
                        items:
                          - { id: IMSpec-X-C-001, title: Do it, clause: "1", status: mandatory }
                          - { id: IMSpec-X-C-002, title: Do more, clause: "2", status: optional }
                      - clause: B.2
                        title: Server
                        role: server
                        items:
                          - { id: IMSpec-X-S-001, title: Serve it, clause: "3", status: mandatory }
                          - { id: IMSpec-X-S-002, title: Serve more, clause: "4", status: mandatory }
                          - id: IMSpec-X-S-003
                            title: Serve all
                            clause: "5"
                            status: optional
                            requires: IMSpec-X-S-004
                          - { id: IMSpec-X-S-004, title: Serve the rest, clause: "6", status: optional }
                    """.utf8)))
        precondition(messages.isEmpty, "The tables of these tests are right")
        self.tables = tables
    }

    private func file(_ rest: String) -> StatementFile {
        let text = "product: Example\nversion: 1.10\ndate: 2026-11-26\n" + rest
        return StatementFile(SourceFile(path: "ics.yaml", bytes: Array(text.utf8)), tables: tables)
    }

    private func claims(_ rest: String) -> [String]? { file(rest).statement?.claims.sorted().map(\.description) }

    @Test func `A statement says whose it is, what the product is, and what it claims`() throws {
        let file = file("author: Ann\nroles: [server, client]\nitems: { IMSpec-X-S-001: yes, IMSpec-X-C-002: yes }\n")
        #expect(file.messages == [])
        #expect(
            file.statement
                == ConformanceStatement(
                    product: "Example", version: "1.10", date: "2026-11-26", author: "Ann", roles: [.server, .client],
                    claims: [SCRItemID("IMSpec-X-S-001"), SCRItemID("IMSpec-X-C-002")], file: "ics.yaml"))
    }

    @Test(arguments: [
        ("roles: [server]\n", []),
        ("roles: [server]\nitems: {}\n", []),
        ("roles: [server]\nall-mandatory: no\n", []),
        ("roles: [server]\nall-mandatory: yes\n", ["IMSpec-X-S-001", "IMSpec-X-S-002"]),
        ("roles: [client]\nall-mandatory: yes\n", ["IMSpec-X-C-001"]),
        (
            "roles: [server, client]\nall-mandatory: yes\n",
            ["IMSpec-X-C-001", "IMSpec-X-S-001", "IMSpec-X-S-002"]
        ),
        (
            "roles: [server]\nall-mandatory: yes\nitems: { IMSpec-X-S-002: no, IMSpec-X-S-004: yes }\n",
            ["IMSpec-X-S-001", "IMSpec-X-S-004"]
        ),
        ("roles: [server]\nitems: { IMSpec-X-S-002: no, IMSpec-X-C-001: no }\n", []),
    ])
    func `What is not said is not claimed, and the short form claims what is mandatory`(
        rest: String, expected: [String]
    ) {
        #expect(claims(rest) == expected)
    }

    @Test(arguments: [
        (
            "roles: [server]\nitems: { IMSpec-X-S-005: yes }\n",
            ["5:10: error: Unknown item “IMSpec-X-S-005” in a statement; did you mean “IMSpec-X-S-001”? [unknown-key]"]
        ),
        (
            "roles: [server]\nitems: { IMSpec-X-S-001-M: yes }\n",
            [
                "5:10: error: Unknown item “IMSpec-X-S-001-M” in a statement; did you mean “IMSpec-X-S-001”? [unknown-key]"
            ]
        ),
        (
            "roles: [server]\nitems: { IMSpec-X-S-001: maybe }\n",
            ["5:26: error: “maybe” is no value of “IMSpec-X-S-001”; expected yes or no [bad-value]"]
        ),
        (
            "roles: [server]\nall-mandatory: true\n",
            ["5:16: error: “true” is no value of “all-mandatory”; expected yes or no [bad-value]"]
        ),
        (
            "roles: [client]\nitems: { IMSpec-X-S-001: yes }\n",
            [
                "5:10: error: IMSpec-X-S-001 is an item of a server, which is none of the roles of the statement "
                    + "[bad-value]"
            ]
        ),
        ("roles: [server, server]\n", ["4:17: error: The role “server” is there twice [duplicate]"]),
        ("roles: []\n", ["4:8: error: “roles” needs at least one entry [bad-value]"]),
        ("", ["1:1: error: This statement lacks the key “roles”: what the product is [missing-key]"]),
        (
            "roles: [servant]\n",
            ["4:9: error: “servant” is no value of “roles”; expected client or server [bad-value]"]
        ),
    ])
    func `A statement that is wrong says where and what, and claims nothing`(rest: String, messages: [String]) {
        let file = file(rest)
        #expect(file.messages.map(\.description) == messages.map { "ics.yaml:" + $0 })
        #expect(file.statement == nil)
        #expect(file.shortfalls == [])
    }

    @Test func `A statement that is cut short or altered anywhere is one or says why not`() {
        let text = Array("roles: [server]\nall-mandatory: yes\nitems: { IMSpec-X-S-003: yes }\n".utf8)
        func expectOneOrTheOther(_ bytes: [UInt8]) {
            let file = file(String(decoding: bytes, as: UTF8.self))
            #expect((file.statement == nil) == !file.messages.isEmpty)
        }
        for place in text.indices {
            expectOneOrTheOther(Array(text.prefix(place)))
            for byte in "\n:[]{}&*!|>'\"%@`,#a0\u{0}".utf8 {
                var altered = text
                altered[place] = byte
                expectOneOrTheOther(altered)
            }
        }
    }

    /// Of the items that are unknown and those that are there twice, there may be as many as fit into a file.
    @Test(arguments: ["  IMSpec-X-S-%: yes\n", "  IMSpec-X-S-001: yes\n", "  %: yes\n", "  x%: { a: [b, c] }\n"])
    func `A statement in which very much is wrong is told so soon, and not at length`(line: String) {
        let count = (YAMLDocument.maximumSize - 100) / (line.utf8.count + 5)
        let parts = line.split(separator: "%")
        let lines = (0..<count).map { parts.joined(separator: "\(100_000 + $0)") }
        let file = file("roles: [server]\nitems:\n" + lines.joined())
        #expect(file.statement == nil)
        #expect(file.messages.count == YAMLDocument.mostMessages + 1)
        #expect(file.messages.contains { $0.text == "So much is wrong with the file that the rest is not read" })
    }

    @Test func `A key as long as a file is not repeated as a whole`() {
        let file = file("roles: [server]\nitems:\n  ? \(String(repeating: "x", count: 900_000))\n  : yes\n")
        #expect(file.messages.map(\.rule) == [.unknownKey])
        #expect(file.messages.allSatisfy { $0.text.utf8.count < 400 })
    }

    @Test func `A day that is none is refused`() {
        let text = "product: X\nversion: 1\ndate: today\nroles: [server]\n"
        let file = StatementFile(SourceFile(path: "ics.yaml", bytes: Array(text.utf8)), tables: tables)
        #expect(file.messages.map(\.position.line) == [3])
    }

    @Test(arguments: [
        ("roles: [server]\nall-mandatory: yes\n", []),
        (
            "roles: [server]\n",
            [
                "4:9: IMSpec-X-S-001 is mandatory for a server and not claimed: Serve it (§3)",
                "4:9: IMSpec-X-S-002 is mandatory for a server and not claimed: Serve more (§4)",
            ]
        ),
        (
            "roles: [client, server]\nitems:\n  IMSpec-X-S-002: no\n  IMSpec-X-S-001: yes\n",
            [
                "4:9: IMSpec-X-C-001 is mandatory for a client and not claimed: Do it (§1)",
                "6:3: IMSpec-X-S-002 is mandatory for a server and not claimed: Serve more (§4)",
            ]
        ),
        (
            "roles: [server]\nall-mandatory: yes\nitems:\n  IMSpec-X-S-003: yes\n",
            ["7:3: IMSpec-X-S-003 is claimed, but not what it requires: IMSpec-X-S-004"]
        ),
        (
            "roles: [server]\nitems:\n  IMSpec-X-S-001: yes\n  IMSpec-X-S-003: yes\n",
            [
                "4:9: IMSpec-X-S-002 is mandatory for a server and not claimed: Serve more (§4)",
                "7:3: IMSpec-X-S-003 is claimed, but not what it requires: IMSpec-X-S-004",
            ]
        ),
        ("roles: [server]\nall-mandatory: yes\nitems: { IMSpec-X-S-003: yes, IMSpec-X-S-004: yes }\n", []),
    ])
    func `What falls short of the tables is told with the line to change`(rest: String, expected: [String]) {
        let file = file(rest)
        #expect(file.messages == [])
        #expect(file.statement != nil)
        #expect(
            file.shortfalls.map { "\($0.position.line):\($0.position.column): \($0.sentence)" } == expected)
    }

    @Test func `Shortfalls are warnings, since the statement can be used`() {
        let file = file("roles: [server]\nitems: { IMSpec-X-S-001: yes, IMSpec-X-S-003: yes }\n")
        let messages = file.shortfalls.map(LintMessage.init)
        #expect(messages.map(\.rule) == [.mandatoryItem, .unmetRequirement])
        #expect(messages.map(\.severity) == [.warning, .warning])
    }

    @Test(arguments: [[Role.server], [.client], [.server, .client]])
    func `What a new statement begins with claims what is mandatory and can be read`(roles: [Role]) throws {
        let library = ShippedScenarios.library
        let text = StatementTemplate.statement(
            of: "example", roles: roles, tables: library.tables, today: "2026-11-26")
        let file = StatementFile(SourceFile(path: "ics.yaml", bytes: Array(text.utf8)), tables: library.tables)
        #expect(file.messages == [])
        #expect(file.shortfalls == [])
        let items = library.tables.items.filter { roles.contains($0.role) }
        let statement = try #require(file.statement)
        #expect(statement.roles == roles)
        #expect(statement.date == "2026-11-26")
        #expect(statement.claims == Set(items.filter { $0.status == .mandatory }.map(\.id)))
        let lines = Dictionary(grouping: text.split(separator: "\n")) { $0.prefix { $0 != ":" } }
        for item in library.tables.items {
            let lines = lines["  \(item.id)"] ?? []
            #expect(lines.count == (roles.contains(item.role) ? 1 : 0), "\(item.id)")
            for line in lines {
                #expect(line.contains(item.title) && line.contains(item.place), "\(line)")
                #expect(line.contains("# \(item.status.letter) "), "\(line)")
                #expect(line.count <= 120, "\(line)")
                // What a name asks that no table has need not trouble anybody.
                let required = item.requirement.flatMap(library.tables.meaning)
                #expect(line.contains("requires") == (required != nil), "\(line)")
                if let required { #expect(line.contains("requires \(required)"), "\(line)") }
            }
        }
    }
}
