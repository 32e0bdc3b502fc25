import Conformance
import Dissection

/// Why a client has not been told the state of a conference.
struct ConferenceSubscription {
    var client: PartyName

    func judge(_ expected: String, after number: Int, _ evidence: Evidence) -> Judgment {
        let requests = evidence.openingRequests("SUBSCRIBE", .sent, at: client).filter {
            $0.isFor(package: "conference")
        }
        if let (refusal, party) = evidence.refusalToJoin(client) {
            return .fail(
                expected, observed: "\(client) answered \(refusal.refusalInWords), and so takes no part", [refusal],
                party)
        }
        guard let subscribe = requests.last else {
            return .inconclusive(expected, observed: "\(client) has not subscribed to the state of a conference")
        }
        switch evidence.fate(of: subscribe) {
        case .succeeded(let success):
            guard let decision = evidence.silence(since: max(success.number, number), atLeast: Evidence.noticeLimit),
                evidence.isWhole(for: client)
            else {
                return .inconclusive(
                    expected, observed: "no notification of it, and the trace ends too early to tell",
                    [subscribe, success])
            }
            return .fail(
                expected, observed: "no notification of it, although the subscription was accepted",
                [subscribe, success], .server, decision)
        case .refused(let refusal, _) where [404, 405, 489, 501].contains(refusal.responseStatus ?? 0):
            // The package is optional (SCR IMSpec-SMM-S-014).
            return .inconclusive(
                expected, observed: "the subscription was answered \(refusal.label)", [subscribe, refusal])
        case .refused(let refusal, let party):
            return .fail(
                expected, observed: "the subscription was answered \(refusal.label)", [subscribe, refusal], party)
        case .challenged(let response), .cancelled(let response), .excused(let response, _):
            return .inconclusive(
                expected, observed: "the subscription was answered \(response.label)", [subscribe, response])
        case .overdue(let decision):
            return .fail(
                expected, observed: "the subscription was never answered", [subscribe],
                evidence.debtor(of: subscribe), decision)
        case .open:
            return .inconclusive(expected, observed: "the subscription is not answered yet", [subscribe])
        }
    }
}

extension DissectedMessage {
    /// Whether Event names this package.
    ///
    /// RFC 6665 §8.2.1
    func isFor(package name: String) -> Bool { eventPackage == name }

    /// The package that Event names.
    var eventPackage: String? {
        values(of: "Event").first.map { $0.prefix { $0 != ";" && $0 != " " }.lowercased() }
    }
}
