import Conformance
import Scenarios
import TestSupport
import Testing

/// The items of static conformance that come with the program, and the test cases that need them.
@Suite struct ShippedTablesTests {
    private let library = ShippedScenarios.library

    /// How many mandatory and optional items each table of Appendix B has.
    private static let counts = [
        "B.1.1": (10, 5), "B.1.2": (4, 2), "B.1.3": (14, 3), "B.1.4.1": (6, 0), "B.1.4.2": (4, 0), "B.2.1": (5, 0),
        "B.2.2": (2, 0), "B.2.3": (8, 0), "B.2.4": (6, 0), "B.3.1": (4, 1), "B.3.2": (1, 1), "B.3.3": (3, 0),
        "B.3.4": (1, 0), "B.3.5": (0, 3), "B.4.1": (0, 2), "B.4.2": (0, 1), "B.5.1": (5, 1), "B.5.2": (6, 0),
        "B.6.1": (0, 4), "B.6.2": (0, 6), "B.6.3": (0, 5), "B.7.1": (1, 1), "B.7.2": (1, 1), "ETS": (2, 1),
    ]

    @Test func `Every table of Appendix B has all its items`() {
        let tables = library.tables.groups.map(\.clause)
        #expect(Set(tables) == Set(Self.counts.keys))
        #expect(tables.count == Self.counts.count)
        for group in library.tables.groups {
            let mandatory = group.items.count { $0.status == .mandatory }
            #expect(Self.counts[group.clause]?.0 == mandatory, "\(group.clause)")
            #expect(Self.counts[group.clause]?.1 == group.items.count - mandatory, "\(group.clause)")
        }
        #expect(library.tables.items.count { $0.document == "OMA-TS-SIMPLE_IM-V1_0" } == 117)
    }

    @Test func `The numbers of each series run without a gap, but for those that were never given`() {
        let series = Dictionary(grouping: library.tables.items) { item in
            item.id.description.split(separator: "-").dropLast().joined(separator: "-")
        }
        for (name, items) in series {
            let numbers = items.compactMap { Int($0.id.description.split(separator: "-").last ?? "") }.sorted()
            let missing = Set(1...(numbers.last ?? 1)).subtracting(numbers)
            let expected: Set<Int> =
                switch name {
                case "IMSpec-SMM-S": [24]
                case "IMSpec-PMM-C": [6]
                default: []
                }
            #expect(missing == expected, "\(name)")
        }
    }

    @Test func `The letter of an item says whose it is`() {
        for item in library.tables.items {
            #expect(item.id.description.contains("-C-") == (item.role == .client), "\(item.id)")
        }
    }

    @Test func `What an item requires is what the tables print`() {
        let printed = Dictionary(
            uniqueKeysWithValues: library.tables.items.compactMap { item in
                item.requirement.map { (item.id.description, $0.description) }
            })
        let pager = ["001", "002", "003", "004", "005"].map { ("IMSpec-PMM-C-\($0)", "IMSpec-PGO-C-001") }
        let control = ["003", "004", "005", "006"].map { ("IMSpec-PMM-S-\($0)", "IMSpec-COR-S-001") }
        let others = [
            ("IMSpec-FT-C-001", "IMSpec-LMM-C-001"), ("IMSpec-FT-C-003", "IMSpec-LMM-C-010"),
            ("IMSpec-DM-C-001", "IMSpec-DMO-C-004"), ("IMSpec-HIST-S-001", "IMSpec-HIST-S-0010"),
            ("IMSpec-HIST-S-003", "IMSpec-HIST-S-008"), ("IMSpec-HIST-S-005", "IMSpec-HIST-S-008"),
        ]
        #expect(printed == Dictionary(uniqueKeysWithValues: pager + control + others))
    }

    @Test func `Every case says what it needs of the server and of each of its clients`() {
        for testCase in library.testCases {
            #expect(Set(testCase.needs.keys) == Set([.server] + testCase.equipment.clients), "\(testCase.id)")
        }
    }

    @Test func `What the ETS names as the items of a case the case needs`() {
        for testCase in library.testCases {
            let needed = Set(testCase.needs.values.joined().map(\.description))
            for reference in testCase.references.scr {
                let parts = reference.split(separator: "-")
                let id = parts.dropLast().joined(separator: "-")
                #expect(needed.contains(id), "\(testCase.id): \(id)")
                #expect(library.tables[SCRItemID(id)]?.status.letter == parts.last.map(String.init), "\(reference)")
            }
        }
    }

    /// Items of which no case of the ETS makes use.
    private static let unused = [
        "DM-C-006", "DM-S-006", "GA-S-001", "HIST-S-0010", "HIST-S-004", "LMM-C-004", "LMM-S-002", "LMM-S-010",
        "LMM-S-013", "PMM-C-004", "PMM-C-005", "PMM-C-008", "PMM-S-006", "SMM-C-012", "SMM-C-013", "SMM-C-019",
        "SMM-C-020", "SMM-S-002", "SMM-S-003", "SMM-S-017", "SMM-S-019", "SMM-S-027", "SS-C-002", "SS-S-002",
    ]

    @Test func `Each item decides whether some case applies, but for those that no case makes use of`() {
        let all = Set(library.tables.items.map(\.id))
        func statement(_ claims: Set<SCRItemID>) -> ConformanceStatement {
            ConformanceStatement(
                product: "X", version: "1", date: "2026-11-26", roles: [.server, .client], claims: claims, file: "x")
        }
        func excluded(_ claims: Set<SCRItemID>) -> Int {
            library.testCases.count {
                !statement(claims).unclaimed(in: $0, of: Set([.server] + $0.equipment.clients)).isEmpty
            }
        }
        #expect(excluded(all) == 0)
        let idle = all.filter { excluded(all.subtracting([$0])) == 0 }
        #expect(idle.sorted().map(\.description) == Self.unused.map { "IMSpec-\($0)" })
    }
}
