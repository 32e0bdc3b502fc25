/// What a document is for, named by its AUID, and the conventions that go with it.
///
/// RFC 4825 §5; OMA-TS-SIMPLE_IM-V1_0 names the documents and leaves the AUIDs to the XDM specifications.
package enum ApplicationUsage: String, Sendable, Hashable, CaseIterable {
    /// What the server supports.
    ///
    /// RFC 4825 §12
    case capabilities = "xcap-caps"
    case resourceLists = "resource-lists"
    case groups = "org.openmobilealliance.groups"
    case groupUsageList = "org.openmobilealliance.group-usage-list"
    case accessRules = "org.openmobilealliance.access-rules"
    case userProfile = "org.openmobilealliance.user-profile"
    /// The metadata of deferred messages.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.8
    case deferredList = "org.openmobilealliance.deferred-list"
    /// The metadata of conversations.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §13.3.2
    case conversationHistory = "org.openmobilealliance.conv-history"

    /// Who writes the documents; whoever has a tree may read it.
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

    /// The media type of the documents.
    var contentType: String {
        switch self {
        case .capabilities: "application/xcap-caps+xml"
        case .resourceLists: "application/resource-lists+xml"
        case .groups: "application/vnd.oma.poc.groups+xml"
        case .groupUsageList: "application/vnd.oma.group-usage-list+xml"
        case .accessRules: "application/auth-policy+xml"
        case .userProfile: "application/vnd.oma.user-profile+xml"
        case .deferredList: "application/vnd.oma.im.deferred-list+xml"
        case .conversationHistory: "application/vnd.oma.im.history-list+xml"
        }
    }

    /// The one name that a document of a user has, or nil where users name their documents as they like.
    var documentName: String? {
        switch self {
        case .capabilities, .resourceLists, .groupUsageList: "index"
        case .accessRules: "access-rules"
        case .deferredList: "deferred-list"
        case .conversationHistory: "conv-history"
        case .groups, .userProfile: nil
        }
    }
}
