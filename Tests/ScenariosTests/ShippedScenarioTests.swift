import Conformance
import Scenarios
import TestSupport
import Testing

@Suite struct ShippedScenarioTests {
    private let library = ShippedScenarios.library

    private static let ids = [101...109, 201...204, 301...303, 401...405, 501...505, 601...608].flatMap(\.self)

    @Test func `Everything under scenarios loads without a message`() {
        #expect(library.messages.map(\.description) == [])
        #expect(library.entries.map(\.path) == Self.ids.map { "simple-im/int/IM-2.0-int-\($0)" })
    }

    @Test func `The id of a requirement is its document, its clause and a word`() {
        for requirement in library.catalogue.requirements.values {
            let parts = requirement.id.description.split(separator: "-", maxSplits: 2).map(String.init)
            let document = requirement.document == "OMA-TS-SIMPLE_IM-V1_0" ? "TS" : requirement.document
            #expect(document.replacing(" ", with: "") == parts[0], "\(requirement.id)")
            let clause = requirement.clause.prefix { $0 != " " && $0 != "," }
            #expect(clause == parts[1], "\(requirement.id)")
        }
    }

    @Test func `IM-2.0-int-101 is a 1-to-1 session with a text each way`() throws {
        let testCase = try #require(library["IM-2.0-int-101"])
        #expect(
            testCase.procedure.map { "\($0.label): \($0.sentence)" } == [
                "1: A invites B to a 1-to-1 session", "2: B accepts the invitation",
                "3: A sends “Hello B” in the session", "4: B sends “Hello A” in the session",
            ])
        #expect(
            testCase.checks.map { "\($0.id) \($0.kind.rawValue)" } == [
                "101.1a P", "101.1b P", "101.2 P", "101.3a P", "101.3b P", "101.4 P", "101.5a N", "101.5b N",
                "101.5c N", "101.6a C", "101.6b C", "101.6c C", "101.6d C", "101.6e C", "101.6f C", "101.6g C",
                "101.6h C", "101.6i C",
            ])
    }

    @Test func `IM-2.0-int-201 is a pager-mode message to a user`() throws {
        let testCase = try #require(library["IM-2.0-int-201"])
        #expect(testCase.procedure.map { "\($0.label): \($0.sentence)" } == ["1: A pages “Hello 1” to B"])
        #expect(
            testCase.checks.map { "\($0.id) \($0.kind.rawValue)" } == [
                "201.1 P", "201.2a P", "201.2b W", "201.3a N", "201.3b N", "201.4a C", "201.4b C", "201.4c C",
                "201.4d C", "201.4e C",
            ])
    }
}
