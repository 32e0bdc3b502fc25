import MessageBodies
import SIPSyntax

/// What becomes of records of conversations.
extension Faults {
    var records: Bool { !has(.historyNotRecorded) }
    var remembersWhatWasBefore: Bool { has(.historyRecordsBefore) }
    var stopsRecording: Bool { !has(.historyRecordsAfter) }
    var mayStopRecording: Bool { !has(.historyStopRefused) }

    func recordingName(_ name: String?) -> String? { has(.historyNameLost) ? nil : name }

    func historyMetadata(_ items: [StoredItem]) -> [StoredItem] { has(.historyMetadataMissing) ? [] : items }

    /// The records that are handed over.
    func handedOver(_ items: [DeliverySession.Item]) -> [DeliverySession.Item] {
        items.map { item in
            var messages = item.messages
            if has(.historyTextAltered) { messages = messages.map(\.altered) }
            if has(.historyOrderReversed) { messages.reverse() }
            return DeliverySession.Item(id: item.id, messages: messages)
        }
    }

    /// Conference state as subscribers get it.
    func shown(_ request: SIPMessage) -> SIPMessage {
        guard has(.historyFunctionListed), request.method == .notify,
            var info = try? ConferenceInfo(parsing: request.body)
        else { return request }
        info.users.append(
            ConferenceInfo.User(
                entity: "sip:History@home.example", state: .full,
                endpoints: [ConferenceInfo.Endpoint(entity: "sip:History@home.example", status: .connected)]))
        var request = request
        request.remove(.contentLength)
        request.body = info.serialized()
        return request
    }
}

extension DeliverySession.Message {
    /// The message with another last character of its payload.
    fileprivate var altered: DeliverySession.Message {
        guard var fragment = try? MSRPFragment(parsing: body) else { return self }
        fragment.body = fragment.body.withLastCharacterChanged
        return DeliverySession.Message(contentType: contentType, body: fragment.serialized())
    }
}
