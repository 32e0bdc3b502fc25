package import XMLTree

/// Where in a document something is: an element, an attribute of it, or the namespaces declared there.
///
/// RFC 4825 §6.3
package struct NodeSelector: Hashable, Sendable {
    /// One step down, to the elements that satisfy all that it says.
    package struct Step: Hashable, Sendable {
        /// The name of the element, or nil for any.
        package var name: XMLName?
        /// The place among the elements of that name, counted from 1.
        package var position: Int?
        /// An attribute that the element has.
        package var attribute: Attribute?

        package init(_ name: XMLName?, position: Int? = nil, attribute: Attribute? = nil) {
            self.name = name
            self.position = position
            self.attribute = attribute
        }
    }

    package struct Attribute: Hashable, Sendable {
        package var name: XMLName
        package var value: String

        package init(_ name: XMLName, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What is meant of the element that the steps lead to.
    package enum Terminal: Hashable, Sendable {
        case element
        /// An attribute, with the prefix that it gets when it is new.
        case attribute(XMLName, prefix: String?)
        case namespaces
    }

    /// The steps from the document down, of which the first leads to the root element.
    package var steps: [Step]
    package var terminal: Terminal

    /// The media type of what is selected.
    ///
    /// RFC 4825 §7
    package var contentType: String {
        switch terminal {
        case .element: "application/xcap-el+xml"
        case .attribute: "application/xcap-att+xml"
        case .namespaces: "application/xcap-ns+xml"
        }
    }

    package init(_ steps: [Step], _ terminal: Terminal = .element) {
        self.steps = steps
        self.terminal = terminal
    }
}
