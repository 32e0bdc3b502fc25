package import XMLTree

/// Why a document cannot be changed as a request wants: what a 409 says.
///
/// RFC 4825 §11
package struct XCAPConflict: Error, Hashable, Sendable {
    package enum Reason: String, Sendable, CaseIterable {
        case notWellFormed = "not-well-formed"
        case notXMLFragment = "not-xml-frag"
        case noParent = "no-parent"
        case schemaValidationError = "schema-validation-error"
        case notXMLAttributeValue = "not-xml-att-value"
        case cannotInsert = "cannot-insert"
        case cannotDelete = "cannot-delete"
        case uniquenessFailure = "uniqueness-failure"
        case constraintFailure = "constraint-failure"
        case notUTF8 = "not-utf-8"
    }

    package let reason: Reason

    /// An explanation for people.
    package let phrase: String

    /// The closest ancestor that exists, where the parent does not.
    package var ancestor: String?

    /// Where a value is that must be unique and is not, and others that would be.
    package var exists: (field: String, alternatives: [String])? {
        get { field.map { ($0, alternatives) } }
        set { (field, alternatives) = (newValue?.field, newValue?.alternatives ?? []) }
    }

    private var field: String?
    private var alternatives: [String] = []

    package init(_ reason: Reason, _ phrase: String) {
        self.reason = reason
        self.phrase = phrase
    }

    package static let contentType = "application/xcap-error+xml"
    package static let namespace = "urn:ietf:params:xml:ns:xcap-error"

    /// The document that a 409 carries.
    package var document: XMLDocument {
        func element(_ name: String, _ attributes: [XMLAttribute] = [], _ children: [XMLNode] = []) -> XMLElement {
            XMLElement(XMLName(name, namespace: Self.namespace), attributes: attributes, children: children)
        }
        var details: [XMLNode] = []
        if let ancestor { details.append(.element(element("ancestor", [], [.text(ancestor)]))) }
        if let exists {
            let alternatives = exists.alternatives.map { XMLNode.element(element("alt-value", [], [.text($0)])) }
            details.append(.element(element("exists", [XMLAttribute("field", exists.field)], alternatives)))
        }
        let error = element(reason.rawValue, [XMLAttribute("phrase", phrase)], details)
        return XMLDocument(root: element("xcap-error", [], [.element(error)]))
    }
}
