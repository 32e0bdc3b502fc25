import Conformance
import Foundation
import Network
import Scenarios
import TestSupport
import Testing

/// The whole suite with a real client: Parley takes the time that a person would need, so that this is asked for.
@Suite(.waitsLongForOthers)
struct RealSuiteTests {
    private static let isWanted = ProcessInfo.processInfo.environment["PARLEY_REAL_SUITE"] == "1"

    @Test(.enabled(if: isWanted, "PARLEY_REAL_SUITE=1 asks for it; it takes half a minute"), arguments: ["A", "B"])
    func `A client in a program of its own passes every case, live`(party: String) throws {
        let cases = ShippedScenarios.library.testCases.filter { $0.equipment.clients.contains(PartyName(party)) }
        let hands = 8
        let started = try (0..<hands).map { hand in
            let mine = cases.indices.filter { $0 % hands == hand }.map { String(cases[$0].id.suffix(3)) }
            let (block, workplace) = (AddressBlock.next(), try Workplace(.these(mine)))
            let client = DriverScript.foreignClient("\(party)=\(block.client(Character(party)))")
            let options = ["--real", party, "--driver", client, "--capture-source", "actors", "--out", "report"]
            let program = try Program("parley", ["run"] + options + block.arguments, in: workplace.url)
            return (program: program, workplace: workplace, count: mine.count)
        }
        for (program, workplace, count) in started {
            let outcome = program.finish()
            #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.complaints)")
            let verdicts = try workplace.report("report").verdicts
            #expect(verdicts.count == count && verdicts.allSatisfy { $0.hasSuffix(" pass pass") }, "\(verdicts)")
        }
    }
}
