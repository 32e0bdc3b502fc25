import Conformance
import Dissection

/// Whether no two participants ever have the same name or URI in the conference state at a client.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.3.2 (2)
struct DistinctAliases {
    var client: PartyName

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "no two participants of one name or one URI in the conference state at \(client)"
        let notices = evidence.dissection.notices.filter { $0.receiver == client && $0.users != nil }
        guard !notices.isEmpty else {
            return ConferenceSubscription(client: client).judge(expected, after: 0, evidence)
        }
        for notice in notices {
            let message = evidence.dissection[notice.message]
            let entities = notice.told.map { UserAddress($0.entity) }
            if let twice = zip(notice.told, entities).first(where: { pair in entities.count { $0 == pair.1 } > 1 }) {
                return .fail(
                    expected, observed: "\(twice.0.entity) is there twice (\(inWords([message])))", [message],
                    notice.sender)
            }
            let names = notice.connected.compactMap { $0.name?.lowercased() }
            if let name = names.first(where: { name in names.count { $0 == name } > 1 }) {
                let open = notice.connected.filter { $0.name?.lowercased() == name }
                    .compactMap { evidence.client(behind: $0.entity) }.first { evidence.showsItself($0) }
                return .fail(
                    expected, observed: "two participants are called “\(name)” (\(inWords([message])))", [message],
                    open ?? notice.sender)
            }
        }
        let most = notices.map(\.connected.count).max() ?? 0
        guard most > 1 else {
            return .inconclusive(
                expected, observed: "there are never two participants at once",
                [evidence.dissection[notices[0].message]])
        }
        return .pass(
            expected, observed: "so it is in \(notices.count) notifications, of up to \(most) participants",
            notices.map { evidence.dissection[$0.message] })
    }
}

extension Evidence {
    /// Whether the client takes part under a name of its own without asking for privacy, so that it goes by its address.
    func showsItself(_ client: PartyName) -> Bool {
        openingRequests("INVITE", .sent, at: client).contains { $0.displayName != nil && !$0.asksForPrivacy }
    }
}
