import Bytes
package import XMLTree

/// A document that is read and changed piece by piece.
///
/// RFC 4825 §7 and §8
package struct XCAPDocument: Equatable, Sendable {
    package private(set) var root: XMLElement

    package init(root: XMLElement) {
        self.root = root
    }

    /// Reads a document as the content of a request.
    ///
    /// RFC 4825 §8.2.2
    package init(parsing content: [UInt8]) throws(XCAPConflict) {
        try Self.checkEncoding(content)
        do throws(XMLSyntaxError) {
            root = try XMLDocument(parsing: content).root
        } catch {
            throw XCAPConflict(.notWellFormed, error.description)
        }
    }

    package func serialized() -> [UInt8] { XMLDocument(root: root).serialized() }

    /// What a selector selects, when that is one thing.
    package func selected(by selector: NodeSelector) -> Selected? {
        guard let place = root.place(of: selector.steps), let element = root.element(at: place) else { return nil }
        switch selector.terminal {
        case .element:
            return .element(element)
        case .attribute(let name, _):
            return element.attribute(name.local, namespace: name.namespace).map(Selected.attribute)
        case .namespaces:
            return .namespaces(
                XMLElement(
                    element.name, prefix: element.prefix, declarations: root.declarations(at: place)))
        }
    }

    package enum Selected: Equatable, Sendable {
        case element(XMLElement)
        case attribute(String)
        /// The element, empty, with every namespace that is declared there.
        ///
        /// RFC 4825 §7.10
        case namespaces(XMLElement)
    }

    /// Whether something was there before.
    package enum Outcome: Equatable, Sendable {
        case created
        case replaced
    }

    /// Writes an element or an attribute, as the content of a request.
    ///
    /// RFC 4825 §8.2.3: afterwards the selector selects just what was written, or nothing is changed.
    package mutating func put(_ content: [UInt8], at selector: NodeSelector) throws(XCAPConflict) -> Outcome {
        switch selector.terminal {
        case .element: return try put(element: content, at: selector.steps)
        case .attribute(let name, let prefix): return try put(attribute: content, name, prefix, at: selector.steps)
        case .namespaces: throw XCAPConflict(.cannotInsert, "Namespace bindings are read only")
        }
    }

    /// Deletes an element or an attribute.
    ///
    /// RFC 4825 §8.2.5: afterwards the selector selects nothing, or nothing is changed.
    ///
    /// - Returns: false when there was nothing to delete.
    package mutating func delete(_ selector: NodeSelector) throws(XCAPConflict) -> Bool {
        guard let place = root.place(of: selector.steps), let element = root.element(at: place) else { return false }
        switch selector.terminal {
        case .element:
            guard let index = place.last else { throw XCAPConflict(.cannotDelete, "A document has a root element") }
            let changed = root.changing(Array(place.dropLast())) { parent in
                var children = parent.children
                children.remove(at: index)
                return parent.with(children: children)
            }
            guard changed.place(of: selector.steps) == nil else {
                throw XCAPConflict(.cannotDelete, "The URI would then select another element")
            }
            root = changed
        case .attribute(let name, _):
            guard element.attribute(name.local, namespace: name.namespace) != nil else { return false }
            root = root.changing(place) { element in
                element.with(attributes: element.attributes.filter { $0.name != name })
            }
        case .namespaces:
            throw XCAPConflict(.cannotDelete, "Namespace bindings are read only")
        }
        return true
    }

    private mutating func put(element content: [UInt8], at steps: [NodeSelector.Step]) throws(XCAPConflict) -> Outcome {
        let present = root.place(of: steps)
        guard let parent = present?.dropLast() ?? (steps.count > 1 ? root.place(of: steps.dropLast())?[...] : []) else {
            throw XCAPConflict(.noParent, "There is no such parent element, or several")
        }
        try Self.checkEncoding(content)
        let element: XMLElement
        do throws(XMLSyntaxError) {
            let isRoot = present?.isEmpty == true
            element = try XMLDocument.fragment(
                parsing: content, declarations: isRoot ? [:] : root.declarations(at: Array(parent)))
        } catch {
            throw XCAPConflict(.notXMLFragment, error.description)
        }
        let changed: XMLElement
        if let present {
            changed = root.changing(present) { _ in element }
        } else {
            changed = try inserting(element, below: Array(parent), at: steps)
        }
        guard let place = changed.place(of: steps), changed.element(at: place) == element else {
            throw XCAPConflict(.cannotInsert, "The URI would not select the element")
        }
        root = changed
        return present == nil ? .created : .replaced
    }

    /// RFC 4825 §8.2.3: behind the last element of the name, or where the position says.
    private func inserting(
        _ element: XMLElement, below parent: [Int], at steps: [NodeSelector.Step]
    ) throws(XCAPConflict) -> XMLElement {
        guard steps.count > 1, let last = steps.last, let children = root.element(at: parent)?.children else {
            throw XCAPConflict(.cannotInsert, "A document has one root element")
        }
        let siblings = last.named(among: children)
        let index: Int
        switch last.position {
        case let position? where position <= siblings.count:
            index = siblings[position - 1]
        case let position? where position > siblings.count + 1:
            throw XCAPConflict(.cannotInsert, "There are only \(siblings.count) such elements")
        case _?, nil:
            index = siblings.last.map { $0 + 1 } ?? children.count
        }
        return root.changing(parent) { parent in
            var children = parent.children
            children.insert(.element(element), at: index)
            return parent.with(children: children)
        }
    }

    private mutating func put(
        attribute content: [UInt8], _ name: XMLName, _ prefix: String?, at steps: [NodeSelector.Step]
    ) throws(XCAPConflict) -> Outcome {
        guard let place = root.place(of: steps), let element = root.element(at: place) else {
            throw XCAPConflict(.noParent, "There is no such element, or several")
        }
        try Self.checkEncoding(content)
        guard let value = XMLAttribute.value(of: content.text) else {
            throw XCAPConflict(.notXMLAttributeValue, "This cannot stand between the quotes of an attribute")
        }
        var attributes = element.attributes
        let present = attributes.firstIndex { $0.name == name }
        if let present {
            attributes[present] = XMLAttribute(name, prefix: attributes[present].prefix, value)
        } else {
            attributes.append(XMLAttribute(name, prefix: prefix, value))
        }
        let changed = root.changing(place) { $0.with(attributes: attributes) }
        guard changed.place(of: steps) == place else {
            throw XCAPConflict(.cannotInsert, "The URI would not select the attribute")
        }
        root = changed
        return present == nil ? .created : .replaced
    }

    /// RFC 4825 §8.2.2: everything is in UTF-8.
    private static func checkEncoding(_ content: [UInt8]) throws(XCAPConflict) {
        guard String(validating: content, as: UTF8.self) != nil else {
            throw XCAPConflict(.notUTF8, "These bytes are not UTF-8")
        }
        guard content.starts(with: "<?xml".utf8), let end = content.firstIndex(of: UInt8(ascii: ">")) else { return }
        let declaration = content[..<end].text.lowercased().filter { !$0.isWhitespace }
        guard declaration.contains("encoding="),
            !["utf-8", "us-ascii"].contains(where: { encoding in
                declaration.contains("encoding=\"\(encoding)\"") || declaration.contains("encoding='\(encoding)'")
            })
        else { return }
        throw XCAPConflict(.notUTF8, "The document declares another encoding")
    }
}
