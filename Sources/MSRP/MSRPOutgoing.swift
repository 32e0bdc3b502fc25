/// A message that the owner of a session wants sent.
package struct MSRPOutgoing: Sendable, Equatable {
    /// The Message-ID to use, or nil for one of the session's making.
    package var messageID: String?
    package var contentType: String
    package var body: [UInt8]
    package var successReport: Bool
    package var failureReport: FailureReport
    /// How many bytes of body a chunk carries, or nil for as many as the session says.
    package var chunkSize: Int?
    /// Fields of the body besides Content-Type, repeated in every chunk.
    package var bodyFields: [MSRPField]
    /// How the chunks and what answers them are altered, after the alterations of the session.
    package var alterations: [MSRPAlteration]

    package init(
        messageID: String? = nil, contentType: String, body: [UInt8], successReport: Bool = false,
        failureReport: FailureReport = .yes, chunkSize: Int? = nil, bodyFields: [MSRPField] = [],
        alterations: [MSRPAlteration] = []
    ) {
        precondition(chunkSize.map { $0 > 0 } ?? true, "Chunks carry something")
        self.messageID = messageID
        self.contentType = contentType
        self.body = body
        self.successReport = successReport
        self.failureReport = failureReport
        self.chunkSize = chunkSize
        self.bodyFields = bodyFields
        self.alterations = alterations
    }
}
