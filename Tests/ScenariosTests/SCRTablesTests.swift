import Conformance
import Testing

@testable import Scenarios

@Suite struct SCRTablesTests {
    private static let text = """
        document: A sample
        groups:
          - clause: B.1
            title: Client
            role: client
            items:
              - { id: IMSpec-X-C-001, title: Do it, clause: "1", status: mandatory }
              - { id: IMSpec-X-C-002, title: Do more, clause: Appendix H, status: optional, requires: IMSpec-X-C-001 }
              - { id: IMSpec-X-C-003, title: Do most, clause: "3", status: optional, requires: IMSpec-Y-C-009 }
              - { id: IMSpec-X-C-004, title: Do all, clause: "4", status: optional, requires: IMSpec-Z-C-009 }
        undefined:
          - { id: IMSpec-Y-C-009, because: It asks nothing. }
          - { id: IMSpec-Z-C-009, read-as: IMSpec-X-C-002, because: It is alike. }

        """

    private func library(_ text: String) -> ScenarioLibrary {
        ScenarioLibrary([SourceFile(path: "scr/x.yaml", bytes: Array(text.utf8))])
    }

    @Test func `Tables are read with role, clause, status and requirement`() throws {
        let library = library(Self.text)
        #expect(library.messages == [])
        #expect(library.entries.isEmpty)
        let group = try #require(library.tables.groups.first)
        #expect(group.clause == "B.1")
        #expect(group.items == library.tables.items)
        #expect(
            library.tables[SCRItemID("IMSpec-X-C-002")]
                == SCRItem(
                    id: SCRItemID("IMSpec-X-C-002"), role: .client, title: "Do more", document: "A sample",
                    clause: "Appendix H", status: .optional, requirement: SCRItemID("IMSpec-X-C-001")))
        #expect(group.items.map(\.place) == ["§1", "Appendix H", "§3", "§4"])
        #expect(library.tables[SCRItemID("IMSpec-Y-C-009")] == nil)
    }

    @Test(
        arguments: [
            ("IMSpec-X-C-001", "", nil), ("IMSpec-X-C-002", "IMSpec-X-C-001", nil),
            ("IMSpec-X-C-002", "IMSpec-X-C-002", "IMSpec-X-C-001"), ("IMSpec-X-C-003", "", nil),
            ("IMSpec-X-C-004", "IMSpec-X-C-002", nil),
            ("IMSpec-X-C-004", "IMSpec-Z-C-009", "IMSpec-Z-C-009 (read as IMSpec-X-C-002)"),
        ] as [(String, String, String?)])
    func `A requirement is met by its items, and a name that no table has by what it is read as`(
        id: String, claims: String, missing: String?
    ) throws {
        let tables = library(Self.text).tables
        let item = try #require(tables[SCRItemID(id)])
        let claimed = Set(claims.split(separator: " ").map { SCRItemID(String($0)) })
        #expect(tables.missing(for: item, among: claimed) == missing)
    }

    @Test func `A name that asks nothing is told as undefined`() {
        #expect(library(Self.text).tables.words(for: SCRItemID("IMSpec-Y-C-009")) == "IMSpec-Y-C-009 (undefined)")
    }

    @Test(arguments: [
        (
            "role: client", "role: proxy",
            "5:11: error: “proxy” is no value of “role”; expected client or server [bad-value]"
        ),
        (
            "status: mandatory", "status: must",
            "7:66: error: “must” is no value of “status”; expected mandatory or optional [bad-value]"
        ),
        (
            "{ id: IMSpec-X-C-001,", "{ id: IMSpec-X-C-001-M,",
            "7:15: error: “IMSpec-X-C-001-M” is no SCR item; expected an item such as IMSpec-SMM-C-001 [bad-value]"
        ),
        (
            "undefined:", "      - { id: IMSpec-X-C-001, title: It, clause: 9, status: optional }\nundefined:",
            "11:15: error: IMSpec-X-C-001 is there twice; the first is at scr/x.yaml:7:15 [duplicate]"
        ),
        (
            "requires: IMSpec-X-C-001 }", "requires: IMSpec-X-C-101 }",
            "8:95: error: No table has the item IMSpec-X-C-101; did you mean “IMSpec-X-C-001”? [unknown-item]"
        ),
        (
            "requires: IMSpec-X-C-001 }", "requires: IMSpec-X-C-001 AND IMSpec-X-C-003 }",
            "8:95: error: “IMSpec-X-C-001 AND IMSpec-X-C-003” is no SCR item; expected an item such as "
                + "IMSpec-SMM-C-001 [bad-value]"
        ),
        (
            "read-as: IMSpec-X-C-002", "read-as: IMSpec-Q-C-777",
            "13:11: error: No table has the item IMSpec-Q-C-777; did you mean “IMSpec-X-C-001”? [unknown-item]"
        ),
        (
            "because: It asks nothing. }", "because: It. }\n  - { id: IMSpec-W-S-777, because: It. }",
            "13:11: error: No item requires IMSpec-W-S-777 [unknown-item]"
        ),
        (
            "because: It asks nothing. }", "because: It. }\n  - { id: IMSpec-Y-C-009, because: It. }",
            "13:11: error: IMSpec-Y-C-009 is there twice; the first is at scr/x.yaml:12:11 [duplicate]"
        ),
        (
            "because: It asks nothing. }", "because: It. }\n  - { id: IMSpec-X-C-001, because: It. }",
            "13:11: error: IMSpec-X-C-001 is an item, and so is defined [duplicate]"
        ),
    ])
    func `Tables are held to their form and their sense`(passage: String, replacement: String, message: String) {
        let messages = library(Self.text.replacing(passage, with: replacement)).messages.map(\.description)
        #expect(messages == ["scr/x.yaml:" + message])
    }

    @Test func `Tables that are cut short anywhere are tables or say why not`() {
        for length in 0..<Self.text.utf8.count {
            let library = library(String(decoding: Self.text.utf8.prefix(length), as: UTF8.self))
            #expect(!library.messages.isEmpty || !library.tables.items.isEmpty, "cut after \(length) bytes")
        }
    }

    @Test func `An item may require one of another file`() {
        let other = SourceFile(
            path: "scr/w.yaml",
            bytes: Array(
                """
                document: Another
                groups:
                  - clause: B.1
                    title: Client
                    role: client
                    items: [{ id: IMSpec-W-C-001, title: It, clause: 1, status: optional, requires: IMSpec-X-C-001 }]
                """.utf8))
        let file = SourceFile(path: "scr/x.yaml", bytes: Array(Self.text.utf8))
        #expect(ScenarioLibrary([other, file]).messages == [])
        #expect(ScenarioLibrary([other]).messages.map(\.rule) == [.unknownItem])
    }
}
