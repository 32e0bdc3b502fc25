import Bytes

/// A content that is not sent but can be fetched.
///
/// RFC 4483; RFC 2017 for the access type URL; OMA-TS-SIMPLE_IM-V1_0 §5.4 and §8.1.1 (8)
package struct ExternalBody: Equatable, Sendable {
    package static let mediaType = "message/external-body"

    /// Where the content is.
    package var url: String

    /// Until when the content is there, as a date of RFC 5322.
    package var expiration: String?

    /// The size of the content in bytes.
    package var size: Int?

    /// What the content is: its own Content-Type, Content-ID and Content-Disposition.
    package var contentFields: [BodyField]

    package init(url: String, expiration: String? = nil, size: Int? = nil, contentFields: [BodyField]) {
        self.url = url
        self.expiration = expiration
        self.size = size
        self.contentFields = contentFields
    }

    /// Reads a body with the Content-Type that tells where the content is.
    package init(parsing body: [UInt8], contentType: String) throws(MessageBodyError) {
        guard let type = ContentType(parsing: contentType),
            type.essence == Self.mediaType, type.parameter("access-type")?.uppercased() == "URL",
            let url = type.parameter("URL")?.filter({ !$0.isWhitespace }), !url.isEmpty
        else { throw .notExternal(contentType: contentType) }
        var cursor = ByteCursor(body)
        var fields = cursor.takeBodyFields()
        if fields == nil {
            cursor = ByteCursor(body + Array("\r\n\r\n".utf8))
            fields = cursor.takeBodyFields()
        }
        guard let fields else { throw .malformedField(body.prefix(80).text) }
        self.init(
            url: url, expiration: type.parameter("expiration"), size: type.parameter("size").flatMap { Int($0) },
            contentFields: fields)
    }

    /// The value of the Content-Type field that such a body is sent with.
    package var contentType: String {
        var parameters = [ContentType.Parameter("access-type", "URL")]
        if let expiration { parameters.append(ContentType.Parameter("expiration", expiration)) }
        parameters.append(ContentType.Parameter("URL", url))
        if let size { parameters.append(ContentType.Parameter("size", String(size))) }
        return ContentType(Self.mediaType, parameters).description
    }

    package func serialized() -> [UInt8] {
        Array(contentFields.map { "\($0.name): \($0.value)\r\n" }.joined().utf8) + [.carriageReturn, .lineFeed]
    }
}
