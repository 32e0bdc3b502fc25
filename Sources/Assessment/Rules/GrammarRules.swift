import Conformance
import Dissection

// Rules that look at one message at a time.
extension GeneralRule {
    static let grammar: [GeneralRule] = [
        readable,
        flawless(
            "sip", title: "Every SIP message follows the grammar and the rules for fields",
            requirements: [
                "RFC3261-25.1-grammar", "RFC3261-7.3.1-single-fields", "RFC3261-8.1.1-mandatory-fields",
                "RFC3261-8.1.1.3-from-tag", "RFC3261-8.1.1.5-cseq-method", "RFC3261-8.1.1.7-branch-cookie",
                "RFC3261-8.1.1.8-contact", "RFC3261-8.2.6.2-to-tag", "RFC3261-12.1.1-contact",
                "RFC3261-18.3-content-length", "RFC3261-20.14-content-length", "RFC3261-20.15-content-type",
                "RFC3428-4-contact", "RFC3428-7-contact", "RFC3903-4.1-event", "RFC3903-6-etag", "RFC3903-6-expires",
                "RFC4028-4-minimum", "RFC4028-9-session-expires", "RFC6665-3.1.2-event", "RFC6665-3.2.1-event",
                "RFC6665-8.2.1-event", "RFC6665-4.2.2-state", "RFC6665-3.1.1-expires", "RFC3515-2.4.1-refer-to",
            ]),
        flawless(
            "sdp", title: "Every session description follows the grammar and answers its offer",
            requirements: [
                "RFC4566-9-grammar", "RFC4566-5-lines", "RFC3264-6-media-lines", "RFC3264-6-timing",
                "RFC3264-8-version", "RFC4975-8.1-media-line", "RFC4975-8.2-path", "RFC4975-8.6-accept-types",
            ]),
        flawless(
            "msrp", title: "Every MSRP message follows the grammar and the rules for fields",
            requirements: ["RFC4975-9-grammar", "RFC4975-7.1.1-message-id", "RFC4975-7.1.1-byte-range"]),
        flawless(
            "body", title: "Every body is what its Content-Type says",
            requirements: [
                "RFC2045-5-content", "RFC3862-2-structure", "RFC3862-3-header-syntax", "RFC4575-4.1-document",
                "RFC4826-3-document", "RFC4354-6.1-document", "RFC5438-11-document", "RFC3994-6-document",
                "TS-E.4-document", "TS-J-document", "TS-O-document",
            ]),
        flawless(
            "http", title: "Every HTTP message follows the grammar and the rules for fields",
            requirements: ["RFC9112-2-grammar", "RFC9112-3.2-host", "RFC9110-8.3-type"]),
    ]

    private static let readable = GeneralRule(
        id: "readable", title: "Every message can be read",
        // A body that has its own end-line in it leaves a rest that is no message.
        requirements: ["RFC3261-25.1-grammar", "RFC4975-9-grammar", "RFC4975-7.1-end-line", "RFC9112-2-grammar"]
    ) { evidence, outcome in
        for message in evidence.messages where message.isSIP || message.isMSRP || message.isHTTP || message.isGarbled {
            outcome.note(
                message.unreadable.map { protocolName, reason in
                    Breach(
                        of: message.sender, "\(protocolName) message".withArticle,
                        "\(inWords([message])) cannot be read: \(reason)", [message])
                })
        }
    }

    /// A message is judged where it first appears: what the server only passes on was the fault of another.
    private static func flawless(_ family: String, title: String, requirements: [String]) -> GeneralRule {
        GeneralRule(id: "\(family).flawless", title: title, requirements: requirements) { evidence, outcome in
            // What the server passes on is the fault of the client that wrote it.
            var received: Set<Flaw.Essence> = []
            for message in evidence.messages where message.concerns(family) {
                let flaws = message.flaws.filter { $0.rule.hasPrefix("\(family).") }
                guard !flaws.isEmpty else {
                    outcome.note(nil)
                    continue
                }
                let request = evidence.dissection.request(of: message)
                let copied = Set((request?.flaws ?? []).map(\.copiedEssence))
                for flaw in flaws {
                    let essence = flaw.essence(in: message)
                    if message.receiver == .server { received.insert(essence) }
                    if message.sender == .server, received.contains(essence) { continue }
                    // Whoever answers has to copy what it was asked with, and cannot fit what was cut off.
                    if copied.contains(flaw.copiedEssence) { continue }
                    if flaw.comparesWithOffer, request?.isCutOff == true { continue }
                    outcome.note(breach(flaw, in: message))
                }
            }
        }
    }

    private static func breach(_ flaw: Flaw, in message: DissectedMessage) -> Breach {
        let place = [flaw.field, flaw.offset.map { "byte \($0)" }].compactMap(\.self).joined(separator: ", ")
        let details = [inWords([message]), place].filter { !$0.isEmpty }.joined(separator: ", ")
        return Breach(
            of: message.sender, "\(flaw.rule) (\(flaw.clause))", "\(flaw.explanation.withoutStop) (\(details))",
            [message], clause: flaw.clause)
    }
}

extension Flaw {
    /// What a flaw is, wherever in which message of the kind it stands.
    fileprivate struct Essence: Hashable {
        var rule: String
        var explanation: String
        var kind: String
    }

    fileprivate func essence(in message: DissectedMessage) -> Essence {
        let kind = message.values(of: DissectedPart.method.rawValue).first ?? ""
        return Essence(rule: rule, explanation: explanation, kind: "\(kind) \(message.responseStatus ?? 0)")
    }

    /// What it is in a response, if the response has it from its request.
    fileprivate var copiedEssence: Essence { Essence(rule: rule, explanation: explanation, kind: "") }

    /// Whether it is one of an answer only beside its offer.
    fileprivate var comparesWithOffer: Bool { rule.hasPrefix("sdp.") && explanation.contains("offer") }
}

extension DissectedMessage {
    /// Whether it should have been a message of a protocol judged here, and cannot be read.
    fileprivate var isGarbled: Bool { unreadable.map { ["SIP", "MSRP", "HTTP"].contains($0.protocolName) } ?? false }

    /// Whether its body is not all that its sender has written, or more.
    fileprivate var isCutOff: Bool { flaws.contains { $0.field == "Content-Length" } }

    fileprivate func concerns(_ family: String) -> Bool {
        switch family {
        case "sip": isSIP && repeats == nil
        case "msrp": msrpSummary != nil
        case "http": isHTTP
        case "sdp": repeats == nil && (mediaDescription != nil || flaws.contains { $0.rule.hasPrefix("sdp.") })
        default:
            // A content in chunks is judged as a whole, with the message that completes it.
            repeats == nil && !body.isEmpty
                && (isSIP || isHTTP || msrpSummary?.continuation == .complete
                    || flaws.contains { $0.rule.hasPrefix("body.") })
        }
    }
}

extension String {
    fileprivate var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
