import Bytes

/// A message/cpim body: headers about the message, then a body part with fields of its own.
///
/// RFC 3862 §2
package struct CPIMMessage: Equatable, Sendable {
    package var headers: [CPIMHeader]

    /// The fields of the encapsulated part, of which Content-Type is one.
    package var contentFields: [BodyField]
    package var body: [UInt8]

    package init(headers: [CPIMHeader], contentFields: [BodyField], body: [UInt8]) {
        self.headers = headers
        self.contentFields = contentFields
        self.body = body
    }

    /// A message between two addresses with a content of one type.
    package init(from: String, to: [String], dateTime: String? = nil, contentType: String, body: [UInt8]) {
        headers = [CPIMHeader("From", "<\(from)>")] + to.map { CPIMHeader("To", "<\($0)>") }
        if let dateTime { headers.append(CPIMHeader("DateTime", dateTime)) }
        contentFields = [BodyField("Content-Type", contentType)]
        self.body = body
    }

    package init(parsing bytes: [UInt8]) throws(MessageBodyError) {
        var cursor = ByteCursor(bytes)
        guard let lines = cursor.takeHeaderLines() else { throw .truncated(offset: bytes.count) }
        var headers: [CPIMHeader] = []
        for line in lines {
            guard let header = CPIMHeader(parsing: line) else { throw .malformedField(line) }
            headers.append(header)
        }
        guard let contentFields = cursor.takeBodyFields() else { throw .truncated(offset: bytes.count) }
        self.init(headers: headers, contentFields: contentFields, body: Array(cursor.remaining))
    }

    package func serialized() -> [UInt8] {
        let lines = headers.map(\.line) + [""] + contentFields.map { "\($0.name): \($0.value)" } + ["", ""]
        return Array(lines.joined(separator: "\r\n").utf8) + body
    }

    /// The URI of the sender.
    package var from: String? { all("From").first?.uri }

    /// The URIs of the recipients named by To.
    package var to: [String] { all("To").compactMap(\.uri) }

    package var dateTime: String? { all("DateTime").first?.value }

    /// The media type of the encapsulated part; one that says nothing is plain text.
    package var contentType: String { contentFields.first("Content-Type") ?? "text/plain" }

    /// The headers of a name in the namespace of RFC 3862 itself, or in that of the URI.
    package func all(_ name: String, namespace: String = CPIMHeader.coreNamespace) -> [CPIMHeader] {
        var namespaces = ["": CPIMHeader.coreNamespace]
        return headers.filter { header in
            if header.name == "NS", let uri = header.uri {
                // The specification prints a blank inside one of its namespaces.
                namespaces[header.formalName ?? ""] = uri.filter { $0 != " " }
                return name == "NS" && namespace == CPIMHeader.coreNamespace
            }
            return header.localName == name && namespaces[header.prefix ?? ""] == namespace
        }
    }
}
