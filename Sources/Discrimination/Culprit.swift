import Actors
package import Conformance
import ReferenceServer

/// A party that is wrong on purpose, and how; written as `--defect` takes it: `server:textAltered`.
package struct Culprit: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var party: PartyName
    package var defect: String

    package init(_ party: PartyName, _ defect: String) {
        self.party = party
        self.defect = defect
    }

    package var description: String { "\(party):\(defect)" }

    package static func < (left: Culprit, right: Culprit) -> Bool {
        (left.party == .server ? 0 : 1, left.party, left.defect) < (
            right.party == .server ? 0 : 1, right.party, right.defect
        )
    }

    /// Everybody who can be wrong in a case, in every way that the reference server and clients know.
    package static func all(in testCase: TestCase) -> [Culprit] {
        ServerDefect.allCases.map { Culprit(.server, $0.rawValue) }
            + testCase.equipment.clients.flatMap { client in
                ClientDefect.allCases.map { Culprit(client, $0.rawValue) }
            }
    }

    /// The defect, whichever client has it.
    var kind: String { party == .server ? description : "client:\(defect)" }

    var serverDefects: Set<ServerDefect> {
        party == .server ? Set([ServerDefect(rawValue: defect)].compactMap(\.self)) : []
    }

    var clientDefects: [PartyName: Set<ClientDefect>] {
        party == .server ? [:] : [party: Set([ClientDefect(rawValue: defect)].compactMap(\.self))]
    }
}
