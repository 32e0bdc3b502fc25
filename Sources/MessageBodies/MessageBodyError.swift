/// Why a body is not what its media type says.
package enum MessageBodyError: Error, Equatable, Sendable {
    /// The end came before an empty line or a closing delimiter; the offset is where something was missing.
    case truncated(offset: Int)
    /// A line is not a header field of the kind that belongs there.
    case malformedField(String)
    /// More parts than are read, 100.
    case tooManyParts
    /// More header fields than are read, 200.
    case tooManyFields
    /// A multipart body without one delimiter line.
    case noDelimiter
    /// A Content-Type that is no multipart type or names no boundary.
    case noBoundary(contentType: String)
    /// A body of a type that holds no message that was stored or recorded.
    case notEncapsulated(contentType: String)
    /// A Content-Type that does not tell where a content is.
    case notExternal(contentType: String)
}
