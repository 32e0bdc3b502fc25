import MSRP
import MessageBodies

/// What a complete MSRP message carries, out of its wrappers.
struct ReceivedContent: Sendable, Equatable {
    /// The media type with its parameters.
    let type: String
    let bytes: [UInt8]
    /// The name of the file, where the sender tells it.
    let name: String?
    /// The URI of the sender, where a wrapper tells it.
    let sender: String?

    init(_ message: MSRPIncoming) {
        var type = message.contentType
        var bytes = message.body
        var disposition = message.bodyFields.first { $0.isNamed(.contentDisposition) }?.value
        var sender: String?
        for _ in 0..<8 {
            guard ContentType(parsing: type)?.essence == "message/cpim",
                let wrapper = try? CPIMMessage(parsing: bytes)
            else { break }
            type = wrapper.contentType
            bytes = wrapper.body
            disposition = wrapper.contentFields.first("Content-Disposition") ?? disposition
            sender = wrapper.from
        }
        self.type = type
        self.bytes = bytes
        self.sender = sender
        name = disposition.flatMap(BodyDisposition.init(parsing:))?.filename
    }
}
