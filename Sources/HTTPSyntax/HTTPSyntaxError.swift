/// A place where bytes leave the grammar of HTTP/1.1.
package struct HTTPSyntaxError: Error, Hashable, Sendable {
    package let rule: HTTPRule
    /// How many bytes of the message had been understood.
    package let offset: Int

    package init(_ rule: HTTPRule, at offset: Int) {
        self.rule = rule
        self.offset = offset
    }
}

/// The rules of the grammar, spelled as there.
///
/// RFC 9112 Appendix A, RFC 9110 Appendix A
package enum HTTPRule: String, Hashable, Sendable {
    case message = "HTTP-message"
    case startLine = "start-line"
    case method
    case requestTarget = "request-target"
    case version = "HTTP-version"
    case statusCode = "status-code"
    case fieldLine = "field-line"
    case fieldName = "field-name"
    case fieldValue = "field-value"
    case contentLength = "Content-Length"
    case transferEncoding = "Transfer-Encoding"
    case chunkSize = "chunk-size"
    case chunkExtension = "chunk-ext"
    case chunkData = "chunk-data"
    case trailerSection = "trailer-section"

    /// Not rules of the grammar: the reader refuses to hold more than its limits.
    case headerLimit = "header limit"
    case bodyLimit = "body limit"
}
