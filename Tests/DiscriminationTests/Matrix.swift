import Actors
import Assessment
import Conformance
import ReferenceServer
import TestSupport

/// Every scenario performed with every defect of every party, once.
enum Matrix {
    /// A defect of a party, as `--defect` takes it: `server:textAltered`.
    struct Defect: Hashable, CustomStringConvertible {
        var party: PartyName
        var name: String

        var description: String { "\(party):\(name)" }
    }

    /// What each defect does to each case, by the id of the case.
    static let byCase: [String: [Defect: Assessed]] = Dictionary(
        uniqueKeysWithValues: ReferenceTests.cases.map { ($0, row(of: $0)) })

    private static func row(of id: String) -> [Defect: Assessed] {
        var row: [Defect: Assessed] = [:]
        for defect in ServerDefect.allCases {
            row[Defect(party: .server, name: defect.rawValue)] = Theatre.assessed(id, server: [defect])
        }
        for party in Theatre.testCase(id).equipment.clients {
            for defect in ClientDefect.allCases {
                row[Defect(party: party, name: defect.rawValue)] = Theatre.assessed(id, clients: [party: [defect]])
            }
        }
        return row
    }
}
