import Bytes
import XMLTree

/// What an HTTP request of XCAP is about: a document or something in it.
///
/// RFC 4825 §6
package struct XCAPURI: Hashable, Sendable {
    /// The longest target that is read, in bytes.
    package static let maximumSize = 8192

    package var document: DocumentSelector
    package var node: NodeSelector?

    package init(_ document: DocumentSelector, _ node: NodeSelector? = nil) {
        self.document = document
        self.node = node
    }

    /// Reads a request-target, in origin form or in absolute form.
    ///
    /// What could mean another document than it seems to is refused: dots, empty segments, slashes that are escaped.
    package init(parsing target: String, root: String = "/") throws(XCAPSyntaxError) {
        let bytes = Array(target.utf8)
        guard bytes.count <= Self.maximumSize else { throw XCAPSyntaxError(.sizeLimit, at: Self.maximumSize) }
        let (path, query) = try Self.parts(of: bytes)
        var segments = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        for expected in root.split(separator: "/") {
            guard let segment = segments.first, segment.removingPercentEscapes?.text == String(expected) else {
                throw XCAPSyntaxError(.root, at: path.startIndex)
            }
            segments.removeFirst()
        }
        let separator = segments.firstIndex { $0.elementsEqual("~~".utf8) } ?? segments.endIndex
        let end = separator < segments.endIndex ? segments[separator].startIndex - 1 : path.endIndex
        document = try Self.document(Array(segments[..<separator]), end: end)
        guard separator < segments.endIndex else { return }
        let selector = segments[(separator + 1)...]
        guard let start = selector.first?.startIndex else { throw XCAPSyntaxError(.nodeSelector, at: path.endIndex) }
        let bindings = try NamespaceBindings(parsing: query)
        node = try NodeSelector(
            parsing: bytes[start..<path.endIndex], defaultNamespace: document.usage.root.namespace, bindings: bindings)
    }

    /// The path without its first slash, and the query without its question mark.
    private static func parts(of bytes: [UInt8]) throws(XCAPSyntaxError) -> (ArraySlice<UInt8>, ArraySlice<UInt8>?) {
        var rest = bytes[...]
        let schemes = ["http://", "https://"].map { Array($0.utf8) }
        if let scheme = schemes.first(where: { rest.prefix($0.count).map(\.lowercased) == $0 }) {
            rest = rest.dropFirst(scheme.count).drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        }
        guard rest.first == UInt8(ascii: "/") else { throw XCAPSyntaxError(.root, at: rest.startIndex) }
        rest = rest.dropFirst().prefix { $0 != UInt8(ascii: "#") }
        guard let mark = rest.firstIndex(of: UInt8(ascii: "?")) else { return (rest, nil) }
        return (rest[..<mark], rest[(mark + 1)...])
    }

    private static func document(
        _ segments: [ArraySlice<UInt8>], end: Int
    ) throws(XCAPSyntaxError) -> DocumentSelector {
        var names: [String] = []
        for segment in segments {
            guard let decoded = segment.removingPercentEscapes else {
                throw XCAPSyntaxError(.percentEncoding, at: segment.startIndex)
            }
            guard let name = String(validating: decoded, as: UTF8.self), !["", ".", ".."].contains(name),
                !decoded.contains(where: { $0.isControl || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
            else { throw XCAPSyntaxError(.segment, at: segment.startIndex) }
            names.append(name)
        }
        guard let first = names.first, let usage = ApplicationUsage(rawValue: first) else {
            throw XCAPSyntaxError(.auid, at: segments.first?.startIndex ?? end)
        }
        switch names.dropFirst().first {
        case "global"? where names.count > 2:
            return DocumentSelector(usage, .global, name: names[2...].joined(separator: "/"))
        case "users"? where names.count > 3:
            return DocumentSelector(usage, .user(names[2]), name: names[3...].joined(separator: "/"))
        case _?, nil:
            throw XCAPSyntaxError(.documentSelector, at: segments.count > 1 ? segments[1].startIndex : end)
        }
    }

    /// The request-target in origin form.
    package func target(root: String = "/") -> String {
        let base = root.split(separator: "/").map(String.init) + document.segments
        var target = base.map { "/" + $0.asPathSegment }.joined()
        guard let node else { return target }
        var prefixes: [String: String] = [:]
        let selector = node.segments(defaultNamespace: document.usage.root.namespace, prefixes: &prefixes)
        target += (["~~"] + selector).map { "/" + $0.asPathSegment }.joined()
        let bindings = prefixes.sorted { $0.value < $1.value }.map { namespace, prefix in
            "xmlns(\(prefix)=\(NamespaceBindings.escaped(namespace)))"
        }
        return bindings.isEmpty ? target : target + "?" + bindings.joined().asPathSegment
    }
}
