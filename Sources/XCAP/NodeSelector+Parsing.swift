import Bytes
import XMLTree

/// Reading and writing a node selector.
///
/// RFC 4825 §6.3
extension NodeSelector {
    /// How many steps a selector may have; no document is deeper.
    private static var maximumSteps: Int { XMLDocument.maximumDepth }

    /// Reads the escaped path behind the two tildes.
    init(
        parsing path: ArraySlice<UInt8>, defaultNamespace: String?, bindings: NamespaceBindings
    ) throws(XCAPSyntaxError) {
        self.init([])
        for segment in try Self.segments(of: path) {
            let offset = segment.offset
            guard terminal == .element else { throw XCAPSyntaxError(.nodeSelector, at: offset) }
            if segment.bytes.first == UInt8(ascii: "@") {
                var cursor = ByteCursor(segment.bytes.dropFirst())
                let name = try cursor.takeQualifiedName(.attributeSelector, at: offset)
                guard cursor.isAtEnd, !steps.isEmpty, name.local != "xmlns", name.prefix != "xmlns" else {
                    throw XCAPSyntaxError(.attributeSelector, at: offset)
                }
                terminal = .attribute(
                    try Self.name(name, default: nil, bindings: bindings, at: offset), prefix: name.prefix)
            } else if segment.bytes.elementsEqual("namespace::*".utf8) {
                guard !steps.isEmpty else { throw XCAPSyntaxError(.nodeSelector, at: offset) }
                terminal = .namespaces
            } else {
                guard steps.count < Self.maximumSteps else { throw XCAPSyntaxError(.sizeLimit, at: offset) }
                steps.append(
                    try Self.step(segment.bytes, default: defaultNamespace, bindings: bindings, at: offset))
            }
        }
    }

    /// The segments, without their escapes; a slash inside quotes separates none.
    private static func segments(
        of path: ArraySlice<UInt8>
    ) throws(XCAPSyntaxError) -> [(bytes: [UInt8], offset: Int)] {
        var segments: [(bytes: [UInt8], offset: Int)] = []
        var quote: UInt8?
        for raw in path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let decoded = raw.removingPercentEscapes else {
                throw XCAPSyntaxError(.percentEncoding, at: raw.startIndex)
            }
            if quote != nil {
                segments[segments.count - 1].bytes += [UInt8(ascii: "/")] + decoded
            } else {
                segments.append((decoded, raw.startIndex))
            }
            for byte in decoded where byte == quote ?? byte && (byte == .doubleQuote || byte == UInt8(ascii: "'")) {
                quote = quote == nil ? byte : nil
            }
        }
        for segment in segments where String(validating: segment.bytes, as: UTF8.self) == nil {
            throw XCAPSyntaxError(.nodeSelector, at: segment.offset)
        }
        return segments
    }

    private static func step(
        _ bytes: [UInt8], default namespace: String?, bindings: NamespaceBindings, at offset: Int
    ) throws(XCAPSyntaxError) -> Step {
        var cursor = ByteCursor(bytes)
        var step = Step(nil)
        if !cursor.take(UInt8(ascii: "*")) {
            let name = try cursor.takeQualifiedName(.step, at: offset)
            step.name = try self.name(name, default: namespace, bindings: bindings, at: offset)
        }
        while !cursor.isAtEnd {
            guard cursor.take(UInt8(ascii: "[")), step.attribute == nil else {
                throw XCAPSyntaxError(.step, at: offset)
            }
            if cursor.take(UInt8(ascii: "@")) {
                let name = try cursor.takeQualifiedName(.attributeSelector, at: offset)
                guard cursor.take(UInt8(ascii: "=")), let quote = cursor.take(), "\"'".utf8.contains(quote) else {
                    throw XCAPSyntaxError(.attributeValue, at: offset)
                }
                let text = cursor.take { $0 != quote }
                guard cursor.take(quote), let value = XMLAttribute.value(of: text.text) else {
                    throw XCAPSyntaxError(.attributeValue, at: offset)
                }
                step.attribute = Attribute(
                    try self.name(name, default: nil, bindings: bindings, at: offset), value)
            } else {
                let digits = cursor.take(while: \.isDigit)
                guard step.position == nil, (1...9).contains(digits.count), let position = Int(digits.text),
                    position > 0
                else { throw XCAPSyntaxError(.position, at: offset) }
                step.position = position
            }
            guard cursor.take(UInt8(ascii: "]")) else { throw XCAPSyntaxError(.step, at: offset) }
        }
        return step
    }

    private static func name(
        _ name: (prefix: String?, local: String), default namespace: String?, bindings: NamespaceBindings,
        at offset: Int
    ) throws(XCAPSyntaxError) -> XMLName {
        guard let prefix = name.prefix else { return XMLName(name.local, namespace: namespace) }
        guard let namespace = bindings[prefix] else { throw XCAPSyntaxError(.prefix, at: offset) }
        return XMLName(name.local, namespace: namespace)
    }

    /// The segments of the path, with prefixes for the namespaces that are not the default one.
    func segments(defaultNamespace: String?, prefixes: inout [String: String]) -> [String] {
        func written(_ name: XMLName, default namespace: String?) -> String {
            guard let own = name.namespace, own != namespace else { return name.local }
            let prefix = prefixes[own] ?? "n\(prefixes.count + 1)"
            prefixes[own] = prefix
            return "\(prefix):\(name.local)"
        }
        let segments = steps.map { step in
            var text = step.name.map { written($0, default: defaultNamespace) } ?? "*"
            if let position = step.position { text += "[\(position)]" }
            if let attribute = step.attribute {
                text += "[@\(written(attribute.name, default: nil))=\"\(XMLAttribute.text(of: attribute.value))\"]"
            }
            return text
        }
        switch terminal {
        case .element: return segments
        case .attribute(let name, _): return segments + ["@" + written(name, default: nil)]
        case .namespaces: return segments + ["namespace::*"]
        }
    }
}

extension ByteCursor {
    /// Consumes `QName`.
    fileprivate mutating func takeQualifiedName(
        _ rule: XCAPRule, at offset: Int
    ) throws(XCAPSyntaxError) -> (prefix: String?, local: String) {
        let first = take { $0 >= 0x80 || $0.isAlpha || $0.isDigit || "-._".utf8.contains($0) }
        guard first.isName else { throw XCAPSyntaxError(rule, at: offset) }
        guard take(UInt8(ascii: ":")) else { return (nil, first.text) }
        let second = take { $0 >= 0x80 || $0.isAlpha || $0.isDigit || "-._".utf8.contains($0) }
        guard second.isName else { throw XCAPSyntaxError(rule, at: offset) }
        return (first.text, second.text)
    }
}
