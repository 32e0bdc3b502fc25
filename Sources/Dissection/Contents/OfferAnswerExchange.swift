import Conformance
import Network
import SDP
import SIPSyntax

/// The session descriptions of a trace beside those they answer or follow.
///
/// RFC 3264 §5, §6, §8; RFC 3261 §13.2.1 for where offers and answers travel
struct OfferAnswerExchange {
    /// One side of a dialog, as its descriptions come over one hop.
    private struct Side: Hashable {
        var callID: String
        var tag: String?
        var sender: String
        var receiver: String
    }

    private struct Offer: Hashable {
        var dialog: DialogName
        var sequence: Int?
    }

    private var latest: [Side: (description: SessionDescription, bytes: [UInt8])] = [:]
    /// The offers that 2xx responses make to an INVITE without one, which the ACK answers.
    private var delayed: [Offer: SessionDescription] = [:]

    /// Adds to each message what is wrong with its description because of an earlier one.
    static func judge(_ messages: inout [DissectedMessage]) {
        var exchange = OfferAnswerExchange()
        for index in messages.indices where messages[index].repeats == nil {
            let flaws = exchange.flaws(of: messages[index], in: messages)
            messages[index].contradictions += flaws
        }
    }

    private mutating func flaws(of message: DissectedMessage, in messages: [DissectedMessage]) -> [Flaw] {
        guard let sip = message.sip, let summary = message.sipSummary, let bytes = sip.sessionDescription,
            let description = try? SessionDescription(parsing: bytes)
        else { return [] }
        var flaws: [Flaw] = []
        let offer = Offer(dialog: summary.dialog, sequence: summary.sequence)
        if message.isSuccess {
            if let offered = message.answers.flatMap({ messages[$0 - 1].sip?.sessionDescription }) {
                // What is cut off within a line does not say what it was to say, and who answers may know better.
                if offered.last == UInt8(ascii: "\n"), let offered = try? SessionDescription(parsing: offered) {
                    flaws += Flaw.flaws(of: description, to: offered)
                }
            } else {
                delayed[offer] = description
            }
        } else if message.requestMethod == "ACK", let offered = delayed.removeValue(forKey: offer) {
            flaws += Flaw.flaws(of: description, to: offered)
        }
        let side = Side(
            callID: summary.callID, tag: message.responseStatus == nil ? summary.fromTag : summary.toTag,
            sender: message.sender?.description ?? "\(message.source)",
            receiver: message.receiver?.description ?? "\(message.destination)")
        // An INVITE outside any dialog begins anew, also where it repeats one that was refused.
        let isNew = message.responseStatus == nil && summary.toTag == nil
        if !isNew, let previous = latest[side] {
            flaws += Flaw.flaws(of: description, bytes, after: previous.description, previous.bytes)
        }
        latest[side] = (description, bytes)
        return flaws
    }
}
