package import Conformance
import HTTPSyntax
import MSRP
package import Network
import SIPSyntax

/// One message of the trace: its bytes, where and when it was seen, and what it says as far as it can be read.
package struct DissectedMessage: Sendable {
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
    /// What is wrong with it beside other messages.
    var contradictions: [Flaw] = []
    /// The first message of the same transaction and kind, where this one repeats it.
    package var repeats: Int?
    /// The request that this response answers, where the trace has it.
    package var answers: Int?
    private(set) var reading: MessageReading

    init(number: Int, reading: MessageReading, entry: TraceEntry, sender: PartyName?, receiver: PartyName?) {
        self.number = number
        self.reading = reading
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
    }

    package var reference: MessageReference { MessageReference(message: number, packet: packet) }

    package var bytes: [UInt8] { reading.bytes }

    /// Violations of the grammar and of the rules for header fields, and contradictions to other messages.
    package var flaws: [Flaw] { contradictions.isEmpty ? reading.flaws : reading.flaws + contradictions }

    /// What a SIP message says about its transaction and dialog, or nil where it is none.
    package var sipSummary: SIPSummary? { reading.sip }

    /// What an MSRP message says about paths, contents and reports, or nil where it is none.
    package var msrpSummary: MSRPSummary? { reading.msrp }

    /// The MSRP media lines of the session description in the body; none without one that can be read.
    package var mediaDescriptions: [MediaSummary] { reading.media }

    /// The first of these media lines.
    package var mediaDescription: MediaSummary? { reading.media.first }

    /// The innermost body after unwrapping message/cpim, or nil without a body.
    package var payload: Payload? { reading.payload }

    package var isSIP: Bool { reading.isSIP }

    package var isMSRP: Bool { reading.isMSRP }

    package var isHTTP: Bool { reading.isHTTP }

    /// Why the bytes cannot be read, with the protocol that was tried, or nil when they can.
    package var unreadable: (protocolName: String, reason: String)? {
        if case .unreadable(let protocolName, let reason) = content { (protocolName, reason) } else { nil }
    }

    var content: MessageContent { reading.content }

    var sip: SIPMessage? {
        if case .sip(let message) = content { message } else { nil }
    }

    var msrp: MSRPMessage? {
        if case .msrp(let message) = content { message } else { nil }
    }

    var http: HTTPMessage? {
        if case .http(let message) = content { message } else { nil }
    }

    /// The message as it would be if it carried the whole of a content, and not one chunk of it.
    func carrying(_ whole: [UInt8]) -> DissectedMessage {
        guard case .msrp(var message) = content, message.body != whole else { return self }
        message.body = whole
        var copy = self
        copy.reading = MessageReading(bytes, .msrp(message), over: transport)
        return copy
    }

    /// Gives what cannot be read the name of the protocol that it should have been.
    mutating func name(_ protocolName: String, because reason: String) {
        reading = MessageReading(
            bytes, .unreadable(protocolName: protocolName, reason: reason), over: transport)
    }

    /// Adds the bytes that follow those that could not be cut.
    mutating func extend(by rest: [UInt8]) {
        reading = MessageReading(bytes + rest, content, over: transport)
    }

    /// The method of a request of any protocol, or nil.
    package var requestMethod: String? { reading.method }

    /// The status of a response of any protocol, or nil.
    package var responseStatus: Int? { reading.status }

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
