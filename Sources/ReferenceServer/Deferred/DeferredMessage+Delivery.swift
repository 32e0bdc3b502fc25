import MSRP
import MessageBodies
import Network
import SIPSyntax

/// A deferred message as its recipient gets it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.5 and Appendix D.2
extension DeferredMessage {
    func item(boundary: String) -> DeliverySession.Item {
        let body = EncapsulatedMessage(parts).multipart(boundary: boundary)
        return DeliverySession.Item(
            id: id, messages: [DeliverySession.Message(contentType: body.contentType, body: body.serialized())])
    }

    private var parts: [EncapsulatedMessage.Part] {
        switch content {
        case .page(let request): [request.dated(received).fragment].map(EncapsulatedMessage.Part.sip)
        case .large(let message):
            [message.invite.dated(received).fragment, message.success.fragment].map(EncapsulatedMessage.Part.sip)
                + [.msrp(message.send.dated(received).fragment)]
                + [message.bye?.fragment].compactMap { $0 }.map(EncapsulatedMessage.Part.sip)
        }
    }

    /// The wrapper of the message, in which the sender says what he wants to be told.
    var cpim: CPIMMessage? {
        switch content {
        case .page(let request): return request.cpim
        case .large(let message):
            guard let type = message.send.contentType, ContentType(parsing: type)?.essence == "message/cpim" else {
                return nil
            }
            return try? CPIMMessage(parsing: message.send.body ?? [])
        }
    }

    /// What the metadata say about the message.
    ///
    /// §12.2.2.8
    var metadata: StoredItem {
        let time = SIPDate(received)
        return StoredItem(
            reference: id, date: String(time.dateTime.prefix(10)), size: payloadSize,
            expiry: SIPDate(expires).dateTime, subject: request.first(.subject),
            content: .pager(request.pagerMetadata(at: time.dateTime)))
    }
}

extension SIPMessage {
    /// What metadata say about a message, by the request that began it.
    func pagerMetadata(at time: String) -> StoredItem.Pager {
        StoredItem.Pager(
            timeStamp: time, from: senderURI, to: (try? to())?.uri,
            authID: (try? firstElement(.pAssertedIdentity, as: NameAddress.self))?.uri)
    }
}

extension SIPMessage {
    /// The message with the time at which the server got it, unless its sender has dated it.
    func dated(_ time: Instant) -> SIPMessage {
        guard !contains(.date) else { return self }
        var message = self
        message.add(.date, SIPDate(time).description)
        return message
    }

    var fragment: SIPFragment {
        let startLine =
            switch startLine {
            case .request(let method, let uri): "\(method.name) \(uri) \(version)"
            case .response(let status, let reason): "\(version) \(status) \(reason)"
            }
        return SIPFragment(
            startLine: startLine, fields: fields.map { BodyField($0.spelling, $0.value) }, body: body)
    }

    /// Whom a message is from, as its recipient may know it: the group or the user, and who hides is nobody.
    var senderURI: String? {
        let asserted = (try? firstElement(.pAssertedIdentity, as: NameAddress.self))?.uri
        return referrer ?? asserted ?? (try? from())?.uri
    }

    /// The user on whose behalf a group has sent a message.
    var referrer: String? { (try? referredBy())?.uri }
}

extension MSRPMessage {
    /// The request with the time at which the server got it.
    func dated(_ time: Instant) -> MSRPMessage {
        var message = self
        let date = MSRPField(MSRPFieldName("Date"), SIPDate(time).description)
        let place = message.fields.firstIndex { $0.isNamed(.contentType) } ?? message.fields.endIndex
        message.fields.insert(date, at: place)
        return message
    }

    var fragment: MSRPFragment {
        MSRPFragment(
            transactionID: transactionID, method: method ?? "SEND",
            fields: fields.map { BodyField($0.spelling, $0.value) }, body: body ?? [])
    }
}
