import MessageBodies
import SIPSyntax

/// A MESSAGE to several recipients, taken apart.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.3.2.1, RFC 5365 §7
struct GroupMessage {
    /// Whose members the recipients are.
    enum Audience: Equatable {
        /// The recipients that the request itself lists.
        case list
        /// The members of a pre-defined group, by the IM Group Identity.
        case group(String)
    }

    let request: SIPMessage
    let sender: Originator
    let audience: Audience
    /// The URIs of the recipients as the list or the group document writes them, each once.
    let recipients: [String]
    /// The content for the recipients, without the list.
    let contentFields: [SIPField]
    let body: [UInt8]

    /// The media type of the content for the recipients.
    var contentType: String? { contentFields.first { $0.name == .contentType }?.value }

    /// Who the copies say they are from.
    var identity: Originator {
        switch audience {
        case .list: sender
        case .group(let uri): Originator(user: uri)
        }
    }

    /// The identifiers that a copy has of its own.
    struct Identifiers {
        let tag: String
        let callID: String
    }

    /// The request to one of the recipients.
    func copy(for recipient: String, _ identifiers: Identifiers) -> SIPMessage {
        var from = (try? request.from()) ?? NameAddress(uri: sender.user)
        from.parameters = [Parameter("tag", identifiers.tag)]
        var copy = SIPMessage(
            .message, uri: recipient,
            fields: [
                SIPField(.maxForwards, "70"), SIPField(.from, from.description),
                SIPField(.to, NameAddress(uri: recipient).description), SIPField(.callID, identifiers.callID),
                SIPField(.cSeq, CSeq(1, .message).description),
                SIPField(.acceptContact, "*;\(FeatureTag.instantMessaging.rawValue)"),
                SIPField(.userAgent, ReleaseVersion.server),
            ])
        let passed: [SIPFieldName] = [.privacy, .subject, .priority, .expires, .date, .acceptLanguage, .inReplyTo]
        copy.fields += request.fields.filter { passed.contains($0.name) }
        switch audience {
        case .list:
            copy.assert(sender)
        case .group(let uri):
            // The group has nothing to hide; who has sent the message may have.
            let referrer = request.asksForPrivacy ? AnonymousURI.text : sender.user
            copy.add(.pAssertedIdentity, NameAddress(uri: uri).description)
            copy.add(.referredBy, NameAddress(uri: referrer).description)
        }
        copy.fields += contentFields
        copy.body = body
        return copy
    }
}
