import CLibXML2

/// What documents may look like: one schema for each of their namespaces, compiled.
///
/// XML Schema Part 1; what a schema says of another namespace is judged by the schema of that namespace, if there is
/// one here, and by none otherwise. Nothing outside the texts is ever looked at.
///
/// Validation only reads what has been compiled, so that several threads may do it at the same time.
package struct XMLSchema: ~Copyable, @unchecked Sendable {
    /// The most violations that are told of one document.
    package static let maximumViolations = 20

    private let schemas: [String: xmlSchemaPtr]

    /// Compiles schemas, each the text of one document.
    package init(_ texts: [String]) throws(XMLSyntaxError) {
        var schemas: [String: xmlSchemaPtr] = [:]
        do throws(XMLSyntaxError) {
            for text in texts {
                let root = try XMLDocument(parsing: Array(text.utf8)).root
                try Self.refuseLocations(in: root)
                let namespace = root.attribute("targetNamespace") ?? ""
                guard schemas[namespace] == nil else {
                    throw XMLSyntaxError(line: 0, column: 0, message: "A second schema for “\(namespace)”")
                }
                schemas[namespace] = try Self.compile(text)
            }
        } catch {
            for schema in schemas.values { xmlSchemaFree(schema) }
            throw error
        }
        self.schemas = schemas
    }

    deinit {
        for schema in schemas.values { xmlSchemaFree(schema) }
    }

    /// What in a document is not as the schemas demand; a root of another namespace is a violation.
    package func violations(in bytes: [UInt8]) throws(XMLSyntaxError) -> [XMLSchemaViolation] {
        // Only what has been read once, and so has no document type and a bounded depth, is given to the validator.
        _ = try XMLDocument(parsing: bytes)
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_NOERROR.rawValue
            | XML_PARSE_NOWARNING.rawValue
        let document = bytes.withUnsafeBytes { text in
            xmlReadMemory(
                text.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(text.count), nil, nil, Int32(options))
        }
        guard let document, let root = xmlDocGetRootElement(document) else {
            throw XMLSyntaxError(line: 0, column: 0, message: "Not well-formed")
        }
        defer { xmlFreeDoc(document) }
        var report = ViolationReport()
        if schemas[Self.namespace(of: root)] == nil {
            let name = Self.namespace(of: root)
            report.add(line: Int(root.pointee.line), "No schema is known for the namespace “\(name)” of the root.")
        }
        Self.trimText(of: root)
        validate(root, inside: [], into: &report)
        return report.violations
    }
}

extension XMLSchema {
    /// Judges an element if its namespace is none of those around it, and then all the elements inside it.
    ///
    /// The schema of a namespace around it has judged it already, for wildcards let it pass whatever it does not know.
    private func validate(_ element: xmlNodePtr, inside outer: Set<String>, into report: inout ViolationReport) {
        guard report.violations.count < Self.maximumViolations else { return }
        let namespace = Self.namespace(of: element)
        if !outer.contains(namespace), let schema = schemas[namespace] {
            report.mayLackDeclaration = !outer.isEmpty
            Self.validate(element, with: schema, into: &report)
        }
        for child in Self.children(of: element) where child.pointee.type == XML_ELEMENT_NODE {
            validate(child, inside: outer.union([namespace]), into: &report)
        }
    }

    /// Takes away the white space around the text of elements that hold nothing else.
    ///
    /// XML Schema Part 2 §4.3.6 asks for it before a value is judged; libxml2 forgets it for the built-in types.
    private static func trimText(of element: xmlNodePtr) {
        let children = children(of: element)
        if children.allSatisfy({ $0.pointee.type == XML_TEXT_NODE }) {
            let text = children.map { $0.pointee.content.map { String(cString: $0) } ?? "" }.joined()
            let isSpace = { (byte: UInt8) in " \t\r\n".utf8.contains(byte) }
            let trimmed = text.utf8.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
            guard let first = children.first, trimmed.count < text.utf8.count else { return }
            for child in children.dropFirst() { xmlNodeSetContent(child, "") }
            // The content of a text node is taken as it is; only that of an element would be read for references.
            xmlNodeSetContent(first, String(decoding: Array(trimmed), as: UTF8.self))
        } else {
            for child in children where child.pointee.type == XML_ELEMENT_NODE { trimText(of: child) }
        }
    }

    private static func children(of element: xmlNodePtr) -> [xmlNodePtr] {
        Array(sequence(first: element.pointee.children) { $0?.pointee.next }.prefix { $0 != nil }.compactMap(\.self))
    }

    private static func validate(
        _ element: xmlNodePtr, with schema: xmlSchemaPtr, into report: inout ViolationReport
    ) {
        guard let context = xmlSchemaNewValidCtxt(schema) else { return }
        defer { xmlSchemaFreeValidCtxt(context) }
        withUnsafeMutablePointer(to: &report) { pointer in
            xmlSchemaSetValidStructuredErrors(
                context,
                { report, error in
                    guard let error else { return }
                    report?.assumingMemoryBound(to: ViolationReport.self).pointee.add(error.pointee)
                }, pointer)
            _ = xmlSchemaValidateOneElement(context, element)
        }
    }

    private static func namespace(of element: xmlNodePtr) -> String {
        element.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) } ?? ""
    }

    /// Compiles one schema.
    private static func compile(_ text: String) throws(XMLSyntaxError) -> xmlSchemaPtr {
        var report = ViolationReport()
        let schema: xmlSchemaPtr? = Array(text.utf8).withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let context = xmlSchemaNewMemParserCtxt(start, Int32(bytes.count)) else { return nil }
            defer { xmlSchemaFreeParserCtxt(context) }
            return withUnsafeMutablePointer(to: &report) { pointer in
                xmlSchemaSetParserStructuredErrors(
                    context,
                    { report, error in
                        guard let error else { return }
                        report?.assumingMemoryBound(to: ViolationReport.self).pointee.add(error.pointee)
                    }, pointer)
                return xmlSchemaParse(context)
            }
        }
        if let schema, report.violations.isEmpty { return schema }
        xmlSchemaFree(schema)
        let first = report.violations.first
        throw XMLSyntaxError(line: first?.line ?? 0, column: 0, message: first?.message ?? "Not a schema")
    }

    /// Refuses references to other documents, which the compiler would go and read.
    private static func refuseLocations(in element: XMLElement) throws(XMLSyntaxError) {
        for child in element.elements {
            guard child.attribute("schemaLocation") == nil else {
                throw XMLSyntaxError(line: 0, column: 0, message: "A schema may not refer to another document")
            }
            try refuseLocations(in: child)
        }
    }
}
