/// A message that has arrived completely.
package struct MSRPIncoming: Sendable, Equatable {
    package var messageID: String
    package var contentType: String
    package var body: [UInt8]
    package var successReport: Bool
    package var failureReport: FailureReport
    /// Fields of the body besides Content-Type, as in the chunk that arrived first.
    package var bodyFields: [MSRPField]

    package init(
        messageID: String, contentType: String, body: [UInt8], successReport: Bool = false,
        failureReport: FailureReport = .yes, bodyFields: [MSRPField] = []
    ) {
        self.messageID = messageID
        self.contentType = contentType
        self.body = body
        self.successReport = successReport
        self.failureReport = failureReport
        self.bodyFields = bodyFields
    }
}
