import XMLTree

/// Whether somebody is writing a message at the moment.
///
/// RFC 3994 §6
package struct IsComposing: Equatable, Sendable {
    package static let mediaType = "application/im-iscomposing+xml"
    package static let namespace = "urn:ietf:params:xml:ns:im-iscomposing"

    /// How long a state lasts that does not say so, in seconds.
    ///
    /// RFC 3994 §3.3
    package static let defaultRefresh = 120

    package enum State: String, Sendable {
        case active
        case idle
    }

    package var state: State
    package var lastActive: String?

    /// The media type of what is being written.
    package var contentType: String?

    /// How long an active state lasts unless it is repeated, in seconds.
    package var refresh: Int?

    package init(state: State, lastActive: String? = nil, contentType: String? = nil, refresh: Int? = nil) {
        self.state = state
        self.lastActive = lastActive
        self.contentType = contentType
        self.refresh = refresh
    }

    /// Reads a document; a state that is not known is idle, as the RFC says.
    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        let root = try XMLElement.root(of: bytes, "isComposing", in: Self.namespace)
        guard let state = root.text(of: "state") else { throw .missing("state", in: "isComposing") }
        self.init(
            state: State(rawValue: state) ?? .idle, lastActive: root.text(of: "lastactive"),
            contentType: root.text(of: "contenttype"))
        guard let text = root.text(of: "refresh") else { return }
        guard let seconds = Int32(text), seconds > 0 else { throw .invalid(text, of: "refresh") }
        refresh = Int(seconds)
    }

    package func serialized() -> [UInt8] {
        let vocabulary = XMLVocabulary(namespace: Self.namespace)
        let content =
            [vocabulary.element("state", text: state.rawValue)]
            + vocabulary.optional("lastactive", text: lastActive)
            + vocabulary.optional("contenttype", text: contentType)
            + vocabulary.optional("refresh", text: refresh.map(String.init))
        return XMLDocument(root: vocabulary.element("isComposing", [], content)).serialized()
    }
}
