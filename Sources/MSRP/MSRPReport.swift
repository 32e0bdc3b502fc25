/// A report that the owner of a session wants sent about a message of the peer.
///
/// RFC 4975 §7.1.2; a body is unusual, but OMA-TS-SIMPLE_IM-V1_0 §5.7.3 has one.
package struct MSRPReport: Sendable, Equatable {
    package var messageID: String
    /// How many bytes the message had.
    package var size: Int
    package var status: StatusHeader
    package var contentType: String?
    package var body: [UInt8]?

    package init(
        messageID: String, size: Int, status: StatusHeader, contentType: String? = nil, body: [UInt8]? = nil
    ) {
        self.messageID = messageID
        self.size = size
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
