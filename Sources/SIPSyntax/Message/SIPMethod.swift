/// A method of a request; its letters have case.
///
/// RFC 3261 §7.1
package struct SIPMethod: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    package var description: String { name }

    package static let invite = SIPMethod("INVITE")
    package static let ack = SIPMethod("ACK")
    package static let bye = SIPMethod("BYE")
    package static let cancel = SIPMethod("CANCEL")
    package static let register = SIPMethod("REGISTER")
    package static let options = SIPMethod("OPTIONS")
    package static let message = SIPMethod("MESSAGE")
    package static let publish = SIPMethod("PUBLISH")
    package static let subscribe = SIPMethod("SUBSCRIBE")
    package static let notify = SIPMethod("NOTIFY")
    package static let refer = SIPMethod("REFER")
    package static let info = SIPMethod("INFO")
    package static let update = SIPMethod("UPDATE")
    package static let prack = SIPMethod("PRACK")
}
