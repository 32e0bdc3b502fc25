import MessageBodies
import SIPSyntax

/// A MESSAGE that tells the sender of another one what became of it.
///
/// RFC 5438 §7.2.1
struct DeliveryReport {
    let notifications: [IMDN]
    /// Who tells it.
    let reporter: String
    /// Who has sent the message that it is about.
    let sender: String
    /// The time at which it is told, as an xs:dateTime.
    let dateTime: String

    /// The identifiers that the report has of its own.
    struct Identifiers {
        let tag: String
        let callID: String
        let messageID: String
    }

    func message(_ identifiers: Identifiers) -> SIPMessage {
        var message = SIPMessage(
            .message, uri: sender,
            fields: [
                SIPField(.maxForwards, "70"),
                SIPField(
                    .from, NameAddress(uri: reporter, parameters: [Parameter("tag", identifiers.tag)]).description),
                SIPField(.to, NameAddress(uri: sender).description), SIPField(.callID, identifiers.callID),
                SIPField(.cSeq, CSeq(1, .message).description),
                SIPField(.pAssertedIdentity, NameAddress(uri: reporter).description),
                SIPField(.acceptContact, "*;\(FeatureTag.instantMessaging.rawValue)"),
                SIPField(.userAgent, ReleaseVersion.server), SIPField(.contentType, "message/cpim"),
            ])
        message.body = content(identifiers).serialized()
        return message
    }

    /// One notification as it is, several as parts of one body.
    ///
    /// RFC 5438 §8.3
    private func content(_ identifiers: Identifiers) -> CPIMMessage {
        if notifications.count == 1, let only = notifications.first {
            return CPIMMessage(
                only, from: reporter, to: sender, messageID: identifiers.messageID, dateTime: dateTime)
        }
        let body = MultipartBody(
            boundary: "imdn-\(identifiers.tag)",
            parts: notifications.map {
                MultipartBody.BodyPart(
                    contentType: IMDN.mediaType, disposition: BodyDisposition("notification"), body: $0.serialized())
            })
        var message = CPIMMessage(
            from: reporter, to: [sender], dateTime: dateTime, contentType: body.contentType, body: body.serialized())
        message.request(IMDNRequest(messageID: identifiers.messageID, dispositions: []), dateTime: dateTime)
        return message
    }
}

extension SIPMessage {
    /// The message/cpim body of a MESSAGE.
    var cpim: CPIMMessage? {
        guard ContentType(parsing: first(.contentType) ?? "")?.essence == "message/cpim" else { return nil }
        return try? CPIMMessage(parsing: body)
    }

    /// The notification that a MESSAGE carries.
    var notification: IMDN? {
        let payload = innermost(contentType: first(.contentType) ?? "", body: body)
        guard ContentType(parsing: payload.contentType)?.essence == IMDN.mediaType else { return nil }
        return try? IMDN(parsing: payload.body)
    }
}
