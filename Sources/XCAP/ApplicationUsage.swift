package import XMLTree

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

    /// The media type of the documents.
    package var contentType: String {
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

    /// The element that a document is; its namespace is the default one of selectors.
    ///
    /// RFC 4825 §5.2
    package var root: XMLName {
        switch self {
        case .capabilities: XMLName("xcap-caps", namespace: "urn:ietf:params:xml:ns:xcap-caps")
        case .resourceLists, .groupUsageList:
            XMLName("resource-lists", namespace: "urn:ietf:params:xml:ns:resource-lists")
        case .groups: XMLName("group", namespace: "urn:oma:xml:poc:list-service")
        case .accessRules: XMLName("ruleset", namespace: "urn:ietf:params:xml:ns:common-policy")
        case .userProfile: XMLName("user-profiles", namespace: "urn:oma:xml:xdm:user-profile")
        case .deferredList, .conversationHistory: XMLName("history-list", namespace: "urn:oma:xml:im:history-list")
        }
    }

    /// The one name that a document of a user has, or nil where users name their documents as they like.
    package var documentName: String? {
        switch self {
        case .capabilities, .resourceLists, .groupUsageList: "index"
        case .accessRules: "access-rules"
        case .deferredList: "deferred-list"
        case .conversationHistory: "conv-history"
        case .groups, .userProfile: nil
        }
    }
}
