import Assessment
import Conformance
import ReferenceServer
import TestSupport
import Testing

/// Each defect of the server is caught by the checks that claim to catch it, and the server is blamed for it.
struct ServerDefectTests {
    static let cases = ReferenceTests.cases

    @Test(arguments: ServerDefect.allCases)
    func `A defect of the server is killed by a scenario, and nobody else is blamed`(defect: ServerDefect) {
        var killers: [String] = []
        for id in Self.cases {
            let assessed = Theatre.assessed(id, server: [defect])
            if assessed.interop == .fail || assessed.conformance == .fail { killers.append(id) }
            #expect(assessed.culprits.subtracting([.server]).isEmpty, "\(id): \(assessed.blames)")
        }
        #expect(!killers.isEmpty, "\(defect.rawValue) survives")
    }
}
