/// How a message came, which decides what its Content-Length must be.
///
/// RFC 3261 §18.3
package enum SIPFraming: Sendable {
    case datagram
    case stream
}

extension SIPMessage {
    /// Every way in which the message breaks the grammar and the rules for fields, in the order of the bytes.
    ///
    /// A message that was received is judged by its bytes, any other as it would be written.
    package func flaws(over framing: SIPFraming = .datagram) -> [SIPFlaw] {
        if received != nil {
            var judgment = SIPJudgment(of: self, over: framing)
            return judgment.flaws()
        }
        do throws(SIPSyntaxError) {
            return try SIPMessage(parsing: serialized()).flaws(over: framing)
        } catch {
            return [SIPFlaw(error)]
        }
    }
}
