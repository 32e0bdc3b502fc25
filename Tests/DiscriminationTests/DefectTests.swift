import Actors
import Assessment
import Conformance
import ReferenceServer
import TestSupport
import Testing

/// The matrix of scenarios and defects: what is caught is what is claimed, and the right party is blamed.
struct DefectTests {
    @Test(arguments: ReferenceTests.cases)
    func `A scenario catches each defect that it claims to catch, by the checks it names, and no other`(id: String) {
        let claims = Claims.byCase[id] ?? [:]
        for (defect, assessed) in Matrix.byCase[id] ?? [:] {
            #expect(assessed.blames.keys.sorted() == claims[defect.description] ?? [], "\(id) and \(defect)")
        }
        #expect(claims.count >= 6)
    }

    @Test(arguments: ReferenceTests.cases)
    func `Each criterion of a scenario can fail`(id: String) {
        let fallible = Set((Claims.byCase[id] ?? [:]).values.joined())
        for check in Theatre.testCase(id).checks {
            #expect(fallible.contains(check.id), "no defect makes \(check.id) fail")
        }
    }

    @Test(arguments: ServerDefect.allCases)
    func `A defect of the server is caught by some scenario, and nobody else is blamed`(defect: ServerDefect) {
        let key = Matrix.Defect(party: .server, name: defect.rawValue)
        let caught = Matrix.byCase.values.compactMap { $0[key] }.filter { !$0.blames.isEmpty }
        #expect(!caught.isEmpty, "\(defect.rawValue) survives")
        for assessed in caught {
            #expect(assessed.culprits.subtracting([.server]).isEmpty, "\(assessed.blames)")
        }
    }

    @Test(arguments: ClientDefect.allCases)
    func `A defect of a client is caught by some scenario, and that client is blamed`(defect: ClientDefect) {
        var isCaught = false
        for (id, row) in Matrix.byCase {
            for (key, assessed) in row where key.party != .server && key.name == defect.rawValue {
                guard !assessed.blames.isEmpty else { continue }
                isCaught = true
                #expect(assessed.culprits.contains(key.party), "\(id) \(key): \(assessed.blames)")
            }
        }
        #expect(isCaught, "\(defect.rawValue) survives")
    }
}
