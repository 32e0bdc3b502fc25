extension Ruleset {
    /// What a request says of itself to the conditions of rules.
    package struct Request: Sendable {
        package var sender: String
        package var isAnonymous = false

        /// Whether the sender is an entry of the list that the rules belong to.
        package var isListMember = false

        /// The feature tags or identifiers of the service that is asked for.
        package var services: [String] = []

        /// The medium as media conditions name it.
        package var medium: String?

        /// Whether the list at an anchor has the sender on it.
        package var isOnList: @Sendable (_ anchor: String) -> Bool

        package init(
            sender: String, isAnonymous: Bool = false, isListMember: Bool = false, services: [String] = [],
            medium: String? = nil, isOnList: @escaping @Sendable (_ anchor: String) -> Bool = { _ in false }
        ) {
            self.sender = sender
            self.isAnonymous = isAnonymous
            self.isListMember = isListMember
            self.services = services
            self.medium = medium
            self.isOnList = isOnList
        }
    }

    /// The rules that apply to a request.
    ///
    /// RFC 4745 §6 and §10
    package func applicable(to request: Request) -> [Rule] {
        let isNamed = rules.contains { rule in
            rule.conditions.contains { $0.namesUsers && $0.holds(for: request, isNamed: false) }
        }
        return rules.filter { rule in
            rule.conditions.allSatisfy { $0.holds(for: request, isNamed: isNamed) }
        }
    }
}

extension Ruleset.Condition {
    /// Whether the condition names users, so that somebody else is somebody whom none of its kind names.
    fileprivate var namesUsers: Bool {
        switch self {
        case .identity, .externalList, .isListMember(true): true
        case .isListMember(false), .otherIdentity, .anonymousRequest, .services, .media, .unknown: false
        }
    }

    fileprivate func holds(for request: Ruleset.Request, isNamed: Bool) -> Bool {
        switch self {
        case .identity(let ones, let many):
            let sender = PolicyIdentity(request.sender)
            return ones.contains { PolicyIdentity($0) == sender } || many.contains { $0.contains(sender) }
        case .externalList(let anchors): return anchors.contains { request.isOnList($0) }
        case .isListMember(let expected): return request.isListMember == expected
        case .otherIdentity: return !isNamed
        case .anonymousRequest: return request.isAnonymous
        case .services(let choice):
            return choice.holds { service in
                request.services.contains { Self.isSame($0, service) }
            }
        case .media(let choice): return choice.holds { $0 == request.medium }
        case .unknown: return false
        }
    }

    /// Whether two names mean one service; the three spellings of the IM feature tag do.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one.lowercased() == other.lowercased() || IMFeatureTag.isIM(one) && IMFeatureTag.isIM(other)
    }
}

extension Ruleset.Choice {
    fileprivate func holds(where isAskedFor: (String) -> Bool) -> Bool {
        switch self {
        case .only(let names): names.contains(where: isAskedFor)
        case .allExcept(let names): !names.contains(where: isAskedFor)
        }
    }
}

extension Ruleset.Domain {
    fileprivate func contains(_ identity: PolicyIdentity) -> Bool {
        if let domain, domain.lowercased() != identity.domain { return false }
        return !exceptIDs.contains { PolicyIdentity($0) == identity }
            && !exceptDomains.contains { $0.lowercased() == identity.domain }
    }
}
