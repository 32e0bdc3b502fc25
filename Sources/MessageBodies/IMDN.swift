/// What became of an instant message: the body of a disposition notification.
///
/// RFC 5438 §8
package struct IMDN: Equatable, Sendable {
    package static let mediaType = "message/imdn+xml"
    package static let namespace = "urn:ietf:params:xml:ns:imdn"

    /// The namespace of the message/cpim headers.
    package static let headerNamespace = "urn:ietf:params:imdn"

    package enum Notification: Equatable, Sendable {
        case delivery(Delivery)
        case processing(Processing)
        case display(Display)
    }

    package enum Delivery: String, CaseIterable, Sendable {
        case delivered, failed, forbidden, error
    }

    package enum Processing: String, CaseIterable, Sendable {
        case processed, stored, forbidden, error
    }

    package enum Display: String, CaseIterable, Sendable {
        case displayed, forbidden, error
    }

    /// The identifier of the message that is told of.
    package var messageID: String

    /// When that message was sent.
    package var dateTime: String?
    package var recipientURI: String?
    package var originalRecipientURI: String?
    package var subject: String?
    package var notification: Notification

    package init(
        messageID: String, dateTime: String?, recipientURI: String? = nil, originalRecipientURI: String? = nil,
        subject: String? = nil, notification: Notification
    ) {
        self.messageID = messageID
        self.dateTime = dateTime
        self.recipientURI = recipientURI
        self.originalRecipientURI = originalRecipientURI
        self.subject = subject
        self.notification = notification
    }
}
