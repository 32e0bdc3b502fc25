import XMLTree

extension ConferenceInfo {
    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        let root = try XMLElement.root(of: bytes, "conference-info", in: Self.namespace)
        entity = try root.required("entity")
        state = try Self.state(of: root)
        version = nil
        if let text = root.attribute("version")?.collapsed {
            guard let number = UInt32(text) else { throw .invalid(text, of: "version") }
            version = number
        }
        users = []
        guard let list = root.first("users", namespace: Self.namespace) else { return }
        usersState = try Self.state(of: list)
        for user in list.all("user", namespace: Self.namespace) {
            guard users.count < Self.maximumUsers else { throw .tooMany("user") }
            users.append(try User(user))
        }
    }

    package func serialized() -> [UInt8] {
        let vocabulary = Self.vocabulary
        let root = vocabulary.element(
            "conference-info",
            [XMLAttribute](("entity", entity), ("state", state.rawValue), ("version", version.map(String.init))),
            usersState.map { state in
                [vocabulary.element("users", [XMLAttribute("state", state.rawValue)], users.map(\.element))]
            } ?? [])
        return XMLDocument(root: root).serialized()
    }

    fileprivate static let vocabulary = XMLVocabulary(namespace: namespace)

    /// The value of the attribute `state`, which says `full` where it is missing.
    fileprivate static func state(of element: XMLElement) throws(XMLBodyError) -> State {
        guard let text = element.attribute("state")?.collapsed else { return .full }
        guard let state = State(rawValue: text) else { throw .invalid(text, of: "state") }
        return state
    }
}

extension ConferenceInfo.User {
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        entity = try element.required("entity")
        displayText = element.text(of: "display-text")
        state = try ConferenceInfo.state(of: element)
        isOwn = false
        // The namespace of the attribute is lost in the published text, so every one is taken for it.
        if let text = element.attribute(anyNamespace: "yourown") {
            guard let value = Bool(xml: text) else { throw .invalid(text, of: "yourown") }
            isOwn = value
        }
        endpoints = []
        for endpoint in element.all("endpoint", namespace: ConferenceInfo.namespace) {
            guard endpoints.count < ConferenceInfo.maximumEndpoints else { throw .tooMany("endpoint") }
            endpoints.append(
                ConferenceInfo.Endpoint(
                    entity: endpoint.attribute("entity")?.collapsed,
                    status: endpoint.text(of: "status").map(ConferenceInfo.Status.init(rawValue:)),
                    state: try ConferenceInfo.state(of: endpoint)))
        }
    }

    fileprivate var element: XMLElement {
        let vocabulary = ConferenceInfo.vocabulary
        return vocabulary.element(
            "user",
            [XMLAttribute](("entity", entity), ("state", state.rawValue), ("yourown", isOwn ? "true" : nil)),
            vocabulary.optional("display-text", text: displayText)
                + endpoints.map { endpoint in
                    vocabulary.element(
                        "endpoint",
                        [XMLAttribute](
                            ("entity", endpoint.entity),
                            ("state", endpoint.state == .full ? nil : endpoint.state.rawValue)),
                        vocabulary.optional("status", text: endpoint.status?.rawValue))
                })
    }
}
