import MSRP
import MessageBodies
import Network
import SIPSyntax

/// A record as its owner gets it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §13.3.3
extension ConversationRecord {
    func item(boundary: String) -> DeliverySession.Item {
        DeliverySession.Item(id: reference, messages: messages(boundary: boundary))
    }

    private func messages(boundary: String) -> [DeliverySession.Message] {
        switch content {
        case .page(let request):
            return [message([.sip(request.dated(start).fragment)], boundary)]
        case .large(let large):
            let parts: [EncapsulatedMessage.Part] = [
                .sip(large.invite.dated(start).fragment), .msrp(large.send.dated(start).fragment),
            ]
            return [message(parts, boundary)]
        case .conversation(let conversation):
            return conversation.messages.map { message in
                let fragment = message.send.dated(message.time).fragment
                return DeliverySession.Message(
                    contentType: MSRPFragment.mediaType, body: fragment.serialized())
            }
        }
    }

    private func message(_ parts: [EncapsulatedMessage.Part], _ boundary: String) -> DeliverySession.Message {
        let body = EncapsulatedMessage(parts).multipart(boundary: boundary)
        return DeliverySession.Message(contentType: body.contentType, body: body.serialized())
    }

    /// What the metadata say about the record, which is kept until then.
    ///
    /// §13.3.2
    func metadata(expiring expiry: Instant?) -> StoredItem {
        let time = SIPDate(start)
        return StoredItem(
            reference: reference, date: String(time.dateTime.prefix(10)), size: size,
            expiry: expiry.map { SIPDate($0).dateTime }, subject: subject,
            content: metadataContent(at: time.dateTime))
    }

    private var subject: String? {
        switch content {
        case .page(let request): request.first(.subject)
        case .large(let message): message.invite.first(.subject)
        case .conversation(let conversation): conversation.invite?.first(.subject)
        }
    }

    private func metadataContent(at time: String) -> StoredItem.Content {
        switch content {
        case .page(let request): .pager(request.pagerMetadata(at: time))
        case .large(let message): .pager(message.invite.pagerMetadata(at: time))
        case .conversation(let conversation):
            .conference(
                StoredItem.Conference(
                    timeStart: time, timeEnd: conversation.end.map { SIPDate($0).dateTime },
                    recordingName: conversation.name,
                    participants: StoredItem.Parties(
                        groupURI: conversation.group,
                        entries: conversation.participants.map { ResourceLists.Entry($0) })))
        }
    }
}
