import XCAP

extension ApplicationUsage {
    /// Who writes the documents of users; whose tree it is may read them.
    ///
    /// RFC 4825 §5.7
    enum Writer: Equatable {
        case owner
        /// The server alone: a user who wants something gone says so by SIP.
        ///
        /// OMA-TS-SIMPLE_IM-V1_0 §12.1.3, §13.1.5
        case server
    }

    var writer: Writer {
        switch self {
        case .resourceLists, .groups, .groupUsageList, .accessRules, .userProfile: .owner
        case .capabilities, .deferredList, .conversationHistory: .server
        }
    }
}
