package import Conformance

/// A text or other content on its way between two parties, put together from all the messages that carry it.
package struct InstantMessage: Sendable {
    package var mode: Condition.Mode
    package var sender: PartyName?
    package var receiver: PartyName?
    /// Who the receiver is told it comes from, as a URI; nil where nothing in the trace says so.
    package var identity: String?
    /// The number of the message that tells the receiver so.
    package var identitySource: Int?
    /// The Message-ID of MSRP, or the Call-ID of a SIP MESSAGE.
    package var id: String
    package var contentType: String?
    /// The body as it came, with its wrappers.
    package var body: [UInt8]
    /// The innermost body, after unwrapping message/cpim.
    package var payload: [UInt8]
    /// The numbers of the messages that carry it, in the order of the trace.
    package var parts: [Int]
    /// Whether all bytes are there and the last chunk says so.
    package var isComplete: Bool
    /// Whether the sender has given it up.
    package var isAborted: Bool
    package var wasSent: Bool
    package var wasReceived: Bool
    /// The numbers of the final responses to its parts.
    package var responses: [Int]

    package var text: String { String(decoding: payload, as: UTF8.self) }
}
