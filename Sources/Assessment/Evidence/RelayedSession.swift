import Conformance
import Dissection

/// A session of two clients through the server: the dialog of the caller, and that of the one who is called.
struct RelayedSession {
    struct Leg {
        var client: PartyName
        var success: DissectedMessage

        func byeOfClient(in evidence: Evidence) -> DissectedMessage? {
            byes(in: evidence).first { $0.wasSeen(.sent, at: client) }
        }

        func anyBye(in evidence: Evidence) -> DissectedMessage? {
            byes(in: evidence).first { $0.wasSeen(.sent, at: client) || $0.wasSeen(.received, at: client) }
        }

        private func byes(in evidence: Evidence) -> [DissectedMessage] {
            evidence.dialog(of: success).filter { $0.requestMethod == "BYE" }
        }
    }

    var caller: Leg
    var called: Leg

    /// Every session whose two dialogs are in the trace.
    ///
    /// A server between two dialogs need not say which belong together, so they are paired in their order, and only
    /// where each invitation of one client has its counterpart at the other.
    static func all(in evidence: Evidence) -> [RelayedSession] {
        let clients = evidence.cast.clients.map(\.name)
        var sessions: [RelayedSession] = []
        for caller in clients {
            let calls = legs(evidence.openingRequests("INVITE", .sent, at: caller), of: caller, evidence)
            var counterparts: [Leg] = []
            for called in clients where called != caller {
                let invitations = evidence.openingRequests("INVITE", .received, at: called)
                    .filter { evidence.identifies($0.identity, caller) }
                counterparts += legs(invitations, of: called, evidence)
            }
            guard calls.count == counterparts.count else { continue }
            counterparts.sort { $0.success.number < $1.success.number }
            sessions += zip(calls, counterparts).map { RelayedSession(caller: $0, called: $1) }
        }
        return sessions
    }

    private static func legs(_ invites: [DissectedMessage], of client: PartyName, _ evidence: Evidence) -> [Leg] {
        invites.compactMap { invite in
            evidence.dissection.responses(to: invite).first(where: \.isSuccess).map { Leg(client: client, success: $0) }
        }.sorted { $0.success.number < $1.success.number }
    }
}
