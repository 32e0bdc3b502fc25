import Conformance
import Network

/// A run with one case of every outcome, as the reports are looked at and tested with.
enum Sample {
    static let start = Instant(nanoseconds: 1_787_322_600_123_456_789)

    static let run = RunResult(
        id: "20260821T143000Z-k3f9a", mode: .simulated, seed: 18_446_744_073_709_551_557,
        systemUnderTest: "Example IM Server 3.2 <b>beta</b>", started: start, elapsed: .milliseconds(48_312),
        cases: [passed, failed, inconclusive, broken, notApplicable, outOfTime],
        requirements: Dictionary(uniqueKeysWithValues: requirements.map { ($0.id, $0) }),
        remarks: ["Packets were recorded by the simulated clients alone; there is no second witness."])

    static let partial: RunResult = {
        var run = Sample.run
        run.incomplete = "The time budget of 75 min was used up after 5 of 6 cases."
        run.stale = ["The known failure 101.3 of IM-2.0-int-101 (known.yaml:2:5) fails no more; take it out."]
        run.cases[1].findings[0].known = "PROJ-123, until the end of March"
        return run
    }()

    static let requirements = [
        Requirement(
            id: RequirementID("TS-7.1.1.1-2"), document: "OMA-TS-SIMPLE_IM-V1_0", clause: "7.1.1.1", level: .shall,
            statement: "An IM Client names the IM feature tag in Accept-Contact and Contact of an initial INVITE."),
        Requirement(
            id: RequirementID("TS-8.1.1-1"), document: "OMA-TS-SIMPLE_IM-V1_0", clause: "8.1.1", level: .shall,
            statement: "A pager-mode message travels in one SIP MESSAGE to the IM Address of the recipient."),
        Requirement(
            id: RequirementID("RFC3261-17.2.2-1"), document: "RFC 3261", clause: "17.2.2", level: .shall,
            statement: "A retransmitted request is answered again and is not passed to the user a second time."),
        Requirement(
            id: RequirementID("RFC3428-8-1"), document: "RFC 3428", clause: "8", level: .shall,
            statement: "A MESSAGE request carries no Contact field."),
        Requirement(
            id: RequirementID("TS-F.1-1"), document: "OMA-TS-SIMPLE_IM-V1_0", clause: "F.1", level: .should,
            statement: "The release token stands first in User-Agent and Server."),
    ]

    static let cast = Cast([
        Party(
            name: PartyName("A"), role: .client, imAddress: "sip:alice.k3f9a@home1.example",
            addresses: [IPAddress(127, 0, 0, 11)]),
        Party(
            name: PartyName("B"), role: .client, imAddress: "sip:bob.k3f9a@home1.example",
            addresses: [IPAddress(127, 0, 0, 12)]),
        Party(name: .server, role: .server, imAddress: nil, addresses: [IPAddress(127, 0, 0, 1)]),
    ])

    static func position(_ testCase: String, _ line: Int, _ column: Int = 5) -> SourcePosition {
        SourcePosition(file: "scenarios/simple-im/int/\(testCase).yaml", line: line, column: column)
    }

    static func reference(_ message: Int) -> MessageReference {
        MessageReference(message: message, packet: message + 19)
    }
}
