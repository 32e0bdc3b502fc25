import Bytes
import MSRP
import MessageBodies
import SIPSyntax

/// A message out of a store, as one SEND request brings it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.5 and §13.3.3
struct DeliveredMessage: Sendable, Equatable {
    /// The media type with its parameters.
    let type: String
    let bytes: [UInt8]
    /// The URI of the sender; empty where nothing tells it.
    let sender: String
    /// The name of the file, where the sender tells it.
    let name: String?
    /// What the sender has wrapped it in, and may ask for notifications by.
    let wrapper: CPIMMessage?

    /// What the client has to say it accepts so that it gets messages of every kind.
    ///
    /// The wrapper is what §7.1.1.3 asks of every conference, and a retrieval begins as one.
    static let acceptedTypes = [
        "message/cpim", "multipart/mixed", "message/sip", "message/sipfrag", "message/msrp",
    ]

    /// The messages that a SEND request holds: as many as it encapsulates, or itself where it encapsulates none.
    static func messages(in incoming: MSRPIncoming) -> [DeliveredMessage] {
        guard
            let capsule = try? EncapsulatedMessage(parsing: incoming.body, contentType: incoming.contentType)
        else { return [DeliveredMessage(incoming, from: nil)] }
        let sends = capsule.msrpRequests.filter { $0.method == "SEND" }
        if !sends.isEmpty { return sends.map { DeliveredMessage($0, from: capsule.request?.author) } }
        return capsule.sipMessages.filter(\.holdsPage).map(DeliveredMessage.init)
    }

    private init(_ incoming: MSRPIncoming, from sender: String?) {
        let content = ReceivedContent(incoming)
        type = content.type
        bytes = content.bytes
        name = content.name
        self.sender = content.sender ?? sender ?? ""
        wrapper = MultipartBody.BodyPart(contentType: incoming.contentType, body: incoming.body).wrapper
    }

    private init(_ send: MSRPFragment, from sender: String?) {
        let fields = send.value("Content-Disposition").map { [MSRPField(.contentDisposition, $0)] } ?? []
        let incoming = MSRPIncoming(
            messageID: send.value("Message-ID") ?? "", contentType: send.contentType, body: send.body,
            bodyFields: fields)
        self.init(incoming, from: sender)
    }

    private init(_ message: SIPFragment) {
        let whole = MultipartBody.BodyPart(contentType: message.contentType, body: message.body)
        let page = whole.pageText
        wrapper = whole.wrapper
        type = page == nil ? message.contentType : "text/plain"
        bytes = page.map { Array($0.utf8) } ?? message.body
        name = nil
        sender = message.author ?? ""
    }

    /// What comes of a message that has been waiting: the user sees it, and its sender is told so where he asks.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.1.4
    var arrival: [ProcedureEffect] {
        guard let report else { return [] }
        return [.report(report)] + (wrapper.map { [.confirm($0, author: sender)] } ?? [])
    }

    /// What the user is told of the message; nothing of what only reports.
    var report: ClientReport? {
        let essence = ContentType(parsing: type)?.essence ?? ""
        if essence == IMDN.mediaType || essence == IsComposing.mediaType { return nil }
        return essence.hasPrefix("text/")
            ? .received(text: bytes.text, from: sender, session: nil)
            : .contentReceived(name: name, bytes: bytes, session: nil)
    }
}

extension SIPFragment {
    /// Whether it is a MESSAGE, or the part of one that has no start line.
    fileprivate var holdsPage: Bool { method == "MESSAGE" || method == nil && statusCode == nil && !body.isEmpty }

    /// Whose words the message carries, as in a message that arrives by itself.
    fileprivate var author: String? {
        for name in ["Referred-By", "P-Asserted-Identity", "From"] {
            guard let value = value(name) else { continue }
            let first =
                SIPMessage(.message, uri: "", fields: [SIPField(SIPFieldName(name), value)])
                .list(SIPFieldName(name)).first ?? value
            if let address = try? NameAddress(parsing: first) { return address.uri }
        }
        return nil
    }
}
