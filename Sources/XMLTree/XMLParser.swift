import CLibXML2

/// Reads text with libxml2's SAX2 interface; the only place that knows of libxml2.
///
/// One parser reads one text. It stops at the first thing that is wrong.
final class XMLParser {
    private let maximumDepth: Int
    private var open: [OpenElement] = []
    private var root: XMLElement?
    private var failure: XMLSyntaxError?
    private var context: xmlParserCtxtPtr?

    private static let initialized: Void = xmlInitParser()

    init(maximumDepth: Int) {
        self.maximumDepth = maximumDepth
        Self.initialized
    }

    func parse(_ bytes: [UInt8]) throws(XMLSyntaxError) -> XMLElement {
        bytes.withUnsafeBufferPointer { read($0) }
        if let failure { throw failure }
        guard let root else { throw XMLSyntaxError(line: 1, column: 1, message: "No element") }
        return root
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
        guard let context = xmlCreateMemoryParserCtxt(text, Int32(bytes.count)) else { return }
        defer { xmlFreeParserCtxt(context) }
        context.pointee.sax.pointee = Self.callbacks
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        // Never NOENT, DTDLOAD or HUGE: no entity is expanded, nothing external is loaded, the library's own limits stay.
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue
        xmlCtxtUseOptions(context, Int32(options))
        self.context = context
        let result = xmlParseDocument(context)
        if result != 0 || context.pointee.wellFormed == 0 { fail("Not well-formed") }
        self.context = nil
    }

    /// Keeps the first failure and reads no further.
    fileprivate func fail(_ message: String, line: Int? = nil, column: Int? = nil) {
        guard failure == nil else { return }
        let input = context?.pointee.input
        failure = XMLSyntaxError(
            line: line ?? Int(input?.pointee.line ?? 1), column: column ?? Int(input?.pointee.col ?? 1),
            message: message)
        xmlStopParser(context)
    }

    fileprivate func start(_ element: OpenElement) {
        guard open.count < maximumDepth else { return fail("Elements nest deeper than \(maximumDepth) levels") }
        if !open.isEmpty { open[open.count - 1].endText() }
        open.append(element)
    }

    fileprivate func end() {
        guard var ended = open.popLast() else { return }
        ended.endText()
        if open.isEmpty {
            root = ended.element
        } else {
            open[open.count - 1].children.append(.element(ended.element))
        }
    }

    fileprivate func characters(_ text: UnsafeBufferPointer<UInt8>) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += text
    }
}

/// An element whose end has not been read.
private struct OpenElement {
    let name: XMLName
    let prefix: String?
    let attributes: [XMLAttribute]
    let declarations: [String: String]
    var children: [XMLNode] = []
    var text: [UInt8] = []

    /// Makes one node of the text since the last child; the library hands it over in pieces.
    mutating func endText() {
        guard !text.isEmpty else { return }
        children.append(.text(String(decoding: text, as: UTF8.self)))
        text = []
    }

    var element: XMLElement {
        XMLElement(name, prefix: prefix, attributes: attributes, children: children, declarations: declarations)
    }
}

// MARK: -

extension XMLParser {
    private static func parser(_ pointer: UnsafeMutableRawPointer?) -> XMLParser? {
        pointer.map { Unmanaged<XMLParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func string(_ pointer: UnsafePointer<xmlChar>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// The name of a namespace, which is the value of an attribute.
    private static func namespace(_ pointer: UnsafePointer<xmlChar>?) -> String? {
        string(pointer).map { $0.utf8.contains(UInt8(ascii: "&")) ? restoringAmpersands($0) : $0 }
    }

    private static var callbacks: xmlSAXHandler {
        var callbacks = xmlSAXHandler()
        callbacks.initialized = XML_SAX2_MAGIC
        callbacks.internalSubset = { parser, _, _, _ in
            XMLParser.parser(parser)?.fail("A document type declaration is refused")
        }
        callbacks.startElementNs = { parser, local, prefix, namespace, declared, declarations, count, _, attributes in
            guard let local = XMLParser.string(local) else { return }
            XMLParser.parser(parser)?.start(
                OpenElement(
                    name: XMLName(local, namespace: XMLParser.namespace(namespace)), prefix: XMLParser.string(prefix),
                    attributes: XMLParser.attributes(attributes, count: Int(count)),
                    declarations: XMLParser.declarations(declarations, count: Int(declared))))
        }
        callbacks.endElementNs = { parser, _, _, _ in XMLParser.parser(parser)?.end() }
        callbacks.characters = { parser, text, length in
            XMLParser.parser(parser)?.characters(UnsafeBufferPointer(start: text, count: Int(length)))
        }
        callbacks.ignorableWhitespace = callbacks.characters
        callbacks.serror = { parser, error in
            guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            // A namespace name that is no URI still distinguishes names; the example of OMA Appendix E.2 has one.
            guard error.pointee.code != Int32(XML_WAR_NS_URI.rawValue) else { return }
            let message = error.pointee.message.map { String(cString: $0) } ?? "Not well-formed"
            XMLParser.parser(parser)?.fail(
                message.filter { !$0.isNewline }, line: Int(error.pointee.line), column: Int(error.pointee.int2))
        }
        return callbacks
    }

    /// The attributes of a start tag: five pointers for each of them.
    private static func attributes(
        _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
    ) -> [XMLAttribute] {
        guard let pointers else { return [] }
        return (0..<count).compactMap { index in
            let fields = pointers + 5 * index
            guard let local = string(fields[0]), let start = fields[3], let end = fields[4] else { return nil }
            let value = String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
            return XMLAttribute(
                XMLName(local, namespace: namespace(fields[2])), prefix: string(fields[1]), restoringAmpersands(value))
        }
    }

    /// The namespaces declared in a start tag: two pointers for each of them.
    private static func declarations(
        _ pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int
    ) -> [String: String] {
        guard let pointers else { return [:] }
        let pairs = (0..<count).map { (string(pointers[2 * $0]) ?? "", namespace(pointers[2 * $0 + 1]) ?? "") }
        return Dictionary(pairs) { first, _ in first }
    }

    /// An attribute value in which libxml2, not asked to expand entities, has left every ampersand as a reference.
    private static func restoringAmpersands(_ value: String) -> String {
        let reference = Array("&#38;".utf8)
        var result: [UInt8] = []
        var rest = Array(value.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: reference) {
                result.append(UInt8(ascii: "&"))
                rest = rest.dropFirst(reference.count)
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
