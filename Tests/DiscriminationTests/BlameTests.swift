import Actors
import Assessment
import Conformance
import Discrimination
import ReferenceServer
import TestSupport
import Testing

/// Whoever is wrong is blamed, and nobody for what follows from it.
struct BlameTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        var number: Int
        var party: PartyName
        var server: ServerDefect?
        var client: ClientDefect?
        /// A check that the defect makes fail.
        var check: String

        init(_ number: Int, _ defect: ServerDefect, _ check: String) {
            (self.number, party, server, client, self.check) = (number, .server, defect, nil, check)
        }

        init(_ number: Int, _ party: PartyName, _ defect: ClientDefect, _ check: String) {
            (self.number, self.party, server, client, self.check) = (number, party, nil, defect, check)
        }

        var testDescription: String { "\(number) \(party):\(server?.rawValue ?? client?.rawValue ?? "")" }
    }

    private static let (a, b, c) = (PartyName("A"), PartyName("B"), PartyName("C"))

    static let all = [
        // What was still on its way when a client left.
        Wrong(104, c, .sendsTwice, "104.5a"),
        // A room that does not end with its originator, and one that B cannot be sent away from without an ACK.
        Wrong(104, .autoReleaseIgnored, "104.8b"),
        Wrong(104, b, .ackNeverSent, "rfc3261.ack-for-2xx"),
        // The dialog that is replaced: not named, not ended, ended too early.
        Wrong(107, a, .replacesMissing, "107.4a"),
        Wrong(107, .replacedSessionKept, "107.5a"),
        Wrong(107, b, .endsReplacedEarly, "107.5b"),
        // An expelled user who is still there talks and listens by right.
        Wrong(108, .expelledStays, "108.3a"),
        Wrong(108, a, .expelsByInvite, "108.4c"),
        // A request that comes later is no reason for what came before.
        Wrong(109, .invitesTwice, "109.1a"),
        // What a store has to show follows from what it did before.
        Wrong(401, .deferredMetadataFromWrong, "401.1"),
        Wrong(403, .deferredKeptAfterDelivery, "403.3"),
        Wrong(403, .deliveryNotReleased, "403.7c"),
        Wrong(403, .answerPortZero, "403.1"),
        Wrong(403, .retrievesWrongMessage, "403.3"),
        Wrong(403, b, .endsRetrievals, "403.3"),
        Wrong(404, .deferredTwice, "404.5a"),
        Wrong(501, .historyStopRefused, "501.5a"),
        Wrong(503, .deliveryNotReleased, "503.3b"),
        Wrong(505, .deletesFirstOfList, "505.4"),
        Wrong(505, .deletesAllButOne, "505.6"),
        Wrong(505, .deletionAnsweredAccepted, "505.7"),
        // Files that were refused first, and asked for later.
        Wrong(601, .fileLost, "601.1a"),
        Wrong(602, .fileLost, "602.1b"),
        Wrong(603, a, .filesAsLargeMessage, "603.3"),
        // What is wrong with one INVITE ends the offers of others.
        Wrong(606, .cSeqMismatch, "rfc3261.copied-fields"),
        Wrong(606, a, .ackNeverSent, "rfc3261.ack-for-2xx"),
    ]

    @Test(arguments: all.sampled)
    func `A defect makes the check fail, and blames nobody but who has it`(wrong: Wrong) {
        let assessed = Theatre.assessed(
            "IM-2.0-int-\(wrong.number)", server: wrong.server.map { [$0] } ?? [],
            clients: wrong.client.map { [wrong.party: [$0]] } ?? [:])
        #expect(assessed.blames[wrong.check] == [wrong.party])
        #expect(assessed.culprits == [wrong.party])
    }

    /// One case; `make prove` has every case endure it.
    @Test func `A server that breaks down at any message is all that is blamed, and the run ends`() {
        let trial = EnduranceTrial(of: Theatre.testCase("IM-2.0-int-201"), every: 5)
        #expect(trial.complaints == [])
        #expect(trial.count >= Misbehaviour.allCases.count)
        #expect(trial.verdicts[.inconclusive, default: 0] + trial.verdicts[.fail, default: 0] > 0)
    }

    @Test func `Requests that a rule of the check leaves out are not the ones that were answered wrongly`() throws {
        // The deletion that never came is not the REFER to another function.
        let assessed = Theatre.assessed("IM-2.0-int-505", server: [.historyMetadataMissing])
        let finding = try #require(assessed.findings.first { $0.check == "505.7" })
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed.contains("A sent no REFER"))
    }
}
