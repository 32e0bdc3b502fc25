import Bytes

/// Where the body of a message ends, as its head says.
///
/// RFC 9112 §6.3. Whatever two readers could understand in two ways is refused, so that nobody can smuggle a request
/// behind another.
enum BodyLength: Equatable {
    case bytes(Int)
    case chunked
    /// As the connection does; only responses can end so.
    case untilClose

    /// Looks for the end of a message; what a response answers decides too, where that is known.
    init(of head: HTTPMessage, requestMethod: String? = nil, offset: Int) throws(HTTPSyntaxError) {
        if let status = head.status, (100..<200).contains(status) || status == 204 || status == 304 {
            self = .bytes(0)
            return
        }
        if head.status != nil, requestMethod == "HEAD" {
            self = .bytes(0)
            return
        }
        let lengths = head.list(.contentLength)
        let announcesLength = head.fields.contains { $0.isNamed(.contentLength) }
        if head.fields.contains(where: { $0.isNamed(.transferEncoding) }) {
            // §6.1: both together, or codings in a message of HTTP/1.0, are the marks of smuggling.
            guard head.isChunked, !announcesLength, head.version == "HTTP/1.1" else {
                throw HTTPSyntaxError(.transferEncoding, at: offset)
            }
            self = .chunked
        } else if announcesLength {
            guard let first = lengths.first, let length = Array(first.utf8).decimal,
                lengths.allSatisfy({ $0 == first })
            else { throw HTTPSyntaxError(.contentLength, at: offset) }
            self = .bytes(length)
        } else {
            self = head.status == nil ? .bytes(0) : .untilClose
        }
    }
}
