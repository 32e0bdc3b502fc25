import Bytes
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
    /// The name beside the URI of the sender in message/cpim.
    package var formalName: String?
    /// On whose behalf a page comes, where it says so: the URI in Referred-By.
    package var referrer: String?
    /// For whom message/cpim says that it is, as URIs.
    package var addressees: [String]
    /// The Call-ID of the session, or of the SIP MESSAGE itself; nil where the trace does not show the session.
    package var call: String?
    /// The stored message that it carries.
    package var stored: StoredMessage?
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

    /// Whether it is no message of a user but says something about one: that it is being written, or has arrived.
    ///
    /// RFC 3994, RFC 5438, OMA-TS-SIMPLE_IM-V1_0 §5.7
    package var isNotice: Bool {
        let type = (contentType ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
        return ["application/im-iscomposing+xml", "message/imdn+xml"].contains(type)
            || type.hasPrefix("application/vnd.oma.") && type.contains("final")
    }

    package var text: String { payload.text }
}
