import Assessment
import Conformance
import Foundation
import Scenarios
import Testing

/// What general rules cite.
struct RequirementTests {
    private static let catalogue: RequirementCatalogue? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = FileSystem(
            read: { try Array(Data(contentsOf: root.appending(path: $0))) },
            list: { folder in
                let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
                return names.map { FileSystem.Entry(name: $0, isDirectory: !$0.hasSuffix(".yaml")) }
            })
        return (try? ScenarioLibrary(directory: "scenarios/requirements", in: files))?.catalogue
    }()

    @Test func `Every requirement of a general rule stands in the catalogue`() throws {
        let catalogue = try #require(Self.catalogue)
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
