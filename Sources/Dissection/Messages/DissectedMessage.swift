package import Conformance
import MSRP
package import Network
import SIPSyntax

/// One message of the trace: its bytes, where and when it was seen, and what it says as far as it can be read.
package struct DissectedMessage: Sendable {
    enum Content: Sendable {
        case sip(SIPMessage)
        case msrp(MSRPMessage)
        /// Bytes that are no message of a known protocol; the reason says what failed and where.
        case unreadable(protocolName: String, reason: String)
        /// The beginning of a message, or bytes behind a gap; nobody's fault as far as the trace shows.
        case incomplete(protocolName: String)
    }

    /// The place in the trace, counted from 1.
    package var number: Int
    /// The packet of the capture that completes the message, counted from 1.
    package var packet: Int?
    package var time: Instant
    /// When it was last seen: at the receiver, where both ends have seen it.
    package var arrival: Instant
    package var source: SocketAddress
    package var destination: SocketAddress
    package var transport: TransportProtocol
    package var sender: PartyName?
    package var receiver: PartyName?
    /// Whether somebody saw it leave the sender.
    package var wasSent: Bool
    /// Whether somebody saw it arrive at the receiver.
    package var wasReceived: Bool
    package var step: String?
    package var bytes: [UInt8]
    var content: Content
    /// What a SIP message says about its transaction and dialog, or nil where it is none.
    package let sipSummary: SIPSummary?
    /// What an MSRP message says about paths, contents and reports, or nil where it is none.
    package let msrpSummary: MSRPSummary?
    /// The MSRP media line of the session description in the body, or nil without one that can be read.
    package let mediaDescription: MediaSummary?
    /// The innermost body after unwrapping message/cpim, or nil without a body.
    package let payload: Payload?
    /// Violations of the grammar and of the rules for header fields.
    package var flaws: [Flaw]
    /// The first message of the same transaction and kind, where this one repeats it.
    package var repeats: Int?
    /// The request that this response answers, where the trace has it.
    package var answers: Int?

    init(
        number: Int, bytes: [UInt8], content: Content, entry: TraceEntry, sender: PartyName?, receiver: PartyName?
    ) {
        self.number = number
        self.bytes = bytes
        self.content = content
        packet = entry.packet
        time = entry.time
        arrival = entry.time
        source = entry.source
        destination = entry.destination
        transport = entry.transport
        self.sender = sender
        self.receiver = receiver
        wasSent = entry.witness != .receiver
        wasReceived = entry.witness != .sender
        step = entry.step
        sipSummary = if case .sip(let message) = content { SIPSummary(message) } else { nil }
        msrpSummary = if case .msrp(let message) = content { MSRPSummary(message) } else { nil }
        mediaDescription = MediaSummary(content)
        payload = Payload(content)
        flaws = content.flaws(over: entry.transport)
    }

    package var reference: MessageReference { MessageReference(message: number, packet: packet) }

    package var isSIP: Bool { sip != nil }

    /// Why the bytes cannot be read, with the protocol that was tried, or nil when they can.
    package var unreadable: (protocolName: String, reason: String)? {
        if case .unreadable(let protocolName, let reason) = content { (protocolName, reason) } else { nil }
    }

    var isReadable: Bool { sip != nil || msrp != nil }

    var sip: SIPMessage? {
        if case .sip(let message) = content { message } else { nil }
    }

    var msrp: MSRPMessage? {
        if case .msrp(let message) = content { message } else { nil }
    }

    /// The method of a request of either protocol, or nil.
    package var requestMethod: String? {
        switch content {
        case .sip(let message): message.method?.name
        case .msrp(let message): message.method
        case .unreadable, .incomplete: nil
        }
    }

    /// The status of a response of either protocol, or nil.
    package var responseStatus: Int? {
        switch content {
        case .sip(let message): message.status
        case .msrp(let message): message.status
        case .unreadable, .incomplete: nil
        }
    }

    /// Whether it is a response with a status of 200 or above.
    package var isFinal: Bool { (responseStatus ?? 0) >= 200 }

    /// Whether it is a response with a status of 2xx.
    package var isSuccess: Bool { (200...299).contains(responseStatus ?? 0) }

    package func wasSeen(_ direction: MessageSelector.Direction, at party: PartyName) -> Bool {
        switch direction {
        case .sent: wasSent && sender == party
        case .received: wasReceived && receiver == party
        }
    }
}

extension DissectedMessage.Content {
    /// The bytes of a piece and what they say.
    static func reading(_ piece: StreamDissector.Piece) -> (bytes: [UInt8], content: Self) {
        switch piece {
        case .sip(let bytes):
            do throws(SIPSyntaxError) {
                return (bytes, .sip(try SIPMessage(parsing: bytes)))
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                return (bytes, .unreadable(protocolName: "SIP", reason: reason))
            }
        case .msrp(let bytes):
            do throws(MSRPSyntaxError) {
                return (bytes, .msrp(try MSRPMessage(parsing: bytes)))
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                return (bytes, .unreadable(protocolName: "MSRP", reason: reason))
            }
        case .unreadable(let bytes, let protocolName, let reason):
            return (bytes, .unreadable(protocolName: protocolName, reason: reason))
        case .incomplete(let bytes, let protocolName):
            return (bytes, .incomplete(protocolName: protocolName))
        case .more(let bytes):
            return (bytes, .incomplete(protocolName: "TCP"))
        }
    }

    fileprivate func flaws(over transport: TransportProtocol) -> [Flaw] {
        switch self {
        case .sip(let message): Flaw.flaws(of: message, over: transport)
        case .msrp(let message): Flaw.flaws(of: message)
        case .unreadable, .incomplete: []
        }
    }
}
