/// A way in which a system may go where the documents leave one open or contradict each other, and Parley goes another.
package enum Deviation: String, CaseIterable, Sendable {
    /// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.2 against §7.1.1.2
    case oneToOneByFactory = "one-to-one-by-factory"
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix I against §8.1.1 (5b)
    case listMessagesByExploder = "list-messages-by-exploder"
    /// The ETS of IM-2.0-int-104 against OMA-TS-SIMPLE_IM-V1_0 §7.2.3.2 (2)
    case takenAliasRefused = "taken-alias-refused"
    /// The notes of the ETS of IM-2.0-int-106 and 108 against OMA-TS-SIMPLE_IM-V1_0 §7.2.2.2 (5) and §7.2.2.12
    case changesNotNotified = "changes-not-notified"
    /// The ETS of IM-2.0-int-104, which asks for one value of a variable that OMA-TS-SIMPLE_IM-V1_0 §7.2.2.8 leaves open
    case roomOutlivesOriginator = "room-outlives-originator"
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix D.2 against §12.2.2.2
    case pushedAtRegistration = "pushed-at-registration"
    /// OMA-TS-SIMPLE_IM-V1_0 §13.1.1 (1) against (2): a session of two has no focus when it begins
    case historyByList = "history-by-list"
    /// RFC 3903 §6 (3), where OMA-TS-SIMPLE_IM-V1_0 §5.2.3 says of settings nothing
    case settingsEndWithRegistration = "settings-end-with-registration"

    /// What is done or judged otherwise then, in one sentence.
    package var summary: String {
        switch self {
        case .oneToOneByFactory: "Clients invite one other user by way of the conference factory (TS 7.2.1.2)."
        case .listMessagesByExploder: "Clients send messages to lists to the exploder (TS Appendix I)."
        case .takenAliasRefused: "Whoever comes to a chat room with a taken alias may be refused (ETS 104)."
        case .changesNotNotified: "Nobody need be told who joins or is expelled (notes of ETS 106 and 108)."
        case .roomOutlivesOriginator:
            "A chat room may go on when its originator leaves, so that step 9 of ETS 104 does not apply (TS 7.2.2.8)."
        case .pushedAtRegistration:
            "Stored messages may come once a client has registered, before it has published its settings (TS D.2)."
        case .historyByList:
            "Clients have a session of two recorded by a list that names the history function (TS 13.1.1 (1))."
        case .settingsEndWithRegistration:
            "What a user has published may be forgotten when it logs out, and clients publish it anew (open in TS 5.2.3)."
        }
    }

    /// What is said of a system that is known for these; nil for none.
    package static func words(for deviations: Set<Deviation>) -> String? {
        guard !deviations.isEmpty else { return nil }
        let names = allCases.filter(deviations.contains).map { "\($0.rawValue): \($0.summary)" }
        return "The system is described as one that deviates. " + names.joined(separator: " ")
    }
}
