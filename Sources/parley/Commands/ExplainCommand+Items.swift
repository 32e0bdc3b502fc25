import Conformance
import Scenarios

extension ExplainCommand {
    /// The SCR items that an ICS must claim for the case to apply, by who is tested.
    static func needs(of testCase: TestCase) -> [String] {
        ([.server] + testCase.equipment.clients).compactMap { party in
            testCase.needs[party].map { items in
                items.map(\.description).joined(separator: ", ").wrapped(after: "ICS, \(party):", indent: 14)
            }
        }
    }

    /// What the item is, and the cases that need it.
    static func text(of item: SCRItem, _ library: ScenarioLibrary) -> String {
        let needing = library.testCases.compactMap { testCase -> String? in
            let parties = testCase.needs.filter { $0.value.contains(item.id) }.keys.sorted()
            guard !parties.isEmpty else { return nil }
            return item.role == .server
                ? testCase.id : "\(testCase.id) (as \(parties.map(\.description).joined(separator: ", ")))"
        }
        let document = "\(item.document) \(item.place)"
        let requirement = item.requirement.map { ["It requires \(library.tables.words(for: $0)).".wrapped()] } ?? []
        let cases = needing.isEmpty ? "no case" : needing.joined(separator: ", ")
        let lines = [
            "\(item.id): \(item.title)".wrapped(),
            "It is \(item.status.rawValue) for a \(item.role.rawValue) (\(document)).".wrapped(),
        ]
        return (lines + requirement + ["Needed by: \(cases)".wrapped()]).joined(separator: "\n")
    }
}
