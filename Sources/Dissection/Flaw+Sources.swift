import Conformance
import MSRP
import MessageBodies
import SDP
import SIPSyntax
import XMLTree

// Flaws as the grammars report them, under the names that rules and reports use.
extension Flaw {
    /// Every flaw of a SIP message and of its body.
    static func flaws(of message: SIPMessage) -> [Flaw] {
        message.flaws().map { flaw in
            Flaw(
                rule: "sip.\(flaw.rule.rawValue)", clause: flaw.clause, field: flaw.field?.name, offset: flaw.offset,
                explanation: flaw.explanation)
        } + bodyFlaws(contentType: message.first(.contentType) ?? "", message.body)
    }

    /// Every flaw of an MSRP message; a body in chunks is judged when it is complete.
    static func flaws(of message: MSRPMessage) -> [Flaw] {
        message.flaws().map { flaw in
            Flaw(
                rule: "msrp.\(flaw.rule.rawValue)", clause: flaw.clause, field: flaw.field, offset: flaw.offset,
                explanation: flaw.explanation)
        }
    }

    /// The flaws of an answer beside its offer.
    ///
    /// RFC 3264 §6, RFC 4975 §8
    static func flaws(of answer: [UInt8], to offer: [UInt8]) -> [Flaw] {
        guard let answer = try? SessionDescription(parsing: answer),
            let offer = try? SessionDescription(parsing: offer)
        else { return [] }
        return MSRPAnswer(answer, to: offer).problems.map { problem in
            Flaw(
                rule: "sdp.\(problem.rule.rawValue)", clause: problem.clause,
                field: problem.line.map { "body line \($0)" }, offset: 0, explanation: problem.explanation)
        }
    }

    static func bodyFlaws(contentType: String, _ body: [UInt8]) -> [Flaw] {
        guard !body.isEmpty else { return [] }
        let type = contentType.lowercased().prefix { $0 != ";" && $0 != " " }
        do {
            switch type {
            case "application/sdp":
                return SessionDescription.flaws(in: body).map { flaw in
                    Flaw(
                        rule: "sdp.\(flaw.rule.rawValue)", clause: flaw.clause, field: "body line \(flaw.line)",
                        offset: 0, explanation: flaw.explanation)
                }
            case "message/cpim": _ = try CPIMMessage(parsing: body)
            case "application/poc-settings+xml": _ = try IMServiceSettings(parsing: body)
            case let type where type.hasSuffix("+xml"): _ = try XMLDocument(parsing: body)
            default: break
            }
            return []
        } catch {
            return [
                Flaw(
                    rule: "body.\(type)", clause: "RFC 2045 §5", field: "Content-Type", offset: 0,
                    explanation: "The body is not what its Content-Type says: \(error)")
            ]
        }
    }
}
