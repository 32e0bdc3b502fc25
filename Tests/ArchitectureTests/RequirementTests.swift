import Assessment
import Conformance
import Scenarios
import TestSupport
import Testing

/// What general rules cite.
struct RequirementTests {
    @Test func `Every requirement of a general rule stands in the catalogue`() {
        let catalogue = ShippedScenarios.library.catalogue
        for rule in GeneralRule.all {
            #expect(!rule.requirements.isEmpty, "\(rule.id)")
            for id in rule.requirements { #expect(catalogue[id] != nil, "\(rule.id) names \(id)") }
        }
    }

    @Test func `General rules have names of their own`() {
        let ids = GeneralRule.all.map(\.id)
        #expect(Set(ids).count == ids.count)
    }
}
