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
    }

    /// The place in the trace, counted from 1.
    package var number: Int
    /// The packet of the capture that completes the message, counted from 1.
    package var packet: Int?
    package var time: Instant
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
    /// Violations of the grammar and of the rules for header fields.
    package var flaws: [Flaw]
    /// The first message of the same transaction and kind, where this one repeats it.
    package var repeats: Int?
    /// The request that this response answers, where the trace has it.
    package var answers: Int?

    package var reference: MessageReference { MessageReference(message: number, packet: packet) }

    package var isSIP: Bool { sip != nil }

    /// Why the bytes cannot be read, with the protocol that was tried, or nil when they can.
    package var unreadable: (protocolName: String, reason: String)? {
        if case .unreadable(let protocolName, let reason) = content { (protocolName, reason) } else { nil }
    }

    var sip: SIPMessage? {
        if case .sip(let message) = content { message } else { nil }
    }

    var msrp: MSRPMessage? {
        if case .msrp(let message) = content { message } else { nil }
    }

    /// The method of a request of either protocol, or nil.
    package var requestMethod: String? {
        switch content {
        case .sip(let message): message.isRequest ? message.method?.name : nil
        case .msrp(let message):
            if case .request(let method) = message.startLine { method } else { nil }
        case .unreadable: nil
        }
    }

    /// The status of a response of either protocol, or nil.
    package var responseStatus: Int? {
        switch content {
        case .sip(let message): message.status
        case .msrp(let message):
            if case .response(let status, _) = message.startLine { status } else { nil }
        case .unreadable: nil
        }
    }

    package func wasSeen(_ direction: MessageSelector.Direction, at party: PartyName) -> Bool {
        switch direction {
        case .sent: wasSent && sender == party
        case .received: wasReceived && receiver == party
        }
    }
}

/// Something in a message that its specification forbids.
package struct Flaw: Sendable, Hashable {
    /// The stable name of the rule, such as `sip.via-branch-cookie`.
    package var rule: String
    package var clause: String
    /// The field concerned, where it is one.
    package var field: String?
    /// Where in the message, in bytes from its start.
    package var offset: Int
    /// What is wrong, in one sentence.
    package var explanation: String

    package init(rule: String, clause: String, field: String?, offset: Int, explanation: String) {
        self.rule = rule
        self.clause = clause
        self.field = field
        self.offset = offset
        self.explanation = explanation
    }
}
