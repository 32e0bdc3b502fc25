import XMLTree

extension Ruleset {
    package static let namespace = "urn:ietf:params:xml:ns:common-policy"
    package static let omaNamespace = "urn:oma:xml:xdm:common-policy"
    package static let extensionNamespace = "urn:oma:xml:xdm:extensions"

    static let vocabulary = XMLVocabulary(namespace: namespace, prefix: "cp")
    static let oma = XMLVocabulary(namespace: omaNamespace, prefix: "ocp")
    static let extended = XMLVocabulary(namespace: extensionNamespace, prefix: "oxe")

    /// Reads the element `ruleset`; conditions and actions are known by their local names alone.
    init(_ element: XMLElement) throws(XMLBodyError) {
        rules = []
        for rule in element.all(anyNamespace: "rule") {
            guard rules.count < Self.maximumRules else { throw .tooMany("rule") }
            rules.append(try Rule(rule))
        }
    }

    /// The element `ruleset`, with each action in the namespace that its name is given.
    func element(actions namespaces: (String) -> XMLVocabulary) -> XMLElement {
        Self.vocabulary.element("ruleset", [], rules.map { $0.element(actions: namespaces) })
    }
}

extension Ruleset.Rule {
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        id = try element.required("id")
        conditions = []
        for condition in element.first(anyNamespace: "conditions")?.elements ?? [] {
            conditions.append(try Ruleset.Condition(condition))
        }
        actions = (element.first(anyNamespace: "actions")?.elements ?? []).prefix(Ruleset.maximumOperands).map {
            Ruleset.Action($0.name.local, $0.text.collapsed)
        }
    }

    fileprivate func element(actions namespaces: (String) -> XMLVocabulary) -> XMLElement {
        let vocabulary = Ruleset.vocabulary
        return vocabulary.element(
            "rule", [XMLAttribute("id", id)],
            [
                vocabulary.element("conditions", [], conditions.compactMap(\.element)),
                vocabulary.element(
                    "actions", [], actions.map { namespaces($0.name).element($0.name, text: $0.value) }),
            ])
    }
}

extension Ruleset.Condition {
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        guard element.elements.count <= Ruleset.maximumOperands else { throw .tooMany(element.name.local) }
        switch element.name.local {
        case "identity":
            var ones: [String] = []
            for one in element.elements where one.name.local == "one" || one.name.local == "id" {
                let id = one.attribute("id")?.collapsed ?? one.text.collapsed
                guard !id.isEmpty else { throw .missing("id", in: one.name.local) }
                ones.append(id)
            }
            self = .identity(ones: ones, many: element.all(anyNamespace: "many").map(Ruleset.Domain.init))
        case "external-list":
            self = .externalList(
                anchors: element.elements.compactMap { $0.attribute("anchor") ?? $0.attribute("anc") }.map(\.collapsed))
        case "is-list-member":
            // RFC 4745 conditions are empty elements; the one of the group schema may say what it means.
            self = .isListMember(element.text.collapsed.isEmpty ? true : try element.boolean())
        case "other-identity": self = .otherIdentity
        case "anonymous-request": self = .anonymousRequest
        case "service-list", "service":
            self = .services(Ruleset.Choice(element, all: "all-services-except") { $0.serviceName })
        case "media-list", "media":
            self = .media(Ruleset.Choice(element, all: "all-media-except") { $0.name.local })
        default: self = .unknown(element.name.local)
        }
    }

    fileprivate var element: XMLElement? {
        let vocabulary = Ruleset.vocabulary
        switch self {
        case .identity(let ones, let many):
            return vocabulary.element(
                "identity", [],
                ones.map { vocabulary.element("one", [XMLAttribute("id", $0)]) } + many.map(\.element))
        case .externalList(let anchors):
            return Ruleset.oma.element(
                "external-list", [], anchors.map { Ruleset.oma.element("entry", [XMLAttribute("anchor", $0)]) })
        case .isListMember(let value):
            return GroupDocument.vocabulary.element("is-list-member", text: value ? "true" : "false")
        case .otherIdentity: return Ruleset.oma.element("other-identity")
        case .anonymousRequest: return Ruleset.oma.element("anonymous-request")
        case .services(let choice):
            return choice.element("service-list", all: "all-services-except") {
                Ruleset.extended.element("service", [XMLAttribute("featuretag", $0)])
            }
        case .media(let choice):
            return choice.element("media-list", all: "all-media-except") { Ruleset.extended.element($0) }
        case .unknown: return nil
        }
    }
}

extension Ruleset.Choice {
    /// The names inside a condition, or the exceptions where it holds for all but these.
    init(_ element: XMLElement, all exception: String, name: (XMLElement) -> String?) {
        if let except = element.first(anyNamespace: exception) {
            self = .allExcept(except.elements.compactMap(name))
        } else if element.elements.isEmpty, let own = name(element), own != element.name.local {
            self = .only([own])
        } else {
            self = .only(element.elements.compactMap(name))
        }
    }

    func element(_ local: String, all exception: String, operand: (String) -> XMLElement) -> XMLElement {
        switch self {
        case .only(let names): Ruleset.extended.element(local, [], names.map(operand))
        case .allExcept(let names):
            Ruleset.extended.element(local, [], [Ruleset.extended.element(exception, [], names.map(operand))])
        }
    }
}

extension Ruleset.Domain {
    fileprivate init(_ element: XMLElement) {
        let exceptions = element.all(anyNamespace: "except")
        self.init(
            domain: element.attribute("domain")?.collapsed,
            exceptIDs: exceptions.compactMap { $0.attribute("id")?.collapsed },
            exceptDomains: exceptions.compactMap { $0.attribute("domain")?.collapsed })
    }

    fileprivate var element: XMLElement {
        let vocabulary = Ruleset.vocabulary
        return vocabulary.element(
            "many", [XMLAttribute](("domain", domain)),
            exceptIDs.map { vocabulary.element("except", [XMLAttribute("id", $0)]) }
                + exceptDomains.map { vocabulary.element("except", [XMLAttribute("domain", $0)]) })
    }
}

extension XMLElement {
    /// What a `service` element names: its feature tag, or the identifier of its enabler.
    var serviceName: String? {
        let value = attribute(anyNamespace: "featuretag") ?? attribute(anyNamespace: "enabler") ?? text.collapsed
        return value.isEmpty ? nil : value
    }
}
