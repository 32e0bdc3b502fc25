import XMLTree

extension StoredItemList {
    fileprivate static let vocabulary = XMLVocabulary(namespace: namespace)

    /// Reads a document; only a reference must be there, for an item cannot be asked for without it.
    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        let root = try XMLElement.root(of: bytes, "history-list", in: Self.namespace, Self.printedNamespace)
        items = []
        for history in root.all(anyNamespace: "history") {
            guard items.count < Self.maximumItems else { throw .tooMany("history") }
            items.append(try StoredItem(history))
        }
    }

    package func serialized() -> [UInt8] {
        XMLDocument(root: Self.vocabulary.element("history-list", [], items.map(\.element))).serialized()
    }
}

extension StoredItem {
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        self.init(
            reference: try element.required("history-reference"), date: element.attribute("date")?.collapsed,
            size: element.text(of: "size").flatMap { UInt32($0) }.map(Int.init), expiry: element.text(of: "expiry"),
            subject: element.text(of: "subject"), content: nil)
        if let pager = element.first(anyNamespace: "pager") {
            content = .pager(try Pager(pager))
        } else if let conference = element.first(anyNamespace: "conference") {
            content = .conference(try Conference(conference))
        }
    }

    fileprivate var element: XMLElement {
        let vocabulary = StoredItemList.vocabulary
        return vocabulary.element(
            "history", [XMLAttribute](("date", date), ("history-reference", reference)),
            vocabulary.optional("size", text: size.map(String.init)) + vocabulary.optional("expiry", text: expiry)
                + vocabulary.optional("subject", text: subject) + (content.map { [$0.element] } ?? []))
    }
}

extension StoredItem.Content {
    fileprivate var element: XMLElement {
        let vocabulary = StoredItemList.vocabulary
        switch self {
        case .pager(let pager):
            return vocabulary.element(
                "pager", [],
                vocabulary.optional("time-stamp", text: pager.timeStamp)
                    + vocabulary.optional("from", text: pager.from) + vocabulary.optional("to", text: pager.to)
                    + (pager.recipients.map { [$0.element("recipient-list")] } ?? [])
                    + vocabulary.optional("auth-id", text: pager.authID))
        case .conference(let conference):
            return vocabulary.element(
                "conference", [],
                vocabulary.optional("time-start", text: conference.timeStart)
                    + vocabulary.optional("time-end", text: conference.timeEnd)
                    + vocabulary.optional("recording-name", text: conference.recordingName)
                    + (conference.participants.map { [$0.element("conf-list")] } ?? []))
        }
    }
}

extension StoredItem.Pager {
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        self.init(
            timeStamp: element.text(of: "time-stamp"), from: element.text(of: "from"), to: element.text(of: "to"),
            recipients: try StoredItem.Parties(element.first(anyNamespace: "recipient-list")),
            authID: element.text(of: "auth-id"))
    }
}

extension StoredItem.Conference {
    fileprivate init(_ element: XMLElement) throws(XMLBodyError) {
        self.init(
            timeStart: element.text(of: "time-start"), timeEnd: element.text(of: "time-end"),
            recordingName: element.text(of: "recording-name"),
            participants: try StoredItem.Parties(element.first(anyNamespace: "conf-list")))
    }
}

extension StoredItem.Parties {
    /// The parties of an element, in which names may be attributes or elements.
    fileprivate init?(_ element: XMLElement?) throws(XMLBodyError) {
        guard let element else { return nil }
        self.init(
            groupURI: element.attribute(anyNamespace: "group-uri") ?? element.text(of: "group-uri"),
            groupDisplayName: element.attribute(anyNamespace: "group-display-name")
                ?? element.text(of: "group-display-name"),
            entries: [])
        for entry in element.all(anyNamespace: "entry") {
            guard entries.count < ResourceLists.maximumEntries else { throw .tooMany("entry") }
            let name = entry.text(of: "display-name") ?? entry.attribute(anyNamespace: "display-name")
            entries.append(ResourceLists.Entry(try entry.required("uri"), displayName: name))
        }
    }

    fileprivate func element(_ local: String) -> XMLElement {
        let vocabulary = StoredItemList.vocabulary
        return vocabulary.element(
            local, [XMLAttribute](("group-uri", groupURI), ("group-display-name", groupDisplayName)),
            entries.map { entry in
                vocabulary.element(
                    "entry", [XMLAttribute("uri", entry.uri)],
                    vocabulary.optional("display-name", text: entry.displayName))
            })
    }
}
