import XMLTree

extension GroupDocument {
    static let vocabulary = XMLVocabulary(namespace: namespace)

    /// Reads the first `list-service` of a document; what is not known in it is ignored.
    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        let root = try XMLElement.root(of: bytes, "group", in: Self.namespace, "urn:oma:params:xml:ns:list-service")
        guard let service = root.first(anyNamespace: "list-service") else {
            throw .missing("list-service", in: "group")
        }
        self.init(uri: try service.required("uri"), invitesMembers: false, supportedServices: nil, rules: Ruleset())
        displayName = service.text(of: "display-name")
        for entry in service.first(anyNamespace: "list")?.all(anyNamespace: "entry") ?? [] {
            guard members.count < ResourceLists.maximumEntries else { throw .tooMany("entry") }
            members.append(
                ResourceLists.Entry(try entry.required("uri"), displayName: entry.text(of: "display-name")))
        }
        if let invite = service.first(anyNamespace: "invite-members") { invitesMembers = try invite.boolean() }
        maximumParticipants = try service.number(of: "max-participant-count")
        if let services = service.first(anyNamespace: "supported-services") {
            supportedServices = Ruleset.Choice(services, all: "all-services-except") { $0.serviceName }
        }
        if let policy = service.first(anyNamespace: "session-active-policy") {
            sessionPolicy = try SessionPolicy(policy)
        }
        if let restriction = service.first(anyNamespace: "age-restrictions") ?? service.first(anyNamespace: "age-limit")
        {
            ageRestriction = try AgeRestriction(restriction)
        }
        if let advertisement = service.first(anyNamespace: "automatic-group-advertisement") {
            advertisesItself = try advertisement.boolean()
        }
        if let ruleset = service.first(anyNamespace: "ruleset") { rules = try Ruleset(ruleset) }
    }

    package func serialized() -> [UInt8] {
        let list = Self.vocabulary
        let extended = Ruleset.extended
        let names = XMLVocabulary(namespace: ResourceLists.namespace, prefix: "rl")
        var content = list.optional("display-name", text: displayName)
        content.append(
            list.element(
                "list", [],
                members.map { member in
                    list.element(
                        "entry", [XMLAttribute("uri", member.uri)],
                        names.optional("display-name", text: member.displayName))
                }))
        content.append(list.element("invite-members", text: invitesMembers ? "true" : "false"))
        content += list.optional("max-participant-count", text: maximumParticipants.map(String.init))
        content.append(rules.element { Self.isExtension($0) ? extended : list })
        if let supportedServices {
            content.append(
                supportedServices.element("supported-services", all: "all-services-except") {
                    extended.element("service", [XMLAttribute("enabler", $0)])
                })
        }
        if sessionPolicy != SessionPolicy() { content.append(sessionPolicy.element) }
        if let ageRestriction { content.append(ageRestriction.element) }
        if advertisesItself { content.append(extended.element("automatic-group-advertisement", text: "true")) }
        let service = list.element("list-service", [XMLAttribute("uri", uri)], content)
        return XMLDocument(root: list.element("group", [], [service])).serialized()
    }

    /// Whether an action is one of those that the second version of the schema added.
    private static func isExtension(_ action: String) -> Bool {
        action == "allow-private-message" || action == "allow-expelling"
    }
}

extension GroupDocument.SessionPolicy {
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        self.init(
            maximumDuration: try element.number(of: "max-duration"),
            minimumParticipants: try element.number(of: "min-participant-count"))
        if let release = element.first(anyNamespace: "auto-release") {
            autoRelease = try release.boolean()
        } else if let required = element.first(anyNamespace: "required-participants-list") {
            // The Group schema has no auto-release: it names whom a session cannot do without.
            autoRelease = required.first(anyNamespace: "session-originator") != nil
        }
    }

    fileprivate var element: XMLElement {
        let extended = Ruleset.extended
        return extended.element(
            "session-active-policy", [],
            extended.optional("auto-release", text: autoRelease.map { $0 ? "true" : "false" })
                + extended.optional("max-duration", text: maximumDuration.map(String.init))
                + extended.optional("min-participant-count", text: minimumParticipants.map(String.init)))
    }
}

extension GroupDocument.AgeRestriction {
    /// The bounds, on the element itself or on the element `age` in it.
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        let age = element.first(anyNamespace: "age") ?? element
        self.init(from: try age.number(of: "from"), until: try age.number(of: "until"))
    }

    fileprivate var element: XMLElement {
        let extended = Ruleset.extended
        let bounds = [XMLAttribute](("from", from.map(String.init)), ("until", until.map(String.init)))
        return extended.element("age-restrictions", [], [extended.element("age", bounds)])
    }
}

extension XMLElement {
    /// The number that a child or else an attribute with this local name writes; nil when there is neither.
    fileprivate func number(of local: String) throws(XMLBodyError) -> Int? {
        guard let text = text(of: local) ?? attribute(anyNamespace: local) else { return nil }
        guard let number = Int32(text), number >= 0 else { throw .invalid(text, of: local) }
        return Int(number)
    }
}
