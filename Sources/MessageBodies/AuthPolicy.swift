import XMLTree

/// Whom a user lets in touch with him, and by which media.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.1 and Appendices R and S
package struct AuthPolicy: Equatable, Sendable {
    package static let mediaType = "application/auth-policy+xml"

    package var rules: Ruleset

    package init(_ rules: Ruleset) {
        self.rules = rules
    }

    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        rules = try Ruleset(try XMLElement.root(of: bytes, "ruleset", in: Ruleset.namespace))
    }

    package func serialized() -> [UInt8] {
        let root = rules.element { action in
            action == Self.invite
                ? XMLVocabulary(namespace: "urn:oma:xml:poc:poc-rules", prefix: "poc") : Ruleset.extended
        }
        return XMLDocument(root: root).serialized()
    }

    /// What a request is about, as the media conditions name it.
    package enum Medium: String, CaseIterable, Sendable {
        case pagerModeMessage = "pager-mode-message"
        case messageSession = "message-session"
        case fileTransfer = "file-transfer"
        case groupAdvertisement = "group-advertisement"
        case audio
        case video
    }

    /// Whether a request is to be refused, which one rule that applies is enough for.
    ///
    /// A rule of the older schema accepts or rejects by its action `allow-invite`.
    package func rejects(
        sender: String, media: Medium, featureTag: String = IMFeatureTag.name, isAnonymous: Bool = false,
        isOnList: @escaping @Sendable (_ anchor: String) -> Bool = { _ in false }
    ) -> Bool {
        let request = Ruleset.Request(
            sender: sender, isAnonymous: isAnonymous, services: [featureTag], medium: media.rawValue,
            isOnList: isOnList)
        return rules.applicable(to: request).flatMap(\.actions).contains { action in
            switch action.name {
            case Self.rejectInvite: action.isAllowed
            case Self.invite: action.value.lowercased() == "reject"
            default: false
            }
        }
    }

    private static let rejectInvite = "allow-reject-invite"
    private static let invite = "allow-invite"
}

extension Ruleset.Rule {
    /// A rule that refuses what its conditions describe.
    package static func rejecting(id: String, _ conditions: [Ruleset.Condition]) -> Ruleset.Rule {
        Ruleset.Rule(id: id, conditions: conditions, actions: [Ruleset.Action("allow-reject-invite", true)])
    }
}
