import Bytes

extension MultipartBody {
    /// One part of a multipart body: fields about it, and its bytes.
    ///
    /// RFC 2046 §5.1
    package struct BodyPart: Equatable, Sendable {
        package let fields: [BodyField]
        package let body: [UInt8]

        package init(fields: [BodyField], body: [UInt8]) {
            self.fields = fields
            self.body = body
        }

        /// A part with the fields that are given, in the customary order; the Content-ID goes without its brackets.
        package init(
            contentType: String, disposition: BodyDisposition? = nil, contentID: String? = nil, body: [UInt8]
        ) {
            var fields = [BodyField("Content-Type", contentType)]
            if let disposition { fields.append(BodyField("Content-Disposition", disposition.description)) }
            if let contentID { fields.append(BodyField("Content-ID", "<\(contentID)>")) }
            self.init(fields: fields, body: body)
        }

        /// Reads what stands between two delimiters.
        init(parsing content: ArraySlice<UInt8>) throws(MessageBodyError) {
            var cursor = ByteCursor(content)
            // The empty line that ends the fields has lost its own line end when there is no body after it.
            if let fields = cursor.takeBodyFields() {
                self.init(fields: fields, body: Array(cursor.remaining))
            } else {
                cursor = ByteCursor(Array(content) + [.carriageReturn, .lineFeed, .carriageReturn, .lineFeed])
                guard let fields = cursor.takeBodyFields() else { throw .malformedField(content.prefix(80).text) }
                self.init(fields: fields, body: [])
            }
        }

        /// The media type; a part that says nothing is plain text.
        package var contentType: String { fields.first("Content-Type") ?? "text/plain" }

        /// The media type without its parameters, in lower case.
        package var essence: String { ContentType(parsing: contentType)?.essence ?? contentType.lowercased() }

        /// What the part is for, or nil when it does not say so.
        package var disposition: BodyDisposition? {
            fields.first("Content-Disposition").flatMap(BodyDisposition.init(parsing:))
        }

        /// The identifier that a `cid:` URL refers to, without its brackets.
        ///
        /// RFC 2392 §2
        package var contentID: String? {
            guard let value = fields.first("Content-ID") else { return nil }
            guard value.first == "<", value.last == ">", value.count >= 2 else { return value }
            return String(value.dropFirst().dropLast())
        }
    }
}
