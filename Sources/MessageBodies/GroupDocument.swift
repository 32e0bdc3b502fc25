/// A pre-defined group: who belongs to it, what its sessions are like, and what each user may do in them.
///
/// OMA Shared Group XDM as OMA-TS-SIMPLE_IM-V1_0 relies on it: §7.2.1.3, §7.2.2.3, §7.2.2.7–7.2.2.9, §7.2.3.2, §7.2.3.4
package struct GroupDocument: Equatable, Sendable {
    package static let mediaType = "application/vnd.oma.poc.groups+xml"
    package static let namespace = "urn:oma:xml:poc:list-service"

    /// The IM Group Identity.
    package var uri: String
    package var displayName: String?
    package var members: [ResourceLists.Entry]

    /// Whether the start of a session invites the members; a chat room is joined by who wants to.
    package var invitesMembers: Bool
    package var maximumParticipants: Int?

    /// The services that use the group; nil when the document does not say.
    package var supportedServices: Ruleset.Choice?
    package var sessionPolicy: SessionPolicy
    package var ageRestriction: AgeRestriction?

    /// Whether every change of the members is told to them: `automatic-group-advertisement`.
    package var advertisesItself: Bool
    package var rules: Ruleset

    package init(
        uri: String, displayName: String? = nil, members: [ResourceLists.Entry] = [], invitesMembers: Bool,
        maximumParticipants: Int? = nil, supportedServices: Ruleset.Choice? = .only([GroupDocument.imService]),
        sessionPolicy: SessionPolicy = SessionPolicy(), ageRestriction: AgeRestriction? = nil,
        advertisesItself: Bool = false, rules: Ruleset
    ) {
        self.uri = uri
        self.displayName = displayName
        self.members = members
        self.invitesMembers = invitesMembers
        self.maximumParticipants = maximumParticipants
        self.supportedServices = supportedServices
        self.sessionPolicy = sessionPolicy
        self.ageRestriction = ageRestriction
        self.advertisesItself = advertisesItself
        self.rules = rules
    }

    /// When a session of the group ends, beyond what the operator's own variables say.
    ///
    /// §7.2.2.8
    package struct SessionPolicy: Equatable, Sendable {
        /// Whether the session ends when its originator leaves; nil when the group leaves it to the operator.
        package var autoRelease: Bool?

        /// How long a session lasts at most, in seconds.
        package var maximumDuration: Int?

        /// How few participants keep a session alive.
        package var minimumParticipants: Int?

        package init(autoRelease: Bool? = nil, maximumDuration: Int? = nil, minimumParticipants: Int? = nil) {
            self.autoRelease = autoRelease
            self.maximumDuration = maximumDuration
            self.minimumParticipants = minimumParticipants
        }
    }

    /// The ages that may join, in years and both included.
    ///
    /// §7.2.2.9
    package struct AgeRestriction: Equatable, Sendable {
        package var from: Int?
        package var until: Int?

        package init(from: Int? = nil, until: Int? = nil) {
            self.from = from
            self.until = until
        }

        package func allows(age: Int) -> Bool {
            age >= from ?? .min && age <= until ?? .max
        }
    }

    /// The identifier of the service that is registered with OMNA.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix E.2
    package static let imService = "IM"
}

extension GroupDocument {
    /// Whether sessions and messages of the IM service can use the group; otherwise its URI counts as unknown.
    ///
    /// §7.2.1.3 (1), §8.3.1.1 (2)
    package var supportsIM: Bool {
        switch supportedServices {
        case .only(let services): services.contains(where: Self.isIM)
        case .allExcept(let services): !services.contains(where: Self.isIM)
        case nil: false
        }
    }

    /// The member that a URI names, which gives the display name that the group has for the user.
    package func member(_ uri: String) -> ResourceLists.Entry? {
        let identity = PolicyIdentity(uri)
        return members.first { PolicyIdentity($0.uri) == identity }
    }

    /// What the rules allow a user to do; of several rules that apply, one that allows is enough.
    ///
    /// RFC 4745 §10.2
    package func permissions(
        of uri: String, isOnList: @escaping @Sendable (_ anchor: String) -> Bool = { _ in false }
    ) -> GroupPermissions {
        let request = Ruleset.Request(
            sender: uri, isListMember: member(uri) != nil, services: [IMFeatureTag.name, Self.imService],
            isOnList: isOnList)
        return rules.applicable(to: request).flatMap(\.actions).filter(\.isAllowed)
            .reduce(into: []) { $0.formUnion(GroupPermissions(action: $1.name)) }
    }

    /// Whether a name means the IM service: its feature tag, or an identifier that ends in a word such as `IM-session`.
    private static func isIM(_ service: String) -> Bool {
        if IMFeatureTag.isIM(service) { return true }
        let word = service.split { ":./".contains($0) }.last.map { $0.lowercased() } ?? ""
        return word == "im" || word.hasPrefix("im-")
    }
}
