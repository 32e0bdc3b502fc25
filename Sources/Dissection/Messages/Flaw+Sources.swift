import Conformance
import HTTPSyntax
import MSRP
import Network
import SDP
import SIPSyntax

// Flaws as the grammars report them, under the names that rules and reports use.
extension Flaw {
    /// Every flaw of a SIP message and of its body.
    static func flaws(of message: SIPMessage, over transport: TransportProtocol) -> [Flaw] {
        message.flaws(over: transport == .tcp ? .stream : .datagram).map { flaw in
            Flaw(
                rule: "sip.\(flaw.rule.rawValue)", clause: flaw.clause, field: flaw.field?.name, offset: flaw.offset,
                explanation: flaw.explanation)
        } + bodyFlaws(contentType: message.first(.contentType) ?? "", message.body)
    }

    /// Every flaw of an MSRP message; its content is judged when all chunks are there.
    static func flaws(of message: MSRPMessage) -> [Flaw] {
        message.flaws().map { flaw in
            Flaw(
                rule: "msrp.\(flaw.rule.rawValue)", clause: flaw.clause, field: flaw.field, offset: flaw.offset,
                explanation: flaw.explanation)
        }
    }

    /// Every flaw of an HTTP message and of its body.
    static func flaws(of message: HTTPMessage) -> [Flaw] {
        var flaws = bodyFlaws(contentType: message.first(.contentType) ?? "", message.content)
        let hosts = message.all(.host).count
        if message.method != nil, message.version == "HTTP/1.1", hosts != 1 {
            flaws.append(
                Flaw(
                    rule: "http.host", clause: "RFC 9112 §3.2", field: "Host", offset: nil,
                    explanation: "A request has one Host, and this one has \(hosts)."))
        }
        if !message.content.isEmpty, message.first(.contentType) == nil {
            flaws.append(
                Flaw(
                    rule: "http.content-type", clause: "RFC 9110 §8.3", field: "Content-Type", offset: nil,
                    explanation: "There is content and no Content-Type."))
        }
        return flaws
    }

    /// The flaws of an answer beside its offer.
    ///
    /// RFC 3264 §6, RFC 4975 §8. That an answer accepts only types of the offer is OMA's rule for a focus, not one for
    /// every answer, and so it is left to the test cases.
    static func flaws(of answer: SessionDescription, to offer: SessionDescription) -> [Flaw] {
        var flaws = MSRPAnswer(answer, to: offer).problems.filter { $0.clause.hasPrefix("RFC") }.map { problem in
            Flaw(
                rule: "sdp.\(problem.rule.rawValue)", clause: problem.clause,
                field: problem.line.map { "media line \($0 + 1)" }, offset: nil, explanation: problem.explanation)
        }
        if answer.timing != offer.timing {
            flaws.append(
                Flaw(
                    rule: "sdp.timing", clause: "RFC 3264 §6", field: "t", offset: nil,
                    explanation: "The offer says t=\(offer.timing), the answer t=\(answer.timing)."))
        }
        return flaws
    }

    /// The flaws of a description beside the one that the same side has sent before in the same dialog.
    ///
    /// RFC 3264 §8
    static func flaws(
        of description: SessionDescription, _ bytes: [UInt8], after previous: SessionDescription,
        _ previousBytes: [UInt8]
    ) -> [Flaw] {
        func flaw(_ explanation: String) -> Flaw {
            Flaw(rule: "sdp.version", clause: "RFC 3264 §8", field: "o", offset: nil, explanation: explanation)
        }
        guard description.origin.isSameSession(as: previous.origin) else {
            return [flaw("The o-line was \(previous.origin) and is \(description.origin).")]
        }
        let (now, before) = (description.origin.sessionVersion, previous.origin.sessionVersion)
        if now == before {
            return bytes == previousBytes ? [] : [flaw("The description has changed and its version is still \(now).")]
        }
        guard let before = UInt64(before), let now = UInt64(now), now != before &+ 1 else { return [] }
        return [flaw("The version of the description goes from \(before) to \(now) instead of growing by one.")]
    }
}
