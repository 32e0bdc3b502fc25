import XMLTree

/// Composes elements of one namespace.
struct XMLVocabulary {
    let namespace: String
    var prefix: String?

    /// An element with other elements inside.
    func element(
        _ local: String, _ attributes: [XMLAttribute] = [], _ children: [XMLElement] = []
    ) -> XMLElement {
        XMLElement(
            XMLName(local, namespace: namespace), prefix: prefix, attributes: attributes,
            children: children.map { .element($0) })
    }

    /// An element with text inside.
    func element(_ local: String, _ attributes: [XMLAttribute] = [], text: String) -> XMLElement {
        XMLElement(
            XMLName(local, namespace: namespace), prefix: prefix, attributes: attributes, children: [.text(text)])
    }

    /// An element with text inside, or nothing where there is no text.
    func optional(_ local: String, text: String?) -> [XMLElement] {
        text.map { [element(local, text: $0)] } ?? []
    }
}

extension [XMLAttribute] {
    /// Attributes in no namespace, without those that have no value.
    init(_ pairs: (local: String, value: String?)...) {
        self = pairs.compactMap { pair in pair.value.map { XMLAttribute(pair.local, $0) } }
    }
}
