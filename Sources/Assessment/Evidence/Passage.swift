import Dissection

/// What stays the same of a message on its way through the server.
struct Passage: Hashable {
    private var id: String
    private var tag: String?
    private var method: String
    private var status: Int?
    private var position: Int?

    init(_ message: DissectedMessage) {
        if let sip = message.sipSummary {
            id = sip.callID
            tag = sip.fromTag
            method = sip.method
            position = sip.sequence
        } else {
            let range = message.values(of: "Byte-Range").first ?? ""
            id = message.msrpSummary?.messageID ?? "#\(message.number)"
            tag = range
            method = message.requestMethod ?? ""
        }
        status = message.responseStatus
    }
}
