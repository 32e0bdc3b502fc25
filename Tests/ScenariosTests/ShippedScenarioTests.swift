import Conformance
import Foundation
import Scenarios
import Testing

@Suite struct ShippedScenarioTests {
    @Test func `Everything under scenarios loads without a message`() throws {
        let library = try ScenarioLibrary(directory: "scenarios", in: .repository)
        #expect(library.messages.map(\.description) == [])
        #expect(library.entries.map(\.path) == ["simple-im/int/IM-2.0-int-101", "simple-im/int/IM-2.0-int-201"])
    }
}
