import XMLTree

/// Lists of users, messages or histories, each named by a URI.
///
/// RFC 4826 §3; RFC 5363 for lists in requests. References to lists elsewhere are not followed, copyControl is ignored.
package struct ResourceLists: Equatable, Sendable {
    package static let mediaType = "application/resource-lists+xml"
    package static let namespace = "urn:ietf:params:xml:ns:resource-lists"

    /// The most entries that are read of one document.
    package static let maximumEntries = 1000

    /// One list with its own entries and those of the lists inside it, in document order.
    package struct List: Equatable, Sendable {
        package var name: String?
        package var displayName: String?
        package var entries: [Entry]

        package init(name: String? = nil, displayName: String? = nil, entries: [Entry]) {
            self.name = name
            self.displayName = displayName
            self.entries = entries
        }
    }

    package struct Entry: Equatable, Sendable {
        /// The URI as written, with its parameters and header parameters.
        package var uri: String
        package var displayName: String?

        package init(_ uri: String, displayName: String? = nil) {
            self.uri = uri
            self.displayName = displayName
        }
    }

    package var lists: [List]

    package init(lists: [List]) {
        self.lists = lists
    }

    /// A document with one list, as requests carry it.
    package init(_ uris: [String]) {
        lists = [List(entries: uris.map { Entry($0) })]
    }

    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        let root = try XMLElement.root(of: bytes, "resource-lists", in: Self.namespace)
        var count = 0
        lists = []
        for list in root.all("list", namespace: Self.namespace) {
            var entries: [Entry] = []
            try Self.collectEntries(of: list, into: &entries, count: &count)
            lists.append(
                List(
                    name: list.attribute("name")?.collapsed, displayName: list.text(of: "display-name"),
                    entries: entries))
        }
    }

    /// The entries of all lists, in document order.
    package var entries: [Entry] { lists.flatMap(\.entries) }

    /// The list with this name.
    package func list(named name: String) -> List? { lists.first { $0.name == name } }

    package func serialized() -> [UInt8] {
        XMLDocument(root: Self.vocabulary.element("resource-lists", [], lists.map(Self.element))).serialized()
    }
}

extension ResourceLists {
    static let vocabulary = XMLVocabulary(namespace: namespace)

    private static func element(_ list: List) -> XMLElement {
        vocabulary.element(
            "list", [XMLAttribute](("name", list.name)),
            vocabulary.optional("display-name", text: list.displayName)
                + list.entries.map { entry in
                    vocabulary.element(
                        "entry", [XMLAttribute("uri", entry.uri)],
                        vocabulary.optional("display-name", text: entry.displayName))
                })
    }

    private static func collectEntries(
        of list: XMLElement, into entries: inout [Entry], count: inout Int
    ) throws(XMLBodyError) {
        for child in list.elements where child.name.namespace == namespace {
            if child.name.local == "list" { try collectEntries(of: child, into: &entries, count: &count) }
            guard child.name.local == "entry" else { continue }
            count += 1
            guard count <= maximumEntries else { throw .tooMany("entry") }
            entries.append(Entry(try child.required("uri"), displayName: child.text(of: "display-name")))
        }
    }
}
