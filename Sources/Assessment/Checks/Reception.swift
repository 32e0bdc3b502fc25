import Conformance
import Dissection
import Network

/// Whether a client receives a text, complete, byte for byte, so many times, and from the right client.
struct Reception {
    var client: PartyName
    var text: String
    var sender: PartyName
    var mode: Condition.Mode
    var times: Count

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "\(client) receives “\(text)” from \(sender), \(times) complete"
        let arrived = evidence.dissection.instantMessages.filter { message in
            message.receiver == client && message.wasReceived && message.mode == mode
        }
        let copies = arrived.filter { $0.isComplete && $0.payload == Array(text.utf8) }
        let sent = evidence.dissection.instantMessages.filter { message in
            message.sender == sender && message.wasSent && message.mode == mode && message.payload == Array(text.utf8)
        }
        let evidenceOfCopies = references(copies, evidence)
        let last = (copies + sent).flatMap { $0.parts + $0.responses }.max() ?? 0
        let decision = evidence.decision(at: client, mode: mode, after: last)
        if times.range.contains(copies.count) {
            let strangers = copies.filter {
                $0.identity.flatMap { evidence.cast.party(withIMAddress: $0)?.name } != sender
            }
            if let stranger = strangers.first {
                return Judgment(
                    verdict: .fail, expected: expected,
                    observed: "it comes in the name of \(stranger.identity ?? "nobody")",
                    evidence: references(strangers, evidence), party: stranger.sender)
            }
            guard let decision else {
                return Judgment(
                    verdict: .inconclusive, expected: expected,
                    observed: "\(copies.count), but the trace ends before it is certain that no other copy comes",
                    evidence: evidenceOfCopies)
            }
            return Judgment(
                verdict: .pass, expected: expected, observed: "\(copies.count) complete", evidence: evidenceOfCopies,
                decision: decision)
        }
        if copies.count > times.range.upperBound {
            return Judgment(
                verdict: .fail, expected: expected, observed: "\(copies.count) copies", evidence: evidenceOfCopies,
                party: copies.last?.sender)
        }
        let others = arrived.filter { $0.payload != Array(text.utf8) || !$0.isComplete }
        guard let decision else {
            return Judgment(
                verdict: .inconclusive, expected: expected,
                observed: "\(copies.count) so far, and the trace ends too early to tell", evidence: evidenceOfCopies)
        }
        return Judgment(
            verdict: .fail, expected: expected, observed: observed(copies.count, others, wasSent: !sent.isEmpty),
            evidence: references(others.isEmpty ? sent : others, evidence),
            party: sent.isEmpty ? sender : (others.last?.sender ?? .server), decision: decision)
    }

    private func observed(_ count: Int, _ others: [InstantMessage], wasSent: Bool) -> String {
        guard wasSent else { return "\(sender) never sent “\(text)” in \(mode.rawValue) mode" }
        let texts = others.prefix(3).map { other in
            "“\(String(decoding: other.payload.prefix(60), as: UTF8.self))”" + (other.isComplete ? "" : " (incomplete)")
        }
        let instead = texts.isEmpty ? "" : "; what arrived is \(texts.joined(separator: ", "))"
        return (count == 0 ? "none" : "only \(count)") + instead
    }

    private func references(_ messages: [InstantMessage], _ evidence: Evidence) -> [MessageReference] {
        messages.flatMap(\.parts).map { evidence.dissection[$0].reference }
    }
}
