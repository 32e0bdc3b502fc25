import MessageBodies
import Network
import SIPSyntax

/// The notification that a message has reached this client, until its final response.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.2.1 (6) and §12.1.4, RFC 5438 §7.2
struct DeliveryNotification: Procedure {
    private let request: SIPMessage

    /// The notification to who has sent a message in this wrapper, else to its author; nil where nobody asks for one.
    init?(
        of wrapper: CPIMMessage?, from author: String, fields: ClientFields, at time: Instant,
        identifiers: inout Identifiers
    ) {
        guard let wrapper, let wanted = wrapper.imdnRequest, wanted.dispositions.contains(.positiveDelivery) else {
            return nil
        }
        let sender = wrapper.from ?? author
        let notification = IMDN(
            messageID: wanted.messageID, dateTime: wrapper.dateTime, recipientURI: fields.imAddress,
            originalRecipientURI: wrapper.to.first, notification: .delivery(.delivered))
        var request = fields.initialRequest(
            .message, to: sender, callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        request.add(.contentType, "message/cpim")
        request.body = CPIMMessage(
            notification, from: fields.imAddress, to: sender, messageID: identifiers.token(), dateTime: time.dateTime
        ).serialized()
        self.request = request
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .begin:
            return [.send(request)]
        case .response(let response, to: .message) where response.isFinal:
            return [.finish]
        case .failed(.message, _):
            return [.finish]
        case .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told, .document:
            return []
        }
    }
}
