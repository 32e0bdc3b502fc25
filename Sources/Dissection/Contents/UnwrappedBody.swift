import MessageBodies

/// What a user wrote, with what it came wrapped in.
struct UnwrappedBody {
    private(set) var contentType: String
    private(set) var bytes: [UInt8]
    /// The outermost message/cpim.
    private(set) var wrapper: CPIMMessage?
    /// The message that was stored, where the body carries one.
    private(set) var stored: StoredMessage?

    init(contentType: String, body: [UInt8]) {
        if ContentType(parsing: contentType)?.essence == "message/cpim" { wrapper = try? CPIMMessage(parsing: body) }
        (self.contentType, bytes) = innermost(contentType: contentType, body: body)
        removeRecipients()
    }

    /// Goes on to what was stored, where the body is a message that was.
    mutating func openStored() {
        guard let encapsulated = try? EncapsulatedMessage(parsing: bytes, contentType: contentType) else { return }
        let found = StoredMessage(encapsulated)
        stored = found
        if let first = found.payloads.first { (contentType, bytes) = (first.contentType, first.bytes) }
    }

    /// Leaves away the list of recipients that stands beside what was written.
    ///
    /// RFC 5365 §4 and §7.3
    private mutating func removeRecipients() {
        guard let multipart = try? MultipartBody(parsing: bytes, contentType: contentType) else { return }
        let lists = [BodyDisposition.recipientList.type, BodyDisposition.recipientListHistory.type]
        let others = multipart.parts.filter { !lists.contains($0.disposition?.type ?? "") }
        guard others.count == 1, multipart.parts.count > 1 else { return }
        (contentType, bytes) = innermost(contentType: others[0].contentType, body: others[0].body)
    }
}

/// A message that was stored, as its user gets it in the end.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.5 and §13.3.3
package struct StoredMessage: Sendable, Hashable {
    /// Something that a user wrote.
    package struct Payload: Sendable, Hashable {
        package var contentType: String
        package var bytes: [UInt8]
        /// The user whom it identifies as sender, as a URI.
        package var identity: String?
    }

    package var payloads: [Payload]
    /// The parts by their media types, in their order.
    package var partTypes: [String]

    init(_ message: EncapsulatedMessage) {
        partTypes = message.parts.map(\.contentType)
        let request = message.request
        let asserted = request?.value("P-Asserted-Identity").flatMap(Self.address)
        let sender = asserted ?? request?.value("From").flatMap(Self.address)
        let sends = message.msrpRequests.filter { $0.method == "SEND" }
        payloads = sends.map { Payload($0.contentType, $0.body, sender) }
        if sends.isEmpty, let request { payloads = [Payload(request.contentType, request.body, sender)] }
    }

    private static func address(_ value: String) -> String? { SIPTarget(ofValue: value)?.uri }
}

extension StoredMessage.Payload {
    fileprivate init(_ contentType: String, _ body: [UInt8], _ sender: String?) {
        let unwrapped = UnwrappedBody(contentType: contentType, body: body)
        self.init(
            contentType: unwrapped.contentType, bytes: unwrapped.bytes, identity: unwrapped.wrapper?.from ?? sender)
    }
}
