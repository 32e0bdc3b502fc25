import XMLTree

extension IMDN {
    private static let vocabulary = XMLVocabulary(namespace: namespace)

    /// Reads a document; a time is not asked for, as not every sender of a message gave one.
    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        let root = try XMLElement.root(of: bytes, "imdn", in: Self.namespace)
        guard let messageID = root.text(of: "message-id") else { throw .missing("message-id", in: "imdn") }
        self.init(
            messageID: messageID, dateTime: root.text(of: "datetime"), recipientURI: root.text(of: "recipient-uri"),
            originalRecipientURI: root.text(of: "original-recipient-uri"), subject: root.text(of: "subject"),
            notification: try Notification(in: root))
    }

    package func serialized() -> [UInt8] {
        let vocabulary = Self.vocabulary
        let (kind, status) = notification.names
        let content =
            [vocabulary.element("message-id", text: messageID)]
            + vocabulary.optional("datetime", text: dateTime)
            + vocabulary.optional("recipient-uri", text: recipientURI)
            + vocabulary.optional("original-recipient-uri", text: originalRecipientURI)
            + vocabulary.optional("subject", text: subject)
            + [vocabulary.element(kind, [], [vocabulary.element("status", [], [vocabulary.element(status)])])]
        return XMLDocument(root: vocabulary.element("imdn", [], content)).serialized()
    }
}

extension IMDN.Notification {
    fileprivate init(in root: XMLElement) throws(XMLBodyError) {
        for element in root.elements {
            let status = element.first(anyNamespace: "status")?.elements.first?.name.local
            switch element.name.local {
            case "delivery-notification":
                self = .delivery(try Self.status(status, of: element))
                return
            case "processing-notification":
                self = .processing(try Self.status(status, of: element))
                return
            case "display-notification":
                self = .display(try Self.status(status, of: element))
                return
            default: continue
            }
        }
        throw .missing("delivery-notification", in: "imdn")
    }

    private static func status<Status: RawRepresentable<String>>(
        _ name: String?, of element: XMLElement
    ) throws(XMLBodyError) -> Status {
        guard let name else { throw .missing("status", in: element.name.local) }
        guard let status = Status(rawValue: name) else { throw .invalid(name, of: "status") }
        return status
    }

    fileprivate var names: (kind: String, status: String) {
        switch self {
        case .delivery(let status): ("delivery-notification", status.rawValue)
        case .processing(let status): ("processing-notification", status.rawValue)
        case .display(let status): ("display-notification", status.rawValue)
        }
    }
}
