import Bytes

/// The name of a field, compared without letter case.
///
/// RFC 9110 §5.1
package struct HTTPFieldName: Hashable, Sendable, CustomStringConvertible {
    package let description: String
    private let folded: [UInt8]

    package init(_ name: String) {
        description = name
        folded = name.utf8.map(\.lowercased)
    }

    package static let allow = HTTPFieldName("Allow")
    package static let authenticationInfo = HTTPFieldName("Authentication-Info")
    package static let authorization = HTTPFieldName("Authorization")
    package static let connection = HTTPFieldName("Connection")
    package static let contentLength = HTTPFieldName("Content-Length")
    package static let contentType = HTTPFieldName("Content-Type")
    package static let entityTag = HTTPFieldName("ETag")
    package static let expect = HTTPFieldName("Expect")
    package static let host = HTTPFieldName("Host")
    package static let ifMatch = HTTPFieldName("If-Match")
    package static let ifNoneMatch = HTTPFieldName("If-None-Match")
    package static let retryAfter = HTTPFieldName("Retry-After")
    package static let server = HTTPFieldName("Server")
    package static let transferEncoding = HTTPFieldName("Transfer-Encoding")
    package static let userAgent = HTTPFieldName("User-Agent")
    package static let wwwAuthenticate = HTTPFieldName("WWW-Authenticate")

    package static func == (left: HTTPFieldName, right: HTTPFieldName) -> Bool { left.folded == right.folded }

    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }

    /// Whether the bytes spell this name.
    func matches(_ spelling: ArraySlice<UInt8>) -> Bool {
        guard spelling.count == folded.count else { return false }
        return zip(spelling, folded).allSatisfy { $0.lowercased == $1 }
    }
}
