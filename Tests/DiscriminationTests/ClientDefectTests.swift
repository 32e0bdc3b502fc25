import Actors
import Assessment
import Conformance
import TestSupport
import Testing

/// Each defect of a client is caught, and that client is blamed for it.
struct ClientDefectTests {
    @Test(arguments: ClientDefect.allCases)
    func `A defect of a client is killed by a scenario, and that client is blamed`(defect: ClientDefect) {
        var killers: [String] = []
        for id in ReferenceTests.cases {
            for party in [PartyName("A"), PartyName("B")] {
                let assessed = Theatre.assessed(id, clients: [party: [defect]])
                guard assessed.interop == .fail || assessed.conformance == .fail else { continue }
                killers.append("\(id) \(party)")
                #expect(assessed.culprits.contains(party), "\(id): \(party) is not blamed, but \(assessed.blames)")
            }
        }
        #expect(!killers.isEmpty, "\(defect.rawValue) survives")
    }
}
