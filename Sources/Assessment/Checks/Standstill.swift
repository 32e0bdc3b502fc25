import Conformance
import Dissection

/// Whether the procedure came to a stand because the server refused what the next step needs.
///
/// What belongs to a step that was never begun shows nothing by itself. Where the step before it has no criterion either,
/// nobody would tell who kept the case from its end.
enum Standstill {
    /// A finding that fails; nil where the procedure came to its end, a criterion tells already, or the trace does not
    /// show that the server refused of its own accord.
    static func finding(of testCase: TestCase, in evidence: Evidence, beside findings: [Finding]) -> Finding? {
        let failures = findings.filter { $0.verdict == .fail }
        guard let unreached = testCase.procedure.first(where: { !evidence.reached($0.label) }),
            let number = evidence.messages.compactMap({ $0.step?.stepNumber }).max(),
            let step = testCase.procedure.first(where: { $0.label.stepNumber == number }),
            !failures.contains(where: { $0.kind == .criterion || $0.kind == .negative }),
            // A client's mistake may be behind the refusal.
            failures.allSatisfy({ $0.party == .server })
        else { return nil }
        // Some refusals are what a criterion wants.
        let wanted = Set(findings.filter { $0.verdict == .pass }.flatMap { $0.evidence.map(\.message) })
        for request in evidence.messages.reversed() where request.step?.stepNumber == number {
            guard let method = request.requestMethod, let sender = request.sender,
                request.isSIP, request.isOutsideDialog, request.repeats == nil,
                method != "PUBLISH" || testCase.needsSettings(of: sender, in: number),
                case .refused(let refusal, .server) = evidence.fate(of: request),
                !wanted.contains(refusal.number), evidence.refusedAlone(request, by: refusal)
            else { continue }
            return Finding(
                check: "procedure", kind: .criterion, verdict: .fail, title: "The procedure comes to its end",
                requirements: [],
                expected:
                    "the \(method) of \(sender) is answered with success, so that step \(unreached.label) can begin",
                observed: "it was answered \(refusal.label); step \(unreached.label) was never begun",
                evidence: [request.reference, refusal.reference], step: step.label, position: step.position,
                party: .server)
        }
        return nil
    }
}

extension Evidence {
    /// Whether the server refused a request before it has invited anybody, so that nobody else can be behind it, and the
    /// request names nobody who is not there.
    fileprivate func refusedAlone(_ request: DissectedMessage, by refusal: DissectedMessage) -> Bool {
        let strangers = (request.recipients ?? []).filter { recipient in
            !cast.clients.contains { identifies(recipient, $0.name) }
        }
        let hasInvited = messages.prefix(refusal.number).contains { message in
            message.sender == .server && message.requestMethod == "INVITE"
        }
        return strangers.isEmpty && !hasInvited
    }
}

extension TestCase {
    /// Whether a client of that step goes on only with the settings that it publishes.
    ///
    /// Who has the usual ones logs in without a server that takes them.
    fileprivate func needsSettings(of client: PartyName, in number: Int) -> Bool {
        procedure.contains { step in
            guard step.party == client, step.label.stepNumber == number else { return false }
            return switch step.action {
            case .changeSettings: true
            case .logIn(let settings): settings != .open
            default: false
            }
        }
    }
}
