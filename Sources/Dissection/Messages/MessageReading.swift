import HTTPSyntax
import MSRP
import Network
import SIPSyntax
import Synchronization

/// The bytes of a message and what they say.
///
/// It never changes and is shared by the copies of a message, of which judging makes very many. What costs time is read
/// when it is first asked for, and then kept.
final class MessageReading: Sendable {
    /// What the body holds.
    private final class Interior: Sendable {
        let media: [MediaSummary]
        let payload: Payload?

        init(of content: MessageContent) {
            media = MediaSummary.all(in: content)
            payload = Payload(content)
        }
    }

    private final class Judgment: Sendable {
        let flaws: [Flaw]

        init(of content: MessageContent, over transport: TransportProtocol) {
            flaws = content.flaws(over: transport)
        }
    }

    let bytes: [UInt8]
    let content: MessageContent
    let sip: SIPSummary?
    let msrp: MSRPSummary?
    let isSIP: Bool
    let isMSRP: Bool
    let isHTTP: Bool
    /// The method of a request of any protocol, or nil.
    let method: String?
    /// The status of a response of any protocol, or nil.
    let status: Int?
    private let transport: TransportProtocol
    private let interior = AtomicLazyReference<Interior>()
    private let judgment = AtomicLazyReference<Judgment>()

    init(_ bytes: [UInt8], _ content: MessageContent, over transport: TransportProtocol) {
        self.bytes = bytes
        self.content = content
        self.transport = transport
        sip = if case .sip(let message) = content { SIPSummary(message) } else { nil }
        msrp = if case .msrp(let message) = content { MSRPSummary(message) } else { nil }
        isSIP = sip != nil
        isMSRP = msrp != nil
        isHTTP = if case .http = content { true } else { false }
        switch content {
        case .sip(let message): (method, status) = (message.method?.name, message.status)
        case .msrp(let message): (method, status) = (message.method, message.status)
        case .http(let message): (method, status) = (message.method, message.status)
        case .unreadable, .incomplete: (method, status) = (nil, nil)
        }
    }

    /// The MSRP media lines of the session description in the body.
    var media: [MediaSummary] { (interior.load() ?? interior.storeIfNil(Interior(of: content))).media }

    var payload: Payload? { (interior.load() ?? interior.storeIfNil(Interior(of: content))).payload }

    /// What is wrong with the message by itself.
    var flaws: [Flaw] { (judgment.load() ?? judgment.storeIfNil(Judgment(of: content, over: transport))).flaws }
}
