import Assessment
import Conformance
import Execution
import Network
import ReferenceServer
import Scenarios
import TestSupport
import Testing

/// The reference pair is clean: nothing in these tests is allowed to fail, whatever the network does.
struct ReferenceTests {
    static let cases = Theatre.library.testCases.map(\.id)

    @Test(arguments: cases.sampled)
    func `The reference server and clients pass`(id: String) {
        let assessed = Theatre.assessed(id)
        #expect(assessed.interop == .pass)
        #expect(assessed.conformance == .pass)
        #expect(assessed.complaints == [])
    }

    @Test(arguments: cases.filter { $0.hasSuffix("1") || $0.hasSuffix("2") }.sampled)
    func `They pass over TCP, and with the server out of the media path of 1-to-1 sessions`(id: String) {
        var options = CastingOptions()
        options.transport = .tcp
        options.sessionRouting = .recordRoute
        let assessed = Theatre.assessed(id, options: options)
        #expect(assessed.complaints == [])
        #expect(assessed.interop == .pass)
    }

    @Test(arguments: ["IM-2.0-int-101", "IM-2.0-int-104", "IM-2.0-int-402"])
    func `The same seed gives the same bytes at the same instants`(id: String) {
        let first = Theatre.performance(of: id, seed: 7, conditions: .disturbed(0.05))
        let second = Theatre.performance(of: id, seed: 7, conditions: .disturbed(0.05))
        let other = Theatre.performance(of: id, seed: 8, conditions: .disturbed(0.05))
        #expect(first.trace == second.trace)
        #expect(first.trace != other.trace)
    }

    @Test func `A short text travels in several chunks`() {
        let assessed = Theatre.assessed("IM-2.0-int-101")
        let chunks = assessed.messages.filter { $0.label.hasPrefix("SEND") && $0.sender == PartyName("A") }
        #expect(chunks.count > 1)
    }
}
