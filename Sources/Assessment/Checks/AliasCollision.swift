import Conformance
import Dissection

/// What becomes of a client that joins a conference by an alias that another participant has.
///
/// The ETS expects that the client is refused; OMA-TS-SIMPLE_IM-V1_0 §7.2.3.2 (2) gives it another name.
struct AliasCollision {
    var holder: PartyName
    var joiner: PartyName
    var alias: String
    var outcomes: [Condition.CollisionOutcome]

    private var expected: String {
        "\(joiner), who joins as “\(alias)” like \(holder) before, is \(outcomes.map(\.rawValue).joined(separator: " or "))"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let held = joins(of: holder, evidence).first {
            evidence.dissection.responses(to: $0).contains(where: \.isSuccess)
        }
        guard let held else {
            return .inconclusive(expected, observed: "\(holder) has not joined as “\(alias)”, so nothing is shown")
        }
        guard let join = joins(of: joiner, evidence).first(where: { $0.number > held.number }) else {
            return .inconclusive(expected, observed: "\(joiner) has not tried to join as “\(alias)”", [held])
        }
        // A name is an alias only with privacy: without it the server has nothing to keep apart.
        if let open = [held, join].first(where: { !$0.asksForPrivacy }) {
            return .fail(expected, observed: "\(inWords([open])) asks for no privacy", [held, join], open.sender)
        }
        switch evidence.fate(of: join) {
        case .refused(let refusal, let party?) where party != .server:
            return .fail(expected, observed: "it was answered \(refusal.label)", [held, join, refusal], party)
        case .refused(let refusal, _):
            return judgment(.refused, "it was answered \(refusal.label)", [held, join, refusal])
        case .succeeded(let success): return renamed(held, join, success, evidence)
        case .challenged(let response), .cancelled(let response), .excused(let response, _):
            return .inconclusive(expected, observed: "it was answered \(response.label)", [held, join, response])
        case .overdue, .open:
            return .inconclusive(expected, observed: "the INVITE of \(joiner) had no final response", [held, join])
        }
    }

    private func renamed(
        _ held: DissectedMessage, _ join: DissectedMessage, _ success: DissectedMessage, _ evidence: Evidence
    ) -> Judgment {
        let found = [held, join, success]
        let notices = evidence.dissection.notices.filter { $0.receiver == joiner && $0.message > join.number }
        for notice in notices {
            guard let own = notice.told.first(where: \.isOwn) else { continue }
            let message = evidence.dissection[notice.message]
            let name = own.name ?? ""
            guard name.lowercased() != alias.lowercased() else {
                return .fail(
                    expected, observed: "\(joiner) is called “\(name)” as well (\(inWords([message])))",
                    found + [message], notice.sender)
            }
            let others = (notice.users ?? []).filter { evidence.client(behind: $0.entity) == holder }
            guard !others.contains(where: { UserAddress($0.entity) == UserAddress(own.entity) }) else {
                return .fail(
                    expected, observed: "\(joiner) has the URI of \(holder), \(own.entity)", found + [message],
                    notice.sender)
            }
            let called = name.isEmpty ? own.entity : "“\(name)”"
            return judgment(.renamed, "it was admitted as \(called)", found + [message])
        }
        return .inconclusive(
            expected, observed: "it was answered \(success.label), and no notification says who \(joiner) is", found)
    }

    private func judgment(
        _ outcome: Condition.CollisionOutcome, _ observed: String, _ found: [DissectedMessage]
    ) -> Judgment {
        outcomes.contains(outcome)
            ? .pass(expected, observed: observed, found) : .fail(expected, observed: observed, found, .server)
    }

    /// The INVITEs by which a client asks for the alias.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.15
    private func joins(of client: PartyName, _ evidence: Evidence) -> [DissectedMessage] {
        evidence.openingRequests("INVITE", .sent, at: client).filter { $0.displayName == alias }
    }
}
