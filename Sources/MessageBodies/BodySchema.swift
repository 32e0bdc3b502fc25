package import XMLTree

/// The schemas that XML bodies are judged by, each named as its file in fixtures/schemas.
///
/// They are written for this project from the specifications; where these are lost or unconfirmed, they ask for little.
package enum BodySchema: String, CaseIterable, Sendable {
    case conferenceInfo = "conference-info"
    case resourceLists = "resource-lists"
    case pocSettings = "poc-settings"
    case serviceSettings = "service-settings"
    case imdn
    case isComposing = "im-iscomposing"
    case finalReport = "final-report"
    case historyList = "history-list"
    case listService = "list-service"
    case commonPolicy = "common-policy"
    case xdmCommonPolicy = "xdm-common-policy"
    case xdmExtensions = "xdm-extensions"
    case xcapError = "xcap-error"

    /// The schema of the documents of a media type, whose parameters do not matter; nil where there is none.
    package init?(mediaType: String) {
        let essence = ContentType(parsing: mediaType)?.essence ?? mediaType.lowercased()
        if let schema = Self.mediaTypes[essence] {
            self = schema
        } else if FinalReport.isFinalReport(contentType: essence) {
            self = .finalReport
        } else {
            return nil
        }
    }

    private static let mediaTypes: [String: BodySchema] = [
        ConferenceInfo.mediaType: .conferenceInfo, ResourceLists.mediaType: .resourceLists,
        IMServiceSettings.mediaType: .pocSettings, IMDN.mediaType: .imdn, IsComposing.mediaType: .isComposing,
        StoredItemList.deferredMediaType: .historyList, StoredItemList.historyMediaType: .historyList,
        GroupDocument.mediaType: .listService, AuthPolicy.mediaType: .commonPolicy,
        "application/xcap-error+xml": .xcapError,
    ]

    /// The text of the schema.
    package var text: String {
        switch self {
        case .conferenceInfo: Self.conferenceInfoText
        case .resourceLists: Self.resourceListsText
        case .pocSettings: Self.pocSettingsText
        case .serviceSettings: Self.serviceSettingsText
        case .imdn: Self.imdnText
        case .isComposing: Self.imIscomposingText
        case .finalReport: Self.finalReportText
        case .historyList: Self.historyListText
        case .listService: Self.listServiceText
        case .commonPolicy: Self.commonPolicyText
        case .xdmCommonPolicy: Self.xdmCommonPolicyText
        case .xdmExtensions: Self.xdmExtensionsText
        case .xcapError: Self.xcapErrorText
        }
    }

    /// The root of the documents that the schema describes, and the namespaces that it may be in; nil for a schema of
    /// parts of documents.
    private var root: (local: String, namespaces: [String])? {
        switch self {
        case .conferenceInfo: ("conference-info", [ConferenceInfo.namespace])
        case .resourceLists: ("resource-lists", [ResourceLists.namespace])
        case .pocSettings: ("poc-settings", [IMServiceSettings.namespace])
        case .imdn: ("imdn", [IMDN.namespace])
        case .isComposing: ("isComposing", [IsComposing.namespace])
        case .finalReport: ("final", [FinalReport.namespace])
        case .historyList: ("history-list", [StoredItemList.namespace, StoredItemList.printedNamespace])
        case .listService: ("group", [GroupDocument.namespace])
        case .commonPolicy: ("ruleset", [Ruleset.namespace])
        case .xcapError: ("xcap-error", ["urn:ietf:params:xml:ns:xcap-error"])
        case .serviceSettings, .xdmCommonPolicy, .xdmExtensions: nil
        }
    }
}

extension BodySchema {
    /// What in a body is not as the schema of its media type demands; elements of other namespaces that are known here
    /// are judged as well.
    package func violations(in body: [UInt8]) throws(XMLSyntaxError) -> [XMLSchemaViolation] {
        let name = try XMLDocument(parsing: body).root.name
        if let root, name.local != root.local || !root.namespaces.contains(name.namespace ?? "") {
            let expected = root.namespaces.map { "“\($0)”" }.joined(separator: " or ")
            let message =
                "The root is “\(name.local)” of “\(name.namespace ?? "")”, not “\(root.local)” of \(expected)."
            return [XMLSchemaViolation(line: 1, message: message)]
        }
        return try Self.compiled.violations(in: body)
    }

    /// All schemas, and the one of the metadata documents once more for the namespace that the specification prints.
    private static let compiled: XMLSchema = {
        let printed = historyListText.replacing(StoredItemList.namespace, with: StoredItemList.printedNamespace)
        do throws(XMLSyntaxError) {
            return try XMLSchema(allCases.map(\.text) + [printed])
        } catch {
            preconditionFailure("A schema of this project does not compile: \(error)")
        }
    }()
}
